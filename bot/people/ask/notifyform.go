package ask

import (
	"context"
	"errors"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/bot/command"
	"legacyauth/playbooks/card"
)

// notifyForm asks whom to tell where that was not said, and says beside the fields
// of the form what is wrong with them; false: it is known.
func (a *Asked) notifyForm(ctx context.Context, c *command.Call) (answer chat.Answer, done bool, err error) {
	if c.Fields == nil && c.Args["who"] != "" {
		return chat.Answer{}, false, nil
	}
	if c.Fields == nil {
		out := said(card.Info, "Whom to tell", "Write the work address that stands in the sign-in log, or the key of a client.")
		out.Blocks = append(out.Blocks, card.Para{Spans: []card.Span{typed("notify priya@contoso.com")}})
		return chat.Answer{Form: whomToTell(c), Card: out}, true, nil
	}
	for name, value := range c.Fields {
		c.Args[name] = strings.TrimSpace(value)
	}
	wrong := func(field string, err error) (chat.Answer, bool, error) {
		var m *command.Mistake
		if errors.As(mistaken(err), &m) {
			return chat.Answer{Wrong: map[string]string{field: m.Words}}, true, nil
		}
		return chat.Answer{}, true, err
	}
	tenant, err := a.tenant(ctx, c)
	if err != nil {
		return wrong("tenant", err)
	}
	user, err := a.userOf(ctx, tenant, c.Args["who"])
	if err == nil {
		err = a.People.Known(ctx, tenant, user)
	}
	if err != nil {
		return wrong("who", err)
	}
	return chat.Answer{}, false, nil
}

func whomToTell(c *command.Call) *chat.Form {
	f := &chat.Form{
		ID: chat.Press{Verb: "notify"}, Title: "Tell somebody", Submit: "Tell them",
		Intro:  "They get one direct message about all of their devices, in their language and at their working hours.",
		Fields: []chat.Field{{Name: "who", Label: "Work address, or a client's key", Hint: "priya@contoso.com"}},
	}
	if len(c.Tenants) > 1 {
		field := chat.Field{Name: "tenant", Label: "Tenant", Value: c.Args["tenant"]}
		for _, name := range c.Tenants[:min(len(c.Tenants), chat.MaxChoices)] {
			field.Choices = append(field.Choices, chat.Choice{Label: name, Value: name})
		}
		f.Fields = append(f.Fields, field)
	}
	return f
}
