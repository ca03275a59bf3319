package chattest

import (
	"context"
	"errors"
	"time"
)

func canceling() []check {
	hangs := func(f Fixture) bool { return f.Next != nil && f.Arrived != nil }
	return []check{
		{name: "nothing is sent once canceled", run: canceledBefore},
		{name: "an attempt under way can be canceled", run: canceledMeanwhile, fits: hangs},
		{name: "an attempt keeps to its deadline", run: deadline, fits: hangs},
	}
}

func canceledBefore(f Fixture, p *problems) {
	ctx, cancel := context.WithCancel(p.t.Context())
	cancel()
	_, err := f.Sender.Send(ctx, message("canceled", f.To, noteOf("too late")))
	if retry := p.retry("Send", err); retry != nil && retry.Maybe {
		p.errorf("%v is Maybe, and nothing can have been sent", err)
	}
	if !errors.Is(err, context.Canceled) {
		p.errorf("%v does not hold context.Canceled", err)
	}
	if n := len(f.Shown()); n > 0 {
		p.errorf("%d messages are shown, want none", n)
	}
}

func canceledMeanwhile(f Fixture, p *problems) {
	ctx, cancel := context.WithCancel(p.t.Context())
	defer cancel()
	f.Next(RecordedSilent)
	done := make(chan error, 1)
	go func() {
		_, err := f.Sender.Send(ctx, message("canceled", f.To, noteOf("half-way")))
		done <- err
	}()
	f.Arrived()
	cancel()
	p.ended(done, context.Canceled)
}

// expiring is a context whose deadline passes when the test says so, however busy the
// machine is.
type expiring struct {
	context.Context //nolint:containedctx // it is one
	passed          chan struct{}
}

// Done is closed when the deadline passes.
func (e expiring) Done() <-chan struct{} { return e.passed }

// Err is what a deadline gives.
func (e expiring) Err() error {
	select {
	case <-e.passed:
		return context.DeadlineExceeded
	default:
		return nil
	}
}

func deadline(f Fixture, p *problems) {
	ctx := expiring{p.t.Context(), make(chan struct{})}
	f.Next(RecordedSilent)
	done := make(chan error, 1)
	go func() {
		_, err := f.Sender.Send(ctx, message("deadline", f.To, noteOf("no answer")))
		done <- err
	}()
	f.Arrived()
	close(ctx.passed)
	p.ended(done, context.DeadlineExceeded)
}

// ended expects that an attempt without an answer ends soon, and says that it
// may have arrived.
func (p *problems) ended(done <-chan error, why error) {
	timer := time.NewTimer(p.patience)
	defer timer.Stop()
	select {
	case err := <-done:
		if retry := p.retry("Send", err); retry != nil && !retry.Maybe {
			p.errorf("%v is not Maybe, and the request had been sent", err)
		}
		if !errors.Is(err, why) {
			p.errorf("%v does not hold %v", err, why)
		}
	case <-timer.C:
		p.errorf("Send does not end when its context does")
	}
}
