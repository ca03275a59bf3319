package slack_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/chat/chattest"
	"legacyauth/adapters/slack/slackfake"
	"legacyauth/playbooks/card"
)

// hostileCard has a text wherever one from outside can be, in entries with menus and
// questions too.
func hostileCard(text string) card.Card {
	value := []card.Span{card.Value(text)}
	menu := []card.Action{{ID: "client:k7:0", Label: card.Clean(text)}, {ID: "except:k7:1", Label: "Exception"}}
	asking := []card.Action{{ID: "done:k7:1", Label: "Done", Confirm: card.Clean(text)}}
	return card.Card{
		Title: value, Fallback: "fine words",
		Blocks: []card.Block{
			card.Para{Spans: []card.Span{card.Text("fine words "), card.Value(text)}},
			card.Entry{Text: value, Note: value, Menu: menu},
			card.Entry{Text: value, Note: value, Menu: menu[:1]},
			card.Entry{Text: value, Menu: asking},
		},
		Actions: asking,
	}
}

// TestHostileEverywhere sends what people write into names, agents and apps through
// every way to a person that the suite of senders does not take: answers, changed
// ones, forms and what is wrong in them, the start page, threads, and files with
// their names and descriptions.
func TestHostileEverywhere(t *testing.T) {
	t.Parallel()
	for name, text := range chattest.Hostile() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := slackfake.New(t, slackfake.Options{})
			p := platform(t, s)
			files := []chat.File{{Name: text + ".png", Type: "image/png", Alt: text, Data: []byte("png")}}
			form := chat.Form{
				ID: chat.Press{Verb: "ask"}, Title: first24(text), Intro: text, Submit: text, Fields: []chat.Field{
					{Name: "what", Label: first24(text), Hint: text, Value: text, Optional: true},
					{Name: "which", Label: "Which", Choices: []chat.Choice{{Label: text, Value: "a"}, {Label: "other", Value: "b"}}, Optional: true},
				},
			}
			run(t, p, func(_ context.Context, r chat.Request) (chat.Answer, error) {
				a := chat.Answer{Card: hostileCard(text)}
				switch strings.Join(r.Words, " ") {
				case "files":
					a.Files = files
				case "public":
					a.Public, a.Files = true, files
				case "edit":
					a.Edit = true
				case "form":
					a.Form = &form
				case "ask":
					a = chat.Answer{Wrong: map[string]string{"what": text}}
				case "slow":
					a.Later = func(_ context.Context, show func(card.Card)) (chat.Answer, error) {
						show(hostileCard(text))
						return chat.Answer{Card: hostileCard(text)}, nil
					}
				}
				return a, nil
			})
			answered := func(n int) {
				t.Helper()
				s.Wait(t, fmt.Sprint(n, " messages"), func() bool { return len(s.Messages()) >= n })
			}
			for _, step := range []struct {
				words string
				n     int // of messages then
			}{{"files", 2}, {"public", 4}, {"slow", 7}} {
				if _, err := s.Command(with(step.words)); err != nil {
					t.Fatal(err)
				}
				answered(step.n)
			}
			top, err := p.Send(t.Context(), chat.Message{Key: "top", To: place(slackfake.Random), Card: note("fine words")})
			if err != nil {
				t.Fatal(err)
			}
			if err := p.Update(t.Context(), top, chat.Message{Key: "top-2", To: place(slackfake.Random), Card: hostileCard(text)}); err != nil {
				t.Fatal(err)
			}
			if _, err := p.Send(t.Context(), chat.Message{Key: "reply", To: place(slackfake.Random), Under: top, Card: hostileCard(text), Files: files}); err != nil {
				t.Fatal(err)
			}
			_, ts, _ := strings.Cut(string(top), ":")
			if _, err := s.Press(slackfake.Act{User: slackfake.Anna, Channel: slackfake.Random, Message: ts, Value: "edit::0"}); err != nil {
				t.Fatal(err)
			}
			if _, err := s.OpenHome(anna); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Command(with("form")); err != nil {
				t.Fatal(err)
			}
			s.Wait(t, "the form", func() bool { return len(s.Views()) == 1 })
			s.Wait(t, "the start page", func() bool { _, ok := s.Home(slackfake.Anna); return ok })
			wrong, err := s.Submit(anna, form.ID.String(), map[string]string{"what": text})
			if err != nil || wrong["what"] == "" {
				t.Errorf("the form is answered with %v, %v", wrong, err)
			}
			inert(t, "what is wrong", slackfake.Seen{Text: wrong["what"]})
			home, _ := s.Home(slackfake.Anna)
			inert(t, "the start page", slackfake.See(home.Blocks))
			view := s.Views()[0]
			inert(t, "the form", slackfake.See(view.Blocks))
			inert(t, "its title", slackfake.Seen{Text: view.Title.Text})
			for _, m := range s.Messages() {
				inert(t, "a message in "+m.Channel, m.See())
			}
		})
	}
}

// inert expects that nothing of what is seen does anything.
func inert(t *testing.T, what string, seen slackfake.Seen) {
	t.Helper()
	if len(seen.Links) > 0 || len(seen.Mentions) > 0 {
		t.Errorf("%s: %q can be followed, %q are mentioned", what, seen.Links, seen.Mentions)
	}
	for _, r := range seen.Text + seen.Notice {
		if r != '\n' && (unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp)) {
			t.Errorf("%s: %U is in the text", what, r)
			return
		}
	}
}

// first24 is what fits into the title of a form.
func first24(text string) string {
	r := []rune(text)
	return string(r[:min(len(r), chat.MaxFormTitle)])
}
