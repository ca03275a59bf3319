package watch

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"time"

	"legacyauth/storage"
)

// RunningError says that a pass over the tenant is running already, here or in
// another process.
type RunningError struct {
	Tenant string
	// Pass is its number; 0 when it cannot be told.
	Pass int64
}

// Error names the tenant and the pass.
func (e *RunningError) Error() string {
	return fmt.Sprintf("a scan of %s is running already (number %d)", e.Tenant, e.Pass)
}

// Interrupted is the Error of a recorded pass that was killed or stopped before
// it could record anything. Its turn is not over.
const Interrupted = "it was interrupted and recorded nothing"

func leaseOf(tenant int64) string { return "pass:" + strconv.FormatInt(tenant, 10) }

// begin takes the tenant's lease and records that a pass is running. The error
// is a *RunningError when another one is.
func (w *Watcher) begin(ctx context.Context, t Tenant, trigger string, may func(*storage.Tx, int64) error) (*pass, error) {
	p := &pass{Watcher: w, tenant: t, began: w.Now().UTC().Truncate(time.Microsecond)}
	// Two passes of this process are two holders.
	holder := w.Holder + " " + rand.Text()
	err := w.DB.Write(ctx, func(tx *storage.Tx) error {
		var ok bool
		var err error
		if p.number, err = tx.Tenant(t.Name, t.Directory); err != nil {
			return err
		}
		if p.token, ok, err = tx.Lease(leaseOf(p.number), holder, w.hold()); err != nil {
			return err
		}
		earlier, err := tx.Passes(p.number, 4)
		if err != nil {
			return err
		}
		if !ok {
			return running(t, earlier)
		}
		if may != nil {
			if err := may(tx, p.number); err != nil {
				return err
			}
		}
		for _, left := range earlier {
			if left.Ended.IsZero() {
				left.Ended, left.Error = p.began, Interrupted
				if err := tx.EndPass(&left); err != nil {
					return err
				}
			}
		}
		p.record = storage.Pass{Tenant: p.number, Source: t.Source.Name(), Trigger: trigger, Started: p.began}
		return tx.BeginPass(&p.record)
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

func running(t Tenant, passes []storage.Pass) error {
	for _, p := range passes {
		if p.Ended.IsZero() {
			return &RunningError{t.Name, p.ID}
		}
	}
	return &RunningError{Tenant: t.Name}
}

// keep renews the lease until the returned function is called, which waits for
// that to end. The context ends with storage.ErrLeaseLost as its cause when
// another process has taken the lease.
func (p *pass) keep(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		timer := time.NewTicker(p.hold() / 3)
		defer timer.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-timer.C:
			}
			err := p.DB.Write(ctx, func(tx *storage.Tx) error { return tx.Renew(leaseOf(p.number), p.token, p.hold()) })
			if errors.Is(err, storage.ErrLeaseLost) {
				cancel(err)
				return
			}
			// Any other failure may pass; the transaction that records checks.
		}
	}()
	return ctx, func() {
		cancel(context.Canceled)
		<-done
	}
}

// letGo gives the lease back after a pass that recorded nothing, so that nobody
// waits for its end.
func (p *pass) letGo(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	err := p.DB.Write(ctx, func(tx *storage.Tx) error {
		if err := tx.HoldsLease(leaseOf(p.number), p.token); err != nil {
			return err
		}
		left := p.record
		left.Ended, left.Error = p.Now().UTC(), Interrupted
		if err := tx.EndPass(&left); err != nil {
			return err
		}
		return tx.Release(leaseOf(p.number), p.token)
	})
	if err != nil && !errors.Is(err, storage.ErrLeaseLost) {
		p.log().Warn("a lease was not given back; it runs out by itself", "error", err)
	}
}
