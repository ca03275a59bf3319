package watch

import (
	"context"
	"crypto/rand"
	"fmt"
	"strconv"

	"legacyauth/storage"
)

// write records a pass in one transaction, or nothing of it.
func (p *pass) write(ctx context.Context, out *plan) error {
	record, token, purged := p.ended(out), rand.Text(), false
	err := p.DB.Write(ctx, func(tx *storage.Tx) error {
		if err := tx.HoldsLease(leaseOf(p.number), p.token); err != nil {
			return err
		}
		if p.read.failed == nil {
			if err := p.writeRead(tx); err != nil {
				return err
			}
			was, _, _, err := tx.Mark(p.number, storage.JudgedMark)
			if err != nil {
				return err
			}
			purged = was != out.was
			if err := tx.SetMark(p.number, storage.JudgedMark, token); err != nil {
				return err
			}
		}
		if err := p.writeClients(tx, out.saves); err != nil {
			return err
		}
		if err := p.tell(ctx, tx, out); err != nil {
			return err
		}
		done := record // a transaction may be tried again
		if err := tx.EndPass(&done); err != nil {
			return err
		}
		record.Ended = done.Ended
		if p.Ended != nil {
			if err := p.Ended(ctx, tx, done); err != nil {
				return err
			}
		}
		return tx.Release(leaseOf(p.number), p.token)
	})
	if err != nil {
		return fmt.Errorf("record what was read: %w", err)
	}
	p.record = record
	if out.judged != nil && !purged {
		p.keepJudged(out.judged, token, out.unmoved)
	}
	return nil
}

// ended is the record of the pass.
func (p *pass) ended(out *plan) storage.Pass {
	r := p.read
	record := p.record
	record.Ended = p.Now().UTC()
	if m, ok := r.source.(Meter); ok {
		record.Requests, record.Throttles = m.Sent()
	}
	if r.failed != nil {
		record.Error = r.failed.Error()
		return record
	}
	counts := out.coverage.Counts
	record.From, record.To, record.Complete, record.Notes = out.coverage.From, out.coverage.To, out.coverage.Complete, out.coverage.Notes
	record.Read, record.Legacy, record.Fresh = counts.Read, counts.Legacy+counts.Unknown, int64(len(r.fresh))
	return record
}

// writeRead records the sign-ins, and how far the source is read with them.
func (p *pass) writeRead(tx *storage.Tx) error {
	if err := tx.AddEach(p.number, p.read.bundler.Each()); err != nil {
		return err
	}
	if err := tx.AddBundles(p.number, p.asked); err != nil {
		return err
	}
	if err := tx.Remember(p.number, p.read.fresh); err != nil {
		return err
	}
	if to := p.reached(); !to.IsZero() {
		if err := tx.SetCursor(p.number, p.tenant.Source.Name(), to); err != nil {
			return err
		}
	}
	if leaver, ok := p.read.source.(Leaver); ok {
		if err := noteLeft(tx, p.number, len(leaver.Unfinished())); err != nil {
			return err
		}
	}
	keeper, ok := p.read.source.(Keeper)
	if !ok {
		return nil
	}
	for _, f := range keeper.Files() {
		if err := tx.SaveFile(p.number, p.tenant.Source.Name(), f); err != nil {
			return err
		}
	}
	for _, e := range kinds {
		name := newestMark + e.String()
		before, _, _, err := tx.Mark(p.number, name)
		if err != nil {
			return err
		}
		if at := p.read.newest[e]; at.After(stamped(before)) {
			if err := tx.SetMark(p.number, name, stamp(at)); err != nil {
				return err
			}
		}
	}
	return nil
}

// noteLeft notes how many files a scan left for later.
func noteLeft(tx *storage.Tx, tenant int64, n int) error {
	if n == 0 {
		return tx.DropMark(tenant, UnfinishedMark)
	}
	return tx.SetMark(tenant, UnfinishedMark, strconv.Itoa(n))
}
