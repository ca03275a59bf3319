package watch

import (
	"context"
	"errors"
	"fmt"
	"time"

	"legacyauth/storage"
)

// glance is how often a pass that runs elsewhere is looked at.
const glance = time.Second

// Scan makes a pass over a tenant now. When one is running it joins that and
// waits for its result; joined then says so. The error is that of Run.
func (w *Watcher) Scan(ctx context.Context, tenant, trigger string) (result storage.Pass, joined bool, err error) {
	for {
		result, err = w.Run(ctx, tenant, trigger)
		var running *RunningError
		if !errors.As(err, &running) {
			return result, joined, err
		}
		joined = true
		w.report(Progress{Tenant: tenant, Pass: running.Pass, Step: Waiting})
		var over bool
		if result, over, err = w.await(ctx, tenant, running.Pass); err != nil || over {
			return result, joined, err
		}
	}
}

// Running gives the number of the pass that is running over a tenant; false when
// none is.
func (w *Watcher) Running(ctx context.Context, tenant string) (pass int64, ok bool, err error) {
	t, err := w.named(tenant)
	if err != nil {
		return 0, false, err
	}
	err = w.DB.Read(ctx, func(tx *storage.Tx) error {
		number, known, err := numberOf(tx, t)
		if err != nil || !known {
			return err
		}
		if _, _, ok, err = tx.LeaseHolder(leaseOf(number)); err != nil || !ok {
			return err
		}
		last, found, err := tx.LastPass(number)
		pass, ok = last.ID, found && last.Ended.IsZero()
		return err
	})
	return pass, ok, err
}

// await waits for the end of a pass. Not over: its process has died, and its
// turn is to be taken again.
func (w *Watcher) await(ctx context.Context, tenant string, pass int64) (result storage.Pass, over bool, err error) {
	t, err := w.named(tenant)
	if err != nil {
		return result, false, err
	}
	timer := time.NewTicker(glance)
	defer timer.Stop()
	for {
		alive := false
		err := w.DB.Read(ctx, func(tx *storage.Tx) error {
			number, _, err := numberOf(tx, t)
			if err != nil {
				return err
			}
			passes, err := tx.Passes(number, 10)
			if err != nil {
				return err
			}
			for _, p := range passes {
				if p.ID == pass && !p.Ended.IsZero() {
					result, over = p, p.Error != Interrupted
					return nil
				}
			}
			_, _, alive, err = tx.LeaseHolder(leaseOf(number))
			return err
		})
		if err != nil {
			return result, false, fmt.Errorf("wait for the scan of %s: %w", t.Name, err)
		}
		if over || !alive {
			return result, over, nil
		}
		select {
		case <-ctx.Done():
			return result, false, fmt.Errorf("wait for the scan of %s: %w", t.Name, context.Cause(ctx))
		case <-timer.C:
		}
	}
}

// numberOf finds the number of a tenant that was scanned before.
func numberOf(tx *storage.Tx, t Tenant) (number int64, known bool, err error) {
	list, err := tx.Tenants()
	if err != nil {
		return 0, false, err
	}
	for _, stored := range list {
		if t.Directory != "" && stored.Directory == t.Directory || t.Directory == "" && stored.Name == t.Name {
			return stored.ID, true, nil
		}
	}
	return 0, false, nil
}
