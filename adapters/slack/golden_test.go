package slack

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
	"legacyauth/playbooks/card/cardtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// exactly is text of exactly n characters.
func exactly(n int, with string) string {
	return string([]rune(strings.Repeat(with, n))[:n])
}

func spans(s string) []card.Span { return []card.Span{card.Text(s)} }

func paragraphs(n, each int) card.Card {
	c := card.Card{Title: spans("title")}
	for range n {
		c.Blocks = append(c.Blocks, card.Para{Spans: spans(exactly(each, "word "))})
	}
	return c
}

func actions(n, label int, confirm string) []card.Action {
	var all []card.Action
	for i := range n {
		all = append(all, card.Action{ID: fmt.Sprintf("done:k%d:1", i), Label: exactly(label, "label "), Confirm: confirm})
	}
	return all
}

// cards are cards at every limit of Slack, and over it.
func cards() map[string]card.Card {
	entry := func(menu ...card.Action) card.Block {
		return card.Entry{Text: spans("a printer"), Note: spans("last seen today"), Menu: menu}
	}
	list := func(ordered bool) card.Block {
		return card.List{Ordered: ordered, Items: [][]card.Block{
			{card.Para{Spans: spans("first")}, card.Code{Lang: "powershell", Text: "Get-CASMailbox"}, card.Para{Spans: spans("then wait")}},
			{card.Para{Spans: spans("second")}},
			{card.Para{Spans: spans("third")}, card.List{Items: [][]card.Block{{card.Para{Spans: spans("nested")}}}}},
		}}
	}
	many := card.Facts{}
	for i := range 40 {
		many.Pairs = append(many.Pairs, card.Fact{Name: fmt.Sprint("name ", i), Value: spans("value")})
	}
	return map[string]card.Card{
		"fixture":        cardtest.Card(),
		"empty":          {},
		"blocks-50":      paragraphs(45, 10),
		"blocks-over":    paragraphs(60, 10),
		"section-3000":   {Title: spans("t"), Blocks: []card.Block{card.Entry{Text: spans(exactly(2800, "word ")), Note: spans(exactly(60, "n ")), Menu: actions(1, 10, "")}}},
		"section-over":   {Title: spans("t"), Blocks: []card.Block{card.Entry{Text: spans(exactly(5000, "word ")), Note: spans("n"), Menu: actions(3, 10, "")}}},
		"header-150":     {Title: spans(exactly(138, "title ")), Tone: card.Danger, Blocks: []card.Block{card.Para{Spans: spans("b")}}},
		"header-over":    {Title: spans(exactly(400, "🖨 ")), Tone: card.Warning, Fallback: exactly(400, "line ")},
		"labels-75":      {Title: spans("t"), Actions: actions(25, 75, "")},
		"labels-over":    {Title: spans("t"), Actions: actions(30, 90, "")},
		"confirm-300":    {Title: spans("t"), Actions: actions(1, 75, exactly(300, "sure "))},
		"confirm-over":   {Title: spans("t"), Blocks: []card.Block{entry(actions(2, 10, exactly(500, "sure "))...)}},
		"menu-5":         {Title: spans("t"), Blocks: []card.Block{entry(actions(5, 75, "")...)}},
		"menu-over":      {Title: spans("t"), Blocks: []card.Block{entry(actions(8, 90, "")...)}},
		"facts-40":       {Title: spans("t"), Blocks: []card.Block{many}},
		"total-over":     paragraphs(40, 2000),
		"lists":          {Title: spans("t"), Blocks: []card.Block{list(true), list(false)}},
		"table-narrow":   {Title: spans("t"), Blocks: []card.Block{card.Table{Head: []string{"Protocol", "Clients"}, Rows: [][][]card.Span{{spans("IMAP4"), spans("12")}, {spans("SMTP AUTH"), spans("7")}}}}},
		"table-wide":     {Title: spans("t"), Blocks: []card.Block{card.Table{Head: []string{"Account", "Device"}, Rows: [][][]card.Span{{spans(exactly(50, "account ")), spans(exactly(50, "device "))}}}}},
		"a-page-of-ten":  page(),
		"code-too-large": {Title: spans("t"), Blocks: []card.Block{card.Code{Text: exactly(4000, "code ")}, card.Progress{Done: 3, Total: 7, Label: "devices moved"}}},
	}
}

