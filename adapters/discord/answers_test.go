package discord_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/discord"
	"legacyauth/adapters/discord/discordfake"
	"legacyauth/playbooks/card"
)

var form = chat.Form{
	ID: chat.Press{Verb: "except", Subject: "k7", Revision: 3}, Title: "Make an exception", Intro: "At most 90 days.",
	Fields: []chat.Field{
		{Name: "until", Label: "Until", Hint: "a date"},
		{Name: "reason", Label: "Reason", Long: true, Optional: true},
		{Name: "owner", Label: "Owner", Value: "it", Choices: []chat.Choice{{Label: "IT", Value: "it"}, {Label: "Sales", Value: "sales"}}},
	},
}

// actor answers as the first word says.
func actor(release <-chan struct{}) chat.HandlerFunc {
	slowly := func(ctx context.Context) {
		select {
		case <-release:
		case <-ctx.Done():
		}
	}
	return func(ctx context.Context, r chat.Request) (chat.Answer, error) {
		a := says(strings.Join(r.Words, " "))
		switch {
		case r.Fields != nil && r.Fields["until"] == "soon":
			return chat.Answer{Wrong: map[string]string{"until": "a date, such as 2026-12-24"}}, nil
		case r.Fields != nil:
			return says("until " + r.Fields["until"] + " by " + r.Fields["owner"] + " for " + r.Fields["reason"]), nil
		}
		if slices.Contains(r.Words, "slow") {
			slowly(ctx)
		}
		switch r.Words[0] {
		case "except":
			return chat.Answer{Form: &form, Card: says("type it instead").Card}, nil
		case "status":
			a.Public = true
		case "page":
			a.Edit = true
		case "nothing":
			return chat.Answer{}, nil
		case "files":
			a.Files = []chat.File{{Name: "days.png", Type: "image/png", Alt: "Sign-ins fall", Data: []byte("png")}, {Name: "a b.reg", Data: []byte("reg")}, {Name: "big.csv", Data: make([]byte, 11<<20)}}
		case "scan":
			a.Later = func(ctx context.Context, show func(card.Card)) (chat.Answer, error) {
				for n := range 100 {
					show(says(fmt.Sprintf("step %d.", n)).Card)
				}
				slowly(ctx)
				done := says("all is done")
				done.Public = slices.Contains(r.Words, "public")
				return done, nil
			}
		case "break":
			return chat.Answer{}, errCanary
		case "crash":
			panic(errCanary)
		}
		return a, nil
	}
}

