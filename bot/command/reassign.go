package command

import (
	"context"
	"slices"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/bot/people/owners"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// Hander hands clients on to whoever answers for them.
type Hander interface {
	// HandOver stores who answers for a client from now on; an empty owner is its user
	// alone. told: they are told of it by themselves.
	HandOver(tx *storage.Tx, c *storage.Client, owner, by, why string) (told bool, err error)
}

// reassign says who answers for a client where its user does not.
func (b *Bot) reassign() Command {
	return Command{
		Name: "reassign", About: "Say who answers for a client where its user does not", Role: config.Admin, Changes: true,
		Options: []Option{
			b.clientOption(),
			{Option: chat.Option{Name: "owner", About: "Somebody here (@name), a work address, admins, or nobody"}, Asked: true},
		},
		Examples: []string{"reassign k7f3q2m9x4ab ana@contoso.com", "reassign k7f3q2m9x4ab admins", "reassign k7f3q2m9x4ab nobody"},
		Run:      b.runReassign,
	}
}

func (b *Bot) runReassign(ctx context.Context, c *Call) (chat.Answer, error) {
	k, err := b.find(ctx, c, c.Args["client"])
	if err != nil {
		return chat.Answer{}, err
	}
	if refused, ok := b.outdated(ctx, c, k); ok {
		return refused()
	}
	owner := c.given("owner")["owner"]
	if owner == "" {
		form := &chat.Form{
			ID: pressOf("reassign", k), Title: "Who answers for it",
			Intro: "Client " + k.Key + ": whoever answers for it is asked in place of its user.",
			Fields: []chat.Field{
				{Name: "owner", Label: "A work address", Hint: "ana@contoso.com or admins; nobody to take it back", Value: k.Owner},
			},
		}
		return chat.Answer{Form: form, Card: b.reassign().usageCard(c.In, "reassign", "Name who answers for it.")}, nil
	}
	owner, ok := c.ownerNamed(owner)
	if !ok {
		const words = "Somebody here (@name), a work address, admins, or nobody."
		if c.Fields != nil {
			return chat.Answer{Wrong: map[string]string{"owner": words}}, nil
		}
		return chat.Answer{}, &Mistake{"The owner is none that can be found: write " + lower(words)}
	}
	words := "It is answered for from now on."
	switch owner {
	case "":
		words = "Nobody answers for it but its user."
	case owners.Admins:
		words = "The admins answer for it from now on; no person is told about it."
	}
	told, left := false, false
	answer, err := b.change(ctx, c, k, words, func(tx *storage.Tx, k *storage.Client, _ time.Time) (err error) {
		told, left = false, false // this may be tried again
		if b.Hander == nil {
			return tx.Reassign(k, owner, c.by(), "")
		}
		told, err = b.Hander.HandOver(tx, k, owner, c.by(), "")
		left = err == nil && !k.State.Done()
		return err
	})
	if err != nil || b.Hander == nil || owner == owners.Admins || !left {
		return answer, err
	}
	next := para(card.Text("Whoever does so is told of it by the bot, within their hours."))
	if !told {
		next = para(card.Text("Nobody is told of it by itself, since no message about it has gone out, or a campaign does not go on, or they cannot be reached. To tell them: "), typed("notify "+k.Key))
	}
	answer.Card.Blocks = slices.Insert(answer.Card.Blocks, 1, next)
	return answer, nil
}

// ownerNamed reads who answers for something: a person of the asker's workspace,
// as the platform or the trail writes them, a work address, or the admins; empty
// for nobody.
func (c *Call) ownerNamed(text string) (owner string, ok bool) {
	switch strings.ToLower(text) {
	case "nobody":
		return "", true
	case owners.Admins:
		return owners.Admins, true
	}
	if p, ok := c.personNamed(text); ok {
		return p.Who(), true
	}
	local, domain, at := strings.Cut(text, "@")
	if !at || local == "" || !strings.Contains(domain, ".") || card.Clean(text) != text || strings.ContainsAny(text, " <>\"") || len(text) > 254 {
		return "", false
	}
	return strings.ToLower(text), true
}

// personNamed reads a person as people name them: <@U123>, <@U123|ana>, @U123 or
// slack:T1:@U123. Names are not looked up: anybody can take another's.
func (c *Call) personNamed(text string) (chat.Person, bool) {
	if p, err := chat.ParsePlace(text); err == nil && p.Person != "" && p.Platform == c.From.Platform && p.Workspace == c.From.Workspace ||
		err == nil && p.Person != "" && c.From.Platform == chat.Terminal {
		return chat.Person{Platform: p.Platform, Workspace: p.Workspace, ID: p.Person}, true
	}
	if inner, ok := strings.CutPrefix(text, "<@"); ok && strings.HasSuffix(inner, ">") {
		inner, _, _ = strings.Cut(strings.TrimSuffix(inner, ">"), "|")
		text = "@" + strings.TrimPrefix(inner, "!")
	}
	id, ok := strings.CutPrefix(text, "@")
	if !ok || id == "" || c.From.Platform == chat.Terminal || strings.ContainsFunc(id, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z')
	}) {
		return chat.Person{}, false
	}
	return chat.Person{Platform: c.From.Platform, Workspace: c.From.Workspace, ID: id}, true
}
