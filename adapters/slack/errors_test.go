package slack_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/slack/slackfake"
	"legacyauth/playbooks/card"
)

func note(text string) card.Card {
	return card.Card{Title: []card.Span{card.Text(text)}, Blocks: []card.Block{card.Para{Spans: []card.Span{card.Text(text + " body")}}}, Fallback: text}
}

// What Slack answers, and what that means for whoever sends.
func TestErrorCodes(t *testing.T) {
	t.Parallel()
	type outcome struct {
		retry, maybe bool
		is           error
	}
	tests := map[string]struct {
		want outcome
		says string
	}{
		"invalid_auth":            {outcome{retry: true, is: chat.ErrCredentials}, "OAuth & Permissions"},
		"token_revoked":           {outcome{retry: true, is: chat.ErrCredentials}, "install the app again"},
		"account_inactive":        {outcome{retry: true, is: chat.ErrCredentials}, "install the app again"},
		"missing_scope":           {outcome{retry: true, is: chat.ErrCredentials}, "lacks the scope chat:write"},
		"channel_not_found":       {outcome{is: chat.ErrNoPlace}, "channel"},
		"not_in_channel":          {outcome{is: chat.ErrNoPlace}, "invite the bot"},
		"is_archived":             {outcome{is: chat.ErrNoPlace}, "archived"},
		"restricted_action":       {outcome{is: chat.ErrNoPlace}, "restricted_action"},
		"cannot_dm_bot":           {outcome{is: chat.ErrUnreachable}, "bots"},
		"user_not_found":          {outcome{is: chat.ErrUnreachable}, "user_not_found"},
		"ratelimited":             {outcome{retry: true}, "ratelimited"},
		"internal_error":          {outcome{retry: true, maybe: true}, "internal_error"},
		"fatal_error":             {outcome{retry: true, maybe: true}, "fatal_error"},
		"invalid_blocks":          {outcome{}, "invalid_blocks"},
		"no such error canary-4c": {outcome{}, "an error without a name"},
	}
	for code, tt := range tests {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			s := slackfake.New(t, slackfake.Options{})
			p := platform(t, s)
			s.Next("chat.postMessage", slackfake.Mishap{Error: code, Needed: "chat:write"})
			_, err := p.Send(t.Context(), chat.Message{Key: "k", To: place(slackfake.General), Card: note("x")})
			if err == nil {
				t.Fatal("no error")
			}
			retry := chat.Retry(err)
			got := outcome{retry: retry != nil, maybe: retry != nil && retry.Maybe, is: tt.want.is}
			if got != tt.want || tt.want.is != nil && !errors.Is(err, tt.want.is) {
				t.Errorf("%v: %+v, want %+v", err, got, tt.want)
			}
			if !strings.Contains(err.Error(), tt.says) {
				t.Errorf("%q does not say %q", err, tt.says)
			}
		})
	}
}

// A message that Slack finds too long all the same is sent once more in half the
// size.
func TestTooLongAllTheSame(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{})
	p := platform(t, s)
	long := card.Card{Title: []card.Span{card.Text("long")}}
	for range 30 {
		long.Blocks = append(long.Blocks, card.Para{Spans: []card.Span{card.Text(strings.Repeat("word ", 50))}})
	}
	s.Next("chat.postMessage", slackfake.Mishap{Error: "msg_blocks_too_long"})
	if _, err := p.Send(t.Context(), chat.Message{Key: "k", To: place(slackfake.General), Card: long}); err != nil {
		t.Fatal(err)
	}
	var sizes []int
	for _, m := range s.Messages() {
		if len(m.Blocks) > 0 {
			sizes = append(sizes, len(m.Blocks))
		}
	}
	if len(sizes) != 1 || sizes[0] > 6500 {
		t.Errorf("messages of %v bytes are shown, want one in half the size", sizes)
	}
	s.Next("chat.postMessage", slackfake.Mishap{Error: "msg_blocks_too_long"}, slackfake.Mishap{Error: "msg_blocks_too_long"})
	_, err := p.Send(t.Context(), chat.Message{Key: "k2", To: place(slackfake.General), Card: long})
	if err == nil || chat.Retry(err) != nil {
		t.Errorf("twice too long gives %v, want a final error", err)
	}
}