func page() card.Card {
	c := card.Card{Title: spans("143 clients in use"), Tone: card.Warning, Fallback: "143 clients in use"}
	for i := range 10 {
		c.Blocks = append(c.Blocks, card.Entry{
			Text: spans(fmt.Sprintf("anna.%d@contoso.com · iPhone 12 mini (iOS 17.6.1) · Exchange ActiveSync", i)),
			Note: spans("in use, 412 sign-ins, last seen 2026-11-21 07:55 from 192.0.2.7"), Menu: actions(5, 20, ""),
		})
	}
	c.Actions = actions(3, 10, "")
	return c
}

// TestGolden keeps every card at every limit as the JSON that is sent. The step
// .ci/slack compiles these files against Slack's own types.
func TestGolden(t *testing.T) {
	t.Parallel()
	for name, c := range cards() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := draw(c, inMessage)
			golden(t, name, map[string]any{"text": d.text, "blocks": d.blocks})
			if n := measure(d.blocks); n > maxMessage || len(d.blocks) > maxBlocks {
				t.Errorf("%d blocks of %d characters", len(d.blocks), n)
			}
			if (d.cuts > 0) != strings.Contains(fmt.Sprint(texts(d.blocks)), "did not fit here") {
				t.Errorf("%d things are cut, and what is said of it differs", d.cuts)
			}
		})
	}
	form := chat.Form{
		ID: chat.Press{Verb: "except", Subject: "k7", Revision: 3}, Title: exactly(chat.MaxFormTitle, "Exception "), Intro: exactly(4000, "word "), Submit: "Make it",
		Fields: []chat.Field{
			{Name: "until", Label: exactly(chat.MaxFieldLabel, "Until "), Hint: exactly(300, "2026-12-24 "), Value: exactly(5000, "v")},
			{Name: "reason", Label: "Reason", Long: true, Optional: true},
			{Name: "owner", Label: "Owner", Value: "b", Choices: []chat.Choice{{Label: exactly(100, "Anna "), Value: "a"}, {Label: "Ben", Value: "b"}}},
		},
	}
	view, err := modal(form, reply{URL: "https://hooks.slack.com/commands/1", Channel: "C1"})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "view-form", view)
	golden(t, "view-home", slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: draw(page(), inView).blocks}})
}

