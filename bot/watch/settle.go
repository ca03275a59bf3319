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
	have, told := p.takeKept(p.number), false
	for n := 1; ; n++ {
		k, err := p.compare(ctx, have, &j)
		if err != nil {
			return fmt.Errorf("compare with what is stored: %w", err)
		}
		if p.read.failed != nil {
			return p.recordFailure(ctx, have, k)
		}
		if !told {
			told = true
			again, err := p.lookAgain(ctx, j)
			if err != nil {
				return err
			}
			if again {
				j = nil
				continue
			}
		}
		if again, err := p.vouch(ctx, k, j); err != nil {
			return err
		} else if again {
			j = nil
			continue
		}
		out, err := p.plan(k, j)
		if err != nil {
			return fmt.Errorf("compare with what is stored: %w", err)
		}
		if out.partly && p.wide {
			j = nil
			continue
		}
		p.progress(Recording)
		err = p.write(ctx, out)
		if n >= attempts || !errors.Is(err, storage.ErrStale) {
			return err
		}
		if p.wide = p.wide || n > 1; p.wide && out.partly {
			j = nil
		}
	}
}

// compare reads what is stored and judges by it, unless that is done.
func (p *pass) compare(ctx context.Context, have *kept, j **judged) (k *known, err error) {
	unfinished := false
	err = p.DB.Read(ctx, func(tx *storage.Tx) error {
		if k, err = p.look(tx); err != nil {
			return err
		}
		if k.judged, _, _, err = tx.Mark(p.number, storage.JudgedMark); err != nil {
			return err
		}
		narrow, err := p.mayBeNarrow(tx, k, have)
		if err != nil {
			return err
		}
		if p.read.failed != nil {
			return p.meetNobody(tx, k)
		}
		if *j == nil && narrow {
			if *j, _, err = p.judgeNarrow(tx, have); err != nil {
				return err
			}
		}
		if *j == nil {
			if *j, err = p.judge(tx); err != nil {
				return err
			}
			unfinished = true
		}
		for i := range p.asked {
			(*j).modern.see(&p.asked[i])
		}
		return p.meet(tx, k, (*j).kin)
	})
	if err == nil && unfinished {
		p.finish(*j)
	}
	if *j != nil {
		p.log().Debug("judged", "tenant", p.tenant.Name, "clients", len((*j).clients), "whole", (*j).kin == nil)
	}
	return k, err
}

// vouch works out what the pass covers, once, and asks for what else is needed.
// It says whether more accounts are to be judged by the answer.
func (p *pass) vouch(ctx context.Context, k *known, j *judged) (again bool, err error) {
	if p.coverage == nil {
		coverage := p.cover(k)
		p.coverage = &coverage
		j.coverage = coverage
		return p.askForModern(ctx, k, j)
	}
	j.coverage = *p.coverage
	return false, nil
}

// recordFailure records a pass that could not read anything. What is kept holds
// on.
func (p *pass) recordFailure(ctx context.Context, have *kept, k *known) error {
	p.progress(Recording)
	err := p.write(ctx, p.untouched(k, p.read.failed))
	if err == nil && have != nil {
		p.giveKept(p.number, have)
	}
	return err
}

// meetNobody reads the clients that have to be told of although nothing was
// read: all of them when a digest is due.
func (p *pass) meetNobody(tx *storage.Tx, k *known) error {
	due, err := p.digestDue(tx)
	if err != nil {
		return err
	}
	if due {
		return p.meet(tx, k, nil)
	}
	p.partly = true
	return p.meet(tx, k, storage.NewKin())
}
