package discord

import (
	"context"
	"time"

	"legacyauth/adapters/chat"
)

// What stands behind an answer is tried again for a while: nobody else does.
const (
	tries     = 5
	firstWait = 250 * time.Millisecond
)

// patiently does something until it works, fails for good, or has been tried
// often enough. It waits as long as Discord asks, but not past the context.
func (d *Discord) patiently(ctx context.Context, do func() error) error {
	wait := firstWait
	for try := 1; ; try++ {
		err := do()
		retry := chat.Retry(err)
		if retry == nil || try == tries {
			return err
		}
		if !pause(ctx, max(retry.After, wait)) {
			return err
		}
		wait *= 2
	}
}

// pause says false when the context ends first, or would.
func pause(ctx context.Context, wait time.Duration) bool {
	if end, ok := ctx.Deadline(); ok && time.Until(end) < wait {
		return false
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
