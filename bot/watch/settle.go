package watch

import (
	"context"
	"errors"
	"fmt"

	"legacyauth/storage"
)

// attempts is how often a pass compares anew because somebody changed a client
// meanwhile.
const attempts = 5

// settle judges what was read, compares it with what is stored, and records the
// outcome.
func (p *pass) settle(ctx context.Context) error {
	p.progress(Judging)
	var j *judged
	for n := 1; ; n++ {
		var k *known
		err := p.DB.Read(ctx, func(tx *storage.Tx) error {
			var err error
			if j == nil && p.read.failed == nil {
				if j, err = p.judge(tx); err != nil {
					return err
				}
			}
			k, err = p.look(tx)
			return err
		})
		if err != nil {
			return fmt.Errorf("compare with what is stored: %w", err)
		}
		out, err := p.outcome(ctx, k, j, n == 1)
		if err != nil {
			return err
		}
		p.progress(Recording)
		err = p.write(ctx, out)
		if n < attempts && errors.Is(err, storage.ErrStale) {
			continue
		}
		return err
	}
}

// outcome plans what to record; with first the source is asked what else is
// needed for that.
func (p *pass) outcome(ctx context.Context, k *known, j *judged, first bool) (*plan, error) {
	if p.read.failed != nil {
		return p.untouched(k, p.read.failed), nil
	}
	if first {
		if err := p.lookAgain(ctx, j); err != nil {
			return nil, err
		}
		j.coverage = p.cover(k)
		if err := p.askForModern(ctx, k, j); err != nil {
			return nil, err
		}
	}
	out, err := p.plan(k, j)
	if err != nil {
		return nil, fmt.Errorf("compare with what is stored: %w", err)
	}
	return out, nil
}
