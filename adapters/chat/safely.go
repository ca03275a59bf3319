package chat

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"

	"legacyauth/playbooks/card"
)

// Safely gives a Handler that never fails: an error or a panic of h, or of the
// work it leaves for later, goes to the log under a reference number, and the
// person gets a card with that number. reference gives a new one each time. A
// request that is canceled still gives its error. Completions are passed on; one
// that fails offers nothing.
func Safely(h Handler, log *slog.Logger, reference func() string) Handler {
	return safe{h, log, reference}
}

type safe struct {
	handler   Handler
	log       *slog.Logger
	reference func() string
}

func (s safe) Handle(ctx context.Context, r Request) (Answer, error) {
	return s.guard(ctx, r, func() (Answer, error) { return s.handler.Handle(ctx, r) })
}

// Offered gives the commands of the handler, if it says them.
func (s safe) Offered() []Command {
	if offering, ok := s.handler.(Offering); ok {
		return offering.Offered()
	}
	return nil
}

func (s safe) Complete(ctx context.Context, r Request) (choices []Choice, _ error) {
	completer, ok := s.handler.(Completer)
	if !ok {
		return nil, nil
	}
	defer func() {
		if v := recover(); v != nil {
			s.note(ctx, r, panicked(v), debug.Stack())
			choices = nil
		}
	}()
	choices, err := completer.Complete(ctx, r)
	if err != nil {
		s.note(ctx, r, err, nil)
		return nil, nil
	}
	return choices, nil
}

func (s safe) guard(ctx context.Context, r Request, do func() (Answer, error)) (a Answer, err error) {
	defer func() {
		if v := recover(); v != nil {
			a, err = broken(s.note(ctx, r, panicked(v), debug.Stack())), nil
		}
	}()
	a, err = do()
	if err != nil {
		if ctx.Err() != nil {
			return Answer{}, err
		}
		return broken(s.note(ctx, r, err, nil)), nil
	}
	if later := a.Later; later != nil {
		a.Later = func(ctx context.Context, show func(card.Card)) (Answer, error) {
			return s.guard(ctx, r, func() (Answer, error) { return later(ctx, show) })
		}
	}
	return a, nil
}

// panicked is a panic as an error. Of what a program panics with only Go's own
// errors are known to hold nothing personal.
func panicked(v any) error {
	if err, ok := v.(runtime.Error); ok {
		return fmt.Errorf("panic: %w", err)
	}
	return fmt.Errorf("panic with a %T", v)
}

// note logs what broke and gives the reference number. The words of the
// request stay out: they may name people.
func (s safe) note(ctx context.Context, r Request, err error, stack []byte) string {
	number := s.reference()
	attrs := []any{"reference", number, "platform", r.From.Platform, "delivery", r.Delivery, "error", err}
	if stack != nil {
		attrs = append(attrs, "stack", string(stack))
	}
	s.log.ErrorContext(ctx, "a request failed", attrs...)
	return number
}

// broken is what a person sees instead of an answer.
func broken(number string) Answer {
	return Answer{Card: card.Card{
		Title: []card.Span{card.Text("That did not work")},
		Tone:  card.Danger,
		Blocks: []card.Block{card.Para{Spans: []card.Span{
			card.Text("Something broke here; it is not your fault. Try again in a minute. If it stays so, tell whoever runs this bot the number "),
			card.Key(number), card.Text(": it stands in the log beside what happened."),
		}}},
		Fallback: "That did not work; reference " + number,
	}}
}
