package command

import (
	"context"
	"errors"
	"sync"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/storage"
)

const (
	// patience is how long a request waits for the database to remember its
	// delivery. Slack and Discord want to be answered within three seconds.
	patience = 400 * time.Millisecond
	// remembered is how long a delivery is known: longer than any platform
	// delivers again.
	remembered = 24 * time.Hour
	// forgetting is how often what is older is removed.
	forgetting = time.Hour
)

// errBusy says that the database did not take a delivery in time.
var errBusy = errors.New("the database is busy")

// repeats knows which requests were delivered before, also to another replica
// and before a restart.
type repeats struct {
	db  *storage.DB
	now func() time.Time

	mu    sync.Mutex
	swept time.Time
}

// claim says whether a request is here for the first time; wait 0 waits for as
// long as it takes. errBusy: the database had no time for it, as far as can be
// told; the same claim may be made again.
func (s *repeats) claim(ctx context.Context, req chat.Request, c storage.Claim, wait time.Duration) (first bool, err error) {
	if req.Delivery == "" {
		return true, nil
	}
	within := ctx
	if wait > 0 {
		var stop context.CancelFunc
		within, stop = context.WithTimeoutCause(ctx, wait, errBusy)
		defer stop()
	}
	sweep := s.due()
	err = s.db.Write(within, func(tx *storage.Tx) error {
		if sweep {
			if err := tx.ForgetDeliveries(s.now().Add(-remembered)); err != nil {
				return err
			}
		}
		first, err = tx.Delivered(req.From.Platform, req.Delivery, c)
		return err
	})
	if err != nil && ctx.Err() == nil && within.Err() != nil {
		return false, errBusy
	}
	return first, err
}

// due says whether it is time to remove what is old.
func (s *repeats) due() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	if now.Sub(s.swept) < forgetting {
		return false
	}
	s.swept = now
	return true
}
