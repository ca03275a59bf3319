package chat_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

func TestSafely(t *testing.T) {
	t.Parallel()
	fine := chat.Answer{Card: card.Card{Title: []card.Span{card.Text("fine")}}}
	lately := func(work chat.Work) chat.HandlerFunc {
		return func(context.Context, chat.Request) (chat.Answer, error) { return chat.Answer{Later: work}, nil }
	}
	tests := map[string]struct {
		handler chat.HandlerFunc
		logged  string // empty: nothing broke
	}{
		"fine":        {func(context.Context, chat.Request) (chat.Answer, error) { return fine, nil }, ""},
		"error":       {func(context.Context, chat.Request) (chat.Answer, error) { return fine, errors.New("disk on fire") }, "disk on fire"},
		"panic":       {func(context.Context, chat.Request) (chat.Answer, error) { panic("anna@contoso.com") }, "panic with a string"},
		"Go's panic":  {func(context.Context, chat.Request) (chat.Answer, error) { return []chat.Answer{}[len(os.Args)], nil }, "index out of range"},
		"fine later":  {lately(func(context.Context, func(card.Card)) (chat.Answer, error) { return fine, nil }), ""},
		"error later": {lately(func(context.Context, func(card.Card)) (chat.Answer, error) { return fine, errors.New("disk on fire") }), "disk on fire"},
		"panic later": {lately(func(context.Context, func(card.Card)) (chat.Answer, error) { panic("anna@contoso.com") }), "panic with a string"},
		"panic latest": {lately(func(context.Context, func(card.Card)) (chat.Answer, error) {
			return lately(nil)(t.Context(), chat.Request{})
		}), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			h := chat.Safely(tt.handler, slog.New(slog.NewTextHandler(&log, nil)), func() string { return "R7K2" })
			r := chat.Request{Delivery: "d1", From: chat.Person{Platform: "slack", Name: "Anna"}, Words: []string{"user", "anna@contoso.com"}}
			a, err := h.Handle(t.Context(), r)
			for err == nil && a.Later != nil {
				a, err = a.Later(t.Context(), func(card.Card) {})
			}
			if err != nil {
				t.Fatal(err)
			}
			text := chat.Plain(a.Card)
			if broke := strings.Contains(text, "R7K2"); broke != (tt.logged != "") {
				t.Errorf("the person reads %q", text)
			}
			if tt.logged == "" {
				if log.Len() > 0 {
					t.Errorf("the log says %s", &log)
				}
				return
			}
			for _, want := range []string{tt.logged, "reference=R7K2", "delivery=d1"} {
				if !strings.Contains(log.String(), want) {
					t.Errorf("%q does not stand in the log: %s", want, &log)
				}
			}
			if strings.Contains(text, tt.logged) || strings.Contains(strings.ToLower(log.String()), "anna") {
				t.Errorf("told too much: %q, logged: %s", text, &log)
			}
		})
	}
}

func TestSafelyLeavesCancellationAlone(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	h := chat.Safely(chat.HandlerFunc(func(ctx context.Context, _ chat.Request) (chat.Answer, error) {
		return chat.Answer{}, ctx.Err()
	}), slog.New(slog.NewTextHandler(&log, nil)), func() string { return "R7K2" })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Handle(ctx, chat.Request{}); !errors.Is(err, context.Canceled) || log.Len() > 0 {
		t.Errorf("Handle = %v, logged %s", err, &log)
	}
}

// completing is a handler that completes.
type completing struct {
	chat.HandlerFunc
	complete func() ([]chat.Choice, error)
}

func (c completing) Complete(context.Context, chat.Request) ([]chat.Choice, error) {
	return c.complete()
}

func TestSafelyCompletes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		complete func() ([]chat.Choice, error)
		want     int
		logged   bool
	}{
		"fine":  {func() ([]chat.Choice, error) { return make([]chat.Choice, 2), nil }, 2, false},
		"error": {func() ([]chat.Choice, error) { return make([]chat.Choice, 2), errors.New("no") }, 0, true},
		"panic": {func() ([]chat.Choice, error) { panic("no") }, 0, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			h := chat.Safely(completing{complete: tt.complete}, slog.New(slog.NewTextHandler(&log, nil)), func() string { return "R" })
			got, err := h.(chat.Completer).Complete(t.Context(), chat.Request{})
			if err != nil || len(got) != tt.want || (log.Len() > 0) != tt.logged {
				t.Errorf("Complete = %v, %v, logged %s", got, err, &log)
			}
		})
	}
}