func everyWay(t *testing.T, do func(t *testing.T, overHTTP bool)) {
	for name, overHTTP := range map[string]bool{"gateway": false, "HTTP": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			do(t, overHTTP)
		})
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	everyWay(t, func(t *testing.T, overHTTP bool) {
		release := make(chan struct{})
		s := play(t, fake(t), overHTTP, handler{handle: actor(release)}, nil)
		page := s.reads(t, s.do(t, command("page")), "page")

		quick := s.do(t, command("quick"))
		if m := s.reads(t, quick, "quick"); quick.First != 4 || !m.Ephemeral() {
			t.Errorf("a quick answer is of type %d, hidden %v", quick.First, m.Ephemeral())
		}
		if m := s.reads(t, s.do(t, command("status")), "status"); m.Ephemeral() {
			t.Error("a public answer is hidden")
		}
		if i := s.do(t, press("page:two:0", &page)); i.First != 7 || s.reads(t, i, "page two").ID != page.ID {
			t.Errorf("a page is turned with type %d, in another message", i.First)
		}
		for _, word := range []string{"break", "crash"} {
			if text := discordfake.Draw(s.reads(t, s.do(t, command(word)), "did not work")).Text; strings.Contains(text, "canary") {
				t.Errorf("%s tells %q", word, text)
			}
		}
		m := s.reads(t, s.do(t, command("files")), "Too large for Discord, and left out: big.csv")
		if string(m.Files["days.png"]) != "png" || string(m.Files["a_b.reg"]) != "reg" || !strings.Contains(fmt.Sprint(m.Attachments), "Sign-ins fall") {
			t.Errorf("the files are %v", m.Attachments)
		}

		slow := s.do(t, command("late", "slow"))
		slowPublic := s.do(t, command("status", "slow"))
		slowPage := s.do(t, press("page:slow:0", &page))
		slowOther := s.do(t, press("other:slow:0", &page))
		slowForm := s.do(t, command("except", "slow"))
		nothing := s.do(t, command("nothing", "slow"))
		scan := s.do(t, command("scan", "public"))
		s.reads(t, scan, "step")
		for name, want := range map[*discordfake.Interaction]int{slow: 5, slowPublic: 5, slowPage: 6, slowOther: 6, slowForm: 5, nothing: 5, scan: 4} {
			if name.First != want {
				t.Errorf("a slow answer begins with type %d, want %d", name.First, want)
			}
		}
		close(release)
		if m := s.reads(t, slow, "late slow"); !m.Ephemeral() {
			t.Error("an announced answer is public")
		}
		if m := s.reads(t, slowPublic, "status slow"); m.Ephemeral() {
			t.Error("an announced public answer is hidden")
		}
		if s.reads(t, slowPage, "page slow").ID != page.ID {
			t.Error("a page is turned in another message")
		}
		if m := s.reads(t, slowOther, "other slow"); m.ID == page.ID || !m.Ephemeral() {
			t.Error("an answer to a button takes the place of its message, or is public")
		}
		if m := s.reads(t, scan, "all is done"); m.Ephemeral() {
			t.Error("the public end of slow work is hidden")
		}
		s.until(t, "an announced answer is taken back", func() bool {
			return !slices.ContainsFunc(s.Messages(), func(m discordfake.Message) bool { return m.Loading })
		})
		opens := s.reads(t, slowForm, "Open: Make an exception")
		again := s.do(t, press(buttons(opens)[0], &opens))
		if again.First != 9 {
			t.Errorf("the button of a form that came late gives type %d", again.First)
		}
		for _, r := range s.Requests() {
			// Over HTTP a change may overtake the first answer, and is tried again.
			early := overHTTP && r.Status == http.StatusNotFound && strings.Contains(r.Path, "/webhooks/")
			if r.Status/100 != 2 && !early {
				t.Errorf("%s %s is answered %d", r.Method, r.Path, r.Status)
			}
		}
	})
}

func buttons(m discordfake.Message) []string { return discordfake.Draw(m).Buttons }

func TestFormIsCorrected(t *testing.T) {
	t.Parallel()
	everyWay(t, func(t *testing.T, overHTTP bool) {
		s := play(t, fake(t), overHTTP, handler{handle: actor(nil)}, nil)
		i := s.do(t, command("except", "k7"))
		got := discordfake.Form(i.Modal)
		if got.ID != form.ID || got.Intro != form.Intro || len(got.Fields) != 3 || !got.Fields[1].Optional || !got.Fields[1].Long || got.Fields[2].Value != "it" || len(got.Fields[2].Choices) != 2 {
			t.Fatalf("the form is %+v", got)
		}
		submit := func(until string) *discordfake.Interaction {
			return s.do(t, discordfake.Doing{Type: 5, Data: discordfake.Filled(form.ID.String(), map[string]string{"until": until, "reason": "a printer\nin the hall", "owner": "sales"})})
		}
		wrong := s.reads(t, submit("soon"), "Until: a date, such as 2026-12-24")
		again := discordfake.Form(s.do(t, press(buttons(wrong)[0], &wrong)).Modal)
		if again.Fields[0].Value != "soon" || again.Fields[1].Value != "a printer\nin the hall" || again.Fields[2].Value != "sales" {
			t.Errorf("the form is opened again with %+v", again.Fields)
		}
		s.reads(t, submit("2026-12-24"), "until 2026-12-24 by sales for a printer in the hall")
	})
}

func TestTwiceDeliveredOnceDone(t *testing.T) {
	t.Parallel()
	everyWay(t, func(t *testing.T, overHTTP bool) {
		s := play(t, fake(t), overHTTP, handler{handle: actor(nil)}, nil)
		card := s.reads(t, s.do(t, command("quick")), "quick")
		for _, what := range []discordfake.Doing{command("once"), press("once:k:1", &card), {Type: 5, Data: discordfake.Filled("once:f:1", map[string]string{"until": "x"})}} {
			what.Twice = true
			s.do(t, what)
		}
		s.do(t, command("end"))
		if err := s.stop(); err != nil {
			t.Fatal(err)
		}
		if n := len(s.handled); n != 5 {
			t.Errorf("%d requests are handled, want 5", n)
		}
	})
}

