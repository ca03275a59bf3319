package watch

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"legacyauth/detect"
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
		for i := range out.saves {
			if err := p.writeClient(tx, &out.saves[i]); err != nil {
				return err
			}
		}
		if err := p.tell(ctx, tx, out); err != nil {
			return err
		}
		done := record // a transaction may be tried again
		if err := tx.EndPass(&done); err != nil {
			return err
		}
		record.Ended = done.Ended
		return tx.Release(leaseOf(p.number), p.token)
	})
	if err != nil {
		return fmt.Errorf("record what was read: %w", err)
	}
	p.record = record
	if out.judged != nil && !purged {
		p.keepJudged(out.judged, token)
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
	const chunk = 4096 // as a list a million bundles take half a gigabyte
	some := make([]detect.Bundle, 0, chunk)
	flush := func() error {
		err := tx.AddBundles(p.number, some)
		some = some[:0]
		return err
	}
	for b := range p.read.bundler.Each() {
		if some = append(some, b); len(some) == chunk {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
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

// writeClient stores a client, its days and what became of its state.
func (p *pass) writeClient(tx *storage.Tx, s *save) error {
	c := s.client // a transaction may be tried again
	if s.body {
		if err := tx.SaveClient(&c); err != nil {
			return err
		}
		if err := writeDays(tx, c.ID, s); err != nil {
			return err
		}
	}
	for _, move := range s.moves {
		if err := tx.Move(&c, move); err != nil {
			return err
		}
	}
	if s.ends != 0 {
		if err := tx.EndException(s.ends, "bot"); err != nil && !errors.Is(err, storage.ErrNotFound) {
			return err
		}
	}
	if s.except != nil {
		taken := *s.except
		taken.Client = c.ID
		return tx.SaveException(&taken)
	}
	return nil
}

// writeDays stores the days of a client that have changed. A day whose sign-ins
// now belong to another client counts none.
func writeDays(tx *storage.Tx, client int64, s *save) error {
	stored, err := tx.Days(client)
	if err != nil {
		return err
	}
	before := make(map[time.Time]detect.Day, len(stored))
	for _, d := range stored {
		if !d.Date.Before(s.from) {
			before[d.Date] = d
		}
	}
	var changed []detect.Day
	for _, d := range s.days {
		if before[d.Date] != d {
			changed = append(changed, d)
		}
		delete(before, d.Date)
	}
	for date, d := range before {
		if d.Count > 0 {
			changed = append(changed, detect.Day{Date: date})
		}
	}
	return tx.SaveDays(client, changed)
}
