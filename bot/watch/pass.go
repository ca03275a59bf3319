package watch

import (
	"context"
	"fmt"
	"time"

	"legacyauth/detect"
	"legacyauth/storage"
)

// pass is one pass over one tenant.
type pass struct {
	*Watcher
	tenant Tenant
	number int64 // of the tenant
	token  int64 // of the lease
	began  time.Time
	record storage.Pass

	first bool // nothing was ever read of the source
	read  *reading

	// coverage is what the pass vouches for; nil until that is known.
	coverage *detect.Coverage
	// partly says that clients were left out that have not changed.
	partly bool
	// wide says that this pass cannot be narrow, see mayBeNarrow.
	wide bool
	// standing is where the networks of new rows stood before them.
	standing map[string]standing
	// aside are clients of other accounts that can only be asked about.
	aside []storage.Client
	// found are those of them of whom a modern sign-in was found.
	found []detect.User
	// asked are the bundles that were asked for after judging.
	asked []detect.Bundle
}

// Run makes one pass over a tenant and gives its record. What the source could
// not do stands in the record's Error and is no error here; an error means that
// nothing was recorded. It is a *RunningError when a pass is running already.
func (w *Watcher) Run(ctx context.Context, tenant, trigger string) (storage.Pass, error) {
	t, err := w.named(tenant)
	if err != nil {
		return storage.Pass{}, err
	}
	return w.made(ctx, t, trigger, nil)
}

// made is Run, which does nothing where may gives an error once the tenant is
// this pass's alone; nil: it is made in any case.
func (w *Watcher) made(ctx context.Context, t Tenant, trigger string, may func(*storage.Tx, int64) error) (storage.Pass, error) {
	p, err := w.begin(ctx, t, trigger, may)
	if err != nil {
		return storage.Pass{}, fmt.Errorf("begin a scan: %w", err)
	}
	kept, end := p.keep(ctx)
	err = p.run(kept)
	if err != nil && kept.Err() != nil {
		err = context.Cause(kept)
	}
	end()
	if err != nil {
		p.letGo(ctx)
		return storage.Pass{}, fmt.Errorf("scan of %s: %w", t.Name, err)
	}
	if source, ok := p.read.source.(Forgetter); ok && p.read.failed == nil {
		if err := source.Forget(); err != nil {
			p.log().Warn("what a scan has kept was not removed", "error", err)
		}
	}
	if err := p.sweep(ctx); err != nil {
		p.log().Warn("what is no longer needed was not removed", "error", err)
	}
	return p.record, nil
}

func (p *pass) run(ctx context.Context) error {
	if err := p.gather(ctx); err != nil {
		if ctx.Err() != nil {
			return err
		}
		p.read.failed = err
	}
	return p.settle(ctx)
}

func (p *pass) progress(s Step) {
	var rows int64
	if p.read != nil {
		rows = p.read.bundler.Counts().Read
	}
	p.report(Progress{Tenant: p.tenant.Name, Pass: p.record.ID, Step: s, Rows: rows})
}

// sweep forgets, once a day, what later passes do not need.
func (p *pass) sweep(ctx context.Context) error {
	const mark = "swept"
	today := p.began.Format(time.DateOnly)
	return p.DB.Write(ctx, func(tx *storage.Tx) error {
		last, _, _, err := tx.Mark(p.number, mark)
		if err != nil || last == today {
			return err
		}
		if _, err := tx.ForgetSightings(p.number, p.began.Add(-p.horizon())); err != nil {
			return err
		}
		gone, err := tx.ForgetBundles(p.began.Add(-p.horizon()))
		if err != nil {
			return err
		}
		if gone > 0 {
			p.forgetTimeless()
		}
		return tx.SetMark(p.number, mark, today)
	})
}