func TestBeyondTheTokensLife(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		person string
		words  []string
		in     func(s *stage) string // the channel in which it is said
		text   string
	}{
		"to who wants messages": {anna, []string{"late", "slow"}, func(s *stage) string { return s.direct(anna) }, "late slow"},
		"to who wants none":     {bert, []string{"late", "slow"}, func(*stage) string { return general }, "An answer came too late"},
		"for everybody":         {bert, []string{"status", "slow"}, func(*stage) string { return general }, "status slow"},
		"slow work":             {anna, []string{"scan"}, func(s *stage) string { return s.direct(anna) }, "all is done"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			release := make(chan struct{})
			s := play(t, fake(t), false, handler{handle: actor(release)}, nil)
			what := command(tt.words...)
			what.Person = tt.person
			s.do(t, what)
			s.Advance(20 * time.Minute)
			close(release)
			s.until(t, tt.text, func() bool {
				return slices.ContainsFunc(s.Messages(), func(m discordfake.Message) bool {
					return m.Channel == tt.in(s) && !m.Ephemeral() && strings.Contains(discordfake.Draw(m).Text, tt.text)
				})
			})
			for _, m := range s.Messages() {
				if m.Channel == general && tt.text != "status slow" && !m.Ephemeral() && strings.Contains(discordfake.Draw(m).Text, "late slow") {
					t.Error("the channel reads the answer")
				}
			}
		})
	}
}

// direct is the channel of a person's direct messages; empty: none is open.
func (s *stage) direct(person string) string {
	for _, m := range s.Messages() {
		if s.Person(m.Channel) == person {
			return m.Channel
		}
	}
	return ""
}

func TestServersThatAreNotBound(t *testing.T) {
	t.Parallel()
	s := play(t, fake(t), false, handler{handle: actor(nil)}, nil)
	what := command("quick")
	what.Server, what.Channel = foreign, abroad
	i := s.do(t, what)
	m := s.reads(t, i, "This server is not connected")
	if text := discordfake.Draw(m).Text; !m.Ephemeral() || !strings.Contains(text, foreign) || strings.Contains(text, "Anna") {
		t.Errorf("people read %q, hidden %v", text, m.Ephemeral())
	}
	completion := s.do(t, discordfake.Doing{Type: 4, Server: foreign, Channel: abroad, Data: words("quick", "a")})
	if len(completion.Choices) > 0 {
		t.Errorf("%v are offered", completion.Choices)
	}
	if len(s.handled) > 0 {
		t.Error("a request from a server that is not bound is handled")
	}
	for name, to := range map[string]chat.Place{
		"a server that is not bound":            {Platform: discord.Platform, Workspace: foreign, Channel: abroad},
		"its channel under another server":      place(abroad),
		"a channel of one server under another": {Platform: discord.Platform, Workspace: other, Channel: general},
	} {
		if _, err := s.bot.Send(t.Context(), chat.Message{Key: "k", To: to, Card: says("secret").Card}); err == nil || chat.Retry(err) != nil {
			t.Errorf("Send to %s gives %v", name, err)
		}
	}
}

func TestButtonInADirectMessage(t *testing.T) {
	t.Parallel()
	s := play(t, fake(t), false, handler{handle: actor(nil)}, nil)
	for _, at := range []string{server, other} {
		to := chat.Place{Platform: discord.Platform, Workspace: at, Person: anna}
		ref, err := s.bot.Send(t.Context(), chat.Message{Key: "told:" + at, To: to, Card: says("your devices").Card})
		if err != nil {
			t.Fatal(err)
		}
		channel, id, _ := strings.Cut(string(ref), "/")
		for _, m := range s.Messages() {
			if m.ID == id {
				what := press("done:k7:1", &m)
				what.Channel = channel
				s.do(t, what)
			}
		}
		r := <-s.handled
		if r.From.Workspace != at || r.In != r.From.Direct() || r.Message != ref {
			t.Errorf("the button arrives from %s in %s at %s, want server %s and %s", r.From.Who(), r.In, r.Message, at, ref)
		}
	}
}
