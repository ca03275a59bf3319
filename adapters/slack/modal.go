package slack

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/slack-go/slack"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// input is the action_id of every field; the block's id is the field's name.
const input = "field"

// modal is a form as Slack shows it. It carries where its answer goes.
func modal(f chat.Form, to reply) (slack.ModalViewRequest, error) {
	if err := f.Check(); err != nil {
		return slack.ModalViewRequest{}, err
	}
	view := slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: f.ID.String(), PrivateMetadata: to.String(),
		Title: plain(clean(f.Title)), Submit: plain(first(card.Shorten(clean(f.Submit), chat.MaxFormTitle), "Send")), Close: plain("Cancel"),
	}
	if intro := clean(f.Intro); intro != "" {
		view.Blocks.BlockSet = append(view.Blocks.BlockSet, slack.NewSectionBlock(plain(card.Shorten(intro, maxSection)), nil, nil))
	}
	for _, field := range f.Fields {
		view.Blocks.BlockSet = append(view.Blocks.BlockSet, inputFor(field))
	}
	return view, nil
}

func inputFor(f chat.Field) slack.Block {
	in := slack.NewInputBlock(f.Name, plain(clean(f.Label)), nil, nil)
	in.Optional = f.Optional
	hint := card.Shorten(clean(f.Hint), maxPlaceholder)
	if len(f.Choices) > 0 {
		pick := &slack.SelectBlockElement{Type: slack.OptTypeStatic, ActionID: input}
		for _, c := range f.Choices {
			option := slack.NewOptionBlockObject(c.Value, plain(first(card.Shorten(clean(c.Label), maxLabel), c.Value)), nil)
			pick.Options = append(pick.Options, option)
			if c.Value == f.Value {
				pick.InitialOption = option
			}
		}
		if hint != "" {
			pick.Placeholder = plain(hint)
		}
		in.Element = pick
		return in
	}
	text := &slack.PlainTextInputBlockElement{
		Type: slack.METPlainTextInput, ActionID: input, Multiline: f.Long,
		InitialValue: card.Shorten(lines(f.Value), maxInput), MaxLength: maxInput,
	}
	if hint != "" {
		text.Placeholder = plain(hint)
	}
	in.Element = text
	return in
}

// openForm shows a form. It fails when the three seconds are over.
func (p *Platform) openForm(ctx context.Context, i *installation, v visit, f chat.Form) error {
	view, err := modal(f, v.reply)
	if err != nil {
		return fmt.Errorf("open a form: %w", err)
	}
	if v.trigger == "" {
		return fmt.Errorf("open a form: %w", errNoAnswer)
	}
	if _, err := i.api.OpenViewContext(ctx, v.trigger, view); err != nil {
		return fmt.Errorf("open a form: %w", explain(err))
	}
	return nil
}

// String writes where an answer goes into a form; what does not fit is forgotten,
// and the answer then goes to the person.
func (r reply) String() string {
	data, err := json.Marshal(r)
	if err != nil || len(data) > maxMetadata {
		return ""
	}
	return string(data)
}

// readReply reads what String wrote.
func readReply(text string) reply {
	var r reply
	if json.Unmarshal([]byte(text), &r) != nil {
		return reply{}
	}
	return r
}

// wrong keeps a form open and says beside its fields what is wrong. A field that
// the form does not have is said beside its first one.
func (v visit) wrong(fields map[string]string) *slack.ViewSubmissionResponse {
	said := map[string]string{}
	for name, what := range fields {
		if _, ok := v.request.Fields[name]; !ok {
			name = v.anyField()
		}
		said[name] = first(clean(what), "This cannot be taken.")
	}
	return slack.NewErrorsViewSubmissionResponse(said)
}

func (v visit) anyField() string {
	smallest := ""
	for name := range v.request.Fields {
		if smallest == "" || name < smallest {
			smallest = name
		}
	}
	return smallest
}