func golden(t *testing.T, name string, v any) {
	t.Helper()
	var got bytes.Buffer
	e := json.NewEncoder(&got)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", name+".golden.json")
	if *update {
		if err := os.WriteFile(path, got.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("%s differs; go test -update writes it anew (-want +got):\n%s", path, diff)
	}
}

// texts gives every text of blocks.
func texts(blocks []slack.Block) []string {
	data, err := json.Marshal(blocks)
	if err != nil {
		return nil
	}
	return []string{string(data)}
}

// TestLimits holds what is sent to limits that somebody else wrote down, where the
// file of them lies beside the checkout.
func TestLimits(t *testing.T) {
	t.Parallel()
	path := os.Getenv("LEGACYAUTH_SLACK_LIMITS")
	if path == "" {
		t.Skip("LEGACYAUTH_SLACK_LIMITS names no file of limits; .ci/slack does")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var l struct {
		ActionID struct {
			Max int `json:"max_length"`
		} `json:"action_id"`
		Text struct {
			Min int `json:"min_length"`
			Max int `json:"max_length"`
		} `json:"text"`
		Button struct {
			Text struct {
				Max int `json:"max_length"`
			} `json:"text"`
			Value struct {
				Max int `json:"max_length"`
			} `json:"value"`
		} `json:"button"`
		Confirmation struct {
			Title struct {
				Max int `json:"max_length"`
			} `json:"title"`
			Text struct {
				Max int `json:"max_length"`
			} `json:"text"`
			Confirm struct {
				Max int `json:"max_length"`
			} `json:"confirm"`
			Deny struct {
				Max int `json:"max_length"`
			} `json:"deny"`
		} `json:"confirmation"`
		Option struct {
			Text struct {
				Max int `json:"max_length"`
			} `json:"text"`
			Value struct {
				Max int `json:"max_length"`
			} `json:"value"`
		} `json:"option"`
		Overflow struct {
			Options struct {
				Min int `json:"min_items"`
				Max int `json:"max_items"`
			} `json:"options"`
		} `json:"overflow"`
		Select struct {
			Placeholder struct {
				Max int `json:"max_length"`
			} `json:"placeholder"`
			Options struct {
				Max int `json:"max_items"`
			} `json:"options"`
		} `json:"select"`
		Actions struct {
			Elements struct {
				Max int `json:"max_items"`
			} `json:"elements"`
		} `json:"actions"`
		Header struct {
			Text struct {
				Max int `json:"max_length"`
			} `json:"text"`
		} `json:"header"`
		Section struct {
			Text struct {
				Max int `json:"max_length"`
			} `json:"text"`
		} `json:"section"`
		Input struct {
			Label struct {
				Max int `json:"max_length"`
			} `json:"label"`
		} `json:"input"`
		View struct {
			Blocks struct {
				Max int `json:"max_items"`
			} `json:"blocks"`
			Private struct {
				Max int `json:"max_length"`
			} `json:"private_metadata"`
			ID struct {
				Max int `json:"max_length"`
			} `json:"callback_id"`
			Title struct {
				Max int `json:"max_length"`
			} `json:"title"`
		} `json:"view"`
	}
	if err := json.Unmarshal(data, &l); err != nil {
		t.Fatal(err)
	}
	for name, pair := range map[string][2]int{
		"action_id": {chat.MaxPress, l.ActionID.Max}, "button value": {chat.MaxPress, l.Button.Value.Max}, "option value": {chat.MaxPress, l.Option.Value.Max},
		"button text": {maxLabel, l.Button.Text.Max}, "option text": {maxLabel, l.Option.Text.Max}, "overflow": {maxOverflow, l.Overflow.Options.Max},
		"confirmation": {maxConfirm, l.Confirmation.Text.Max}, "confirm": {maxConfirmYes, l.Confirmation.Confirm.Max}, "title of it": {13, l.Confirmation.Title.Max},
		"placeholder": {maxPlaceholder, l.Select.Placeholder.Max}, "menu": {maxMenu, l.Select.Options.Max}, "choices": {chat.MaxChoices, l.Select.Options.Max}, "buttons": {maxButtons, l.Actions.Elements.Max},
		"header": {maxHeader, l.Header.Text.Max}, "section": {maxSection, l.Section.Text.Max}, "field label": {chat.MaxFieldLabel, l.Input.Label.Max},
		"view blocks": {maxViewBlocks, l.View.Blocks.Max}, "private metadata": {maxMetadata, l.View.Private.Max}, "callback": {chat.MaxPress, l.View.ID.Max},
		"view title": {chat.MaxFormTitle, l.View.Title.Max},
	} {
		if pair[1] == 0 || pair[0] > pair[1] {
			t.Errorf("%s: up to %d are sent, and %d are allowed", name, pair[0], pair[1])
		}
	}
	if l.Overflow.Options.Min > 1 || l.Text.Min > 1 {
		t.Errorf("an overflow menu needs %d options and a text %d characters", l.Overflow.Options.Min, l.Text.Min)
	}
}
