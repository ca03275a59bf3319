package slack_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/chat/chattest"
	"legacyauth/adapters/slack"
	"legacyauth/adapters/slack/slackfake"
)

// platform gives the adapter for a workspace, by Socket Mode.
func platform(t testing.TB, s *slackfake.Server, change ...func(*slack.Options)) *slack.Platform {
	t.Helper()
	o := slack.Options{
		Installations: []slack.Installation{{BotToken: slackfake.BotToken, AppToken: slackfake.AppToken}},
		Log:           slog.New(slog.NewTextHandler(io.Discard, nil)), Now: time.Now, API: s.API(),
	}
	for _, c := range change {
		c(&o)
	}
	p, err := slack.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// signed gives a workspace that sends signed requests, and the adapter for it.
func signed(t testing.TB, o slackfake.Options, change ...func(*slack.Options)) (*slackfake.Server, *slack.Platform) {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o.RequestURL = "http://" + l.Addr().String() + slack.Path
	s := slackfake.New(t, o)
	return s, platform(t, s, append(change, func(o *slack.Options) {
		o.Listener = l
		o.Installations = []slack.Installation{{BotToken: slackfake.BotToken, SigningSecret: slackfake.SigningSecret}}
	})...)
}

func place(channel string) chat.Place {
	return chat.Place{Platform: slack.Name, Workspace: slackfake.Team, Channel: channel}
}

func TestSender(t *testing.T) {
	t.Parallel()
	chattest.Senders(t, func(t testing.TB) chattest.Fixture {
		s := slackfake.New(t, slackfake.Options{})
		return chattest.Fixture{
			Sender: platform(t, s), Again: func() chat.Sender { return platform(t, s) },
			To: place(slackfake.General), Other: place(slackfake.Random),
			Person:  chat.Place{Platform: slack.Name, Workspace: slackfake.Team, Person: slackfake.Anna},
			Thread:  chat.Place{Platform: slack.Name, Workspace: slackfake.Team, Channel: slackfake.General, Thread: "1600000000.000001"},
			Shown:   func() []chattest.Shown { return shown(s) },
			Gone:    chat.Ref(slackfake.General + ":1600000000.000099"),
			Buttons: true,
			Next:    func(b chattest.Behavior) { s.Next("", mishap(b)) },
			Down:    s.Down,
			Arrived: func() {
				s.Wait(t, "a request", func() bool { return slices.Contains(s.Calls(), "chat.postMessage") })
			},
			Secret: slackfake.BotToken,
		}
	})
}

func mishap(b chattest.Behavior) slackfake.Mishap {
	return slackfake.Mishap{Status: b.Status, RetryAfter: b.RetryAfter, Record: b.Record, Drop: b.Drop, Hang: b.Hang, Delay: b.Delay}
}

// shown gives the messages of the workspace. Files stand below the message whose
// thread they were put into.
func shown(s *slackfake.Server) []chattest.Shown {
	var all []chattest.Shown
	for _, m := range s.Messages() {
		seen := m.See()
		ref := chat.Ref(m.Channel + ":" + m.TS)
		if len(m.Files) > 0 && m.Thread != "" {
			above := slices.IndexFunc(all, func(o chattest.Shown) bool { return o.Ref == chat.Ref(m.Channel+":"+m.Thread) })
			if above >= 0 {
				all[above].Text += "\n" + seen.Text
				continue
			}
		}
		all = append(all, chattest.Shown{
			Ref: ref, Place: chat.Place{Platform: slack.Name, Workspace: slackfake.Team, Channel: m.Channel, Thread: m.Thread},
			Text: seen.Text, Notice: seen.Notice, Links: seen.Links, Mentions: seen.Mentions, Buttons: seen.Buttons,
		})
	}
	return all
}

func TestSocketMode(t *testing.T) {
	t.Parallel()
	chattest.Surfaces(t, func(t testing.TB) chattest.Receiving {
		s := slackfake.New(t, slackfake.Options{})
		return receiving(s, platform(t, s))
	})
}

func TestSignedHTTP(t *testing.T) {
	t.Parallel()
	chattest.Surfaces(t, func(t testing.TB) chattest.Receiving {
		s, p := signed(t, slackfake.Options{})
		return receiving(s, p)
	})
}

// pressable is a message of somebody whose button is pressed.
const pressable = "1600000000.000007"

func receiving(s *slackfake.Server, p *slack.Platform) chattest.Receiving {
	return chattest.Receiving{
		Surface: p, Repeats: true,
		From: chat.Person{Platform: slack.Name, Workspace: slackfake.Team, ID: slackfake.Anna}, In: place(slackfake.General),
		Type: func(delivery string, words ...string) error {
			_, err := s.Command(slackfake.Act{Delivery: delivery, User: slackfake.Anna, Channel: slackfake.General, Text: typed(words...)})
			return err
		},
		Press: func(delivery, button string) error {
			_, err := s.Press(slackfake.Act{Delivery: delivery, User: slackfake.Anna, Channel: slackfake.General, Message: pressable, Value: button})
			return err
		},
		Submit: func(delivery string, form chat.Press, fields map[string]string) (map[string]string, error) {
			return s.Submit(slackfake.Act{Delivery: delivery, User: slackfake.Anna, Channel: slackfake.General}, form.String(), fields)
		},
		Forms: func() []chat.Form { return forms(s) },
		Replies: func() []chattest.Reply {
			var all []chattest.Reply
			for _, m := range s.Messages() {
				all = append(all, chattest.Reply{Text: m.See().Text, Public: m.For == "" && !strings.HasPrefix(m.Channel, "D")})
			}
			return all
		},
		Changed: s.Changed,
	}
}

var plainWord = regexp.MustCompile(`^[a-zA-Z0-9.-]+$`)

// typed gives words as a person types them and Slack hands them over.
func typed(words ...string) string {
	var all []string
	for _, w := range words {
		if !plainWord.MatchString(w) {
			w = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(w) + `"`
		}
		all = append(all, strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(w))
	}
	return strings.Join(all, " ")
}

// forms reads the modals that were opened.
func forms(s *slackfake.Server) []chat.Form {
	var all []chat.Form
	for _, v := range s.Views() {
		press, err := chat.ParsePress(v.Callback)
		if err != nil {
			panic(fmt.Sprint("a form of somebody else: ", v.Callback))
		}
		f := chat.Form{ID: press, Title: v.Title.Text}
		for _, in := range v.Fields() {
			f.Fields = append(f.Fields, chat.Field{Name: in.Name, Label: in.Label, Long: in.Long})
		}
		all = append(all, f)
	}
	return all
}

// ears is a log that tells when something is logged.
type ears struct {
	slog.Handler
	heard chan string
}

// Handle passes the message on.
func (e ears) Handle(_ context.Context, r slog.Record) error {
	select {
	case e.heard <- r.Message:
	default:
	}
	return nil
}

// listening gives a log, and a function that waits for a message of it.
func listening(t *testing.T) (*slog.Logger, func(part string)) {
	e := ears{slog.NewTextHandler(io.Discard, nil), make(chan string, 100)}
	return slog.New(e), func(part string) {
		t.Helper()
		timer := time.NewTimer(30 * time.Second)
		defer timer.Stop()
		for {
			select {
			case message := <-e.heard:
				if strings.Contains(message, part) {
					return
				}
			case <-timer.C:
				t.Fatalf("%q is never logged", part)
			}
		}
	}
}
