package watch

import (
	"context"
	"fmt"
	"time"

	"legacyauth/bot/scan"
	"legacyauth/detect"
	"legacyauth/storage"
)

// judged is what all sign-ins of the judging window say, those of this pass
// among them.
type judged struct {
	window detect.Window
	fold   *detect.Fold // nil once nothing can be added
	shared *detect.Shared
	// kin are the accounts whose clients these are; nil: all of the tenant's.
	kin      *storage.Kin
	clients  []detect.Client
	modern   modern
	networks networks // that sign-ins came from
	timeless bool     // a sign-in carries no time
	coverage detect.Coverage
}

// take folds a bundle.
func (j *judged) take(b detect.Bundle) {
	j.fold.Recall(b)
	j.modern.see(&b)
	j.networks.add(b.Row.IP)
	j.timeless = j.timeless || b.Row.Time.IsZero()
}

// judge folds what is stored of the judging window. What the pass has read comes
// to it in finish.
func (p *pass) judge(tx *storage.Tx) (*judged, error) {
	j := &judged{window: detect.Window{From: p.judgedFrom()}, shared: detect.NewShared(), modern: modern{}, networks: newNetworks()}
	j.fold = detect.NewFoldAmong(detect.Window{}, j.shared)
	for b, err := range tx.Bundles(p.number, j.window.From) {
		if err != nil {
			return nil, err
		}
		j.take(b)
	}
	return j, nil
}

// finish folds what the pass has read and judges everybody. A first pass takes
// its time for that, and a PostgreSQL server ends a transaction that is idle
// meanwhile.
func (p *pass) finish(j *judged) {
	for b := range p.read.bundler.Each() {
		j.take(b)
	}
	j.clients = j.fold.Clients()
}

// judgedFrom is the midnight from which sign-ins are judged: thirty days back,
// and further where the pass has read older ones.
func (p *pass) judgedFrom() time.Time {
	from := p.began.Add(-memory)
	if old := p.read.oldest; !old.IsZero() && old.Before(from) {
		from = old
	}
	return midnight(from)
}

func midnight(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// lookAgain asks who signs in from the networks that have begun to fail, where
// the source gives legacy sign-ins only. It says whether some of the tenant's
// accounts are to be judged anew by the answer; all of them are at once.
func (p *pass) lookAgain(ctx context.Context, j *judged) (again bool, err error) {
	fold, r := j.fold, p.read
	j.fold = nil // the largest thing in memory is not needed any more
	if len(r.failing) == 0 {
		return false, nil
	}
	where, able := r.source.(scan.Neighborhood)
	for i := range r.parts {
		if !r.parts[i].LegacyOnly || !able {
			continue
		}
		asked := false
		err := scan.SecondLook(ctx, where, j.clients, func(network string) bool { return r.failing[network] }, func(rows []detect.SignIn) error {
			asked = true
			if err := r.bundler.AddAll(rows); err != nil || j.kin != nil {
				return err
			}
			return fold.AddAll(rows)
		}, &r.parts[i])
		if err != nil {
			return false, fmt.Errorf("look up who else signs in: %w", err)
		}
		if asked && j.kin == nil {
			j.clients = fold.Clients()
		}
		return asked && j.kin != nil, nil
	}
	return false, nil
}