func TestPeople(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{})
	p := platform(t, s)
	anna, err := p.Lookup(t.Context(), slackfake.Team, "Anna@contoso.com")
	if err != nil || anna.ID != slackfake.Anna || anna.Zone != "Europe/Berlin" || anna.Locale != "de-DE" || anna.Who() != "slack:T0CONTOSO:@U0ANNA" {
		t.Errorf("Lookup = %+v, %v", anna, err)
	}
	for _, address := range []string{"nobody@contoso.com", "gone@contoso.com"} {
		if _, err := p.Lookup(t.Context(), slackfake.Team, address); !errors.Is(err, chat.ErrNobody) {
			t.Errorf("Lookup(%s) = %v, want ErrNobody", address, err)
		}
	}
	if _, err := p.Lookup(t.Context(), "T0OTHER", "anna@contoso.com"); !errors.Is(err, chat.ErrNoPlace) {
		t.Errorf("Lookup elsewhere = %v, want ErrNoPlace", err)
	}
	for id, want := range map[string]error{slackfake.BotUser: chat.ErrUnreachable, "U0GONE": chat.ErrUnreachable, "U0NOBODY": chat.ErrUnreachable} {
		_, err := p.Open(t.Context(), chat.Person{Platform: "slack", Workspace: slackfake.Team, ID: id}.Direct())
		if !errors.Is(err, want) || chat.Retry(err) != nil {
			t.Errorf("Open(%s) = %v, want %v", id, err, want)
		}
	}
}

// Without the scopes that read history the bot sends without having looked.
func TestFindWithoutHistory(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{Scopes: []string{"chat:write"}})
	_, _, err := platform(t, s).Find(t.Context(), chat.Message{Key: "k", To: place(slackfake.General), Card: note("x")})
	if err == nil || chat.Retry(err) != nil || !strings.Contains(err.Error(), "channels:history") {
		t.Errorf("Find = %v, want a final error that names the scope", err)
	}
}

func TestFindInThread(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{})
	p := platform(t, s)
	top, err := p.Send(t.Context(), chat.Message{Key: "top", To: place(slackfake.General), Card: note("top")})
	if err != nil {
		t.Fatal(err)
	}
	m := chat.Message{Key: "below", To: place(slackfake.General), Card: note("below"), Under: top}
	ref, err := p.Send(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	if got, found, err := p.Find(t.Context(), m); err != nil || !found || got != ref {
		t.Errorf("Find = %q, %v, %v; want %q", got, found, err, ref)
	}
	other := m
	other.Under = ""
	if got, found, _ := p.Find(t.Context(), other); found {
		t.Errorf("a message in a thread is found in the channel: %q", got)
	}
}

// A file that cannot be uploaded is said, and the message goes all the same.
func TestFileRefused(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{Scopes: []string{"chat:write"}})
	_, err := platform(t, s).Send(t.Context(), chat.Message{
		Key: "k", To: place(slackfake.General), Card: note("x"), Files: []chat.File{{Name: "a.reg", Data: []byte("x")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if text := s.Messages()[0].See().Text; !strings.Contains(text, "Could not be attached: a.reg") {
		t.Errorf("the message says %q", text)
	}
}

// What does not fit is in a file below the message.
func TestWholeTextAsFile(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{})
	long := note("long")
	for range 100 {
		long.Blocks = append(long.Blocks, card.Para{Spans: []card.Span{card.Text(strings.Repeat("word ", 80) + "end")}})
	}
	if _, err := platform(t, s).Send(t.Context(), chat.Message{Key: "k", To: place(slackfake.General), Card: long}); err != nil {
		t.Fatal(err)
	}
	all := s.Messages()
	if len(all) != 2 || len(all[1].Files) != 1 || all[1].Thread != all[0].TS {
		t.Fatalf("shown are %+v", all)
	}
	if text := all[0].See().Text; !strings.Contains(text, "did not fit here") || !strings.Contains(text, "The whole text is in whole-message.txt.") {
		t.Errorf("the message says %q", text)
	}
	if got := strings.Count(string(all[1].Files[0].Data), "end"); got != 100 {
		t.Errorf("the file holds %d paragraphs, want 100", got)
	}
}

func TestPacedChannel(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{Paced: true})
	p := platform(t, s)
	send := func(key, channel string) error {
		_, err := p.Send(context.Background(), chat.Message{Key: key, To: place(channel), Card: note(key)})
		return err
	}
	if err := send("a", slackfake.General); err != nil {
		t.Fatal(err)
	}
	retry := chat.Retry(send("b", slackfake.General))
	if retry == nil || retry.After != time.Second || retry.Maybe {
		t.Errorf("a second message at once gives %+v", retry)
	}
	if err := send("c", slackfake.Random); err != nil {
		t.Errorf("another channel: %v", err)
	}
}
