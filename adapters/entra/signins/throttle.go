package signins

import (
	"context"
	"fmt"
	"io"
	"time"
)

// throttled is a Getter that counts how often the service has said that there
// are too many requests, and how long that kept requests back; *entra.Graph is
// one. With another, coverage is silent about it.
type throttled interface {
	Waits() (times int, waited time.Duration)
}

// ask is Source.ask, and counts what the service made it wait.
func (r *run) ask(ctx context.Context, address string, continued bool, sent func(), read func(io.Reader) error) error {
	counter, counts := r.Graph.(throttled)
	if !counts {
		return r.Source.ask(ctx, address, continued, sent, read)
	}
	times, waited := counter.Waits()
	err := r.Source.ask(ctx, address, continued, sent, read)
	timesNow, waitedNow := counter.Waits()
	r.state.Tally.Throttles += timesNow - times
	r.state.Tally.WaitedMillis += (waitedNow - waited).Milliseconds()
	return err
}

// throttling says for coverage what the service made the scan wait; empty when
// nothing.
func (t tally) throttling() string {
	if t.Throttles <= 0 {
		return ""
	}
	wait := "waited less than a second"
	if d := (time.Duration(t.WaitedMillis) * time.Millisecond).Round(time.Second); d > 0 {
		wait = "waited " + d.String()
	}
	return fmt.Sprintf("throttled %s, %s, resumed", times(t.Throttles), wait)
}
