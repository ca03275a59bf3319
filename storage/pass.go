package storage

import (
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"legacyauth/detect"
)

// Pass is one reading of one source.
type Pass struct {
	ID, Tenant      int64
	Source, Trigger string    // what was read, and why: "schedule", "command", …
	Started, Ended  time.Time // Ended is zero while it runs
	// From and To bound what was read; Complete says that nothing of it was
	// missing.
	From, To            time.Time
	Complete            bool
	Read, Legacy, Fresh int64 // rows
	Requests, Throttles int
	Notes               []string // of coverage; no names
	Error               string   // why it failed; empty: it did not
}

// BeginPass stores a pass that begins. It sets ID, and Started where it is zero.
func (tx *Tx) BeginPass(p *Pass) error {
	if p.Started.IsZero() {
		p.Started = tx.Now().Truncate(time.Microsecond)
	}
	notes, err := json.Marshal(p.Notes)
	if err != nil {
		return doing("encode a pass", err)
	}
	return doing("store a pass", tx.one(`INSERT INTO passes (tenant, source, cause, started, ended, from_time, to_time, complete, rows_read, legacy, fresh,
		requests, throttles, notes, error) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id`,
		[]any{
			p.Tenant, stored(p.Source), p.Trigger, micros(p.Started), micros(p.Ended), micros(p.From), micros(p.To), number(p.Complete),
			p.Read, p.Legacy, p.Fresh, p.Requests, p.Throttles, string(notes), stored(p.Error),
		}, &p.ID))
}

// EndPass stores what a pass came to. It sets Ended where it is zero.
func (tx *Tx) EndPass(p *Pass) error {
	if p.Ended.IsZero() {
		p.Ended = tx.Now().Truncate(time.Microsecond)
	}
	notes, err := json.Marshal(p.Notes)
	if err != nil {
		return doing("encode a pass", err)
	}
	changed, err := tx.exec(`UPDATE passes SET ended = $1, from_time = $2, to_time = $3, complete = $4, rows_read = $5, legacy = $6, fresh = $7,
		requests = $8, throttles = $9, notes = $10, error = $11 WHERE id = $12`,
		micros(p.Ended), micros(p.From), micros(p.To), number(p.Complete), p.Read, p.Legacy, p.Fresh, p.Requests, p.Throttles,
		string(notes), stored(p.Error), p.ID)
	return found("pass", p.ID, changed, err)
}

// LastPass gives the pass of a tenant that began last, be it running or not.
func (tx *Tx) LastPass(tenant int64) (Pass, bool, error) {
	return onePass(tx.Passes(tenant, 1))
}

// EndedPass gives the newest pass of a tenant that came to an end with another
// error than but, however many did not since.
func (tx *Tx) EndedPass(tenant int64, but string) (Pass, bool, error) {
	return onePass(tx.passes(`tenant = $1 AND ended <> 0 AND error <> $2 ORDER BY id DESC LIMIT 1`, tenant, but))
}

// FirstPass gives the oldest pass of a tenant that is still known, be it running
// or not.
func (tx *Tx) FirstPass(tenant int64) (Pass, bool, error) {
	return onePass(tx.passes(`tenant = $1 ORDER BY id LIMIT 1`, tenant))
}

func onePass(list []Pass, err error) (Pass, bool, error) {
	if err != nil || len(list) == 0 {
		return Pass{}, false, err
	}
	return list[0], true, nil
}

// Passes gives the newest passes of a tenant, newest first.
func (tx *Tx) Passes(tenant int64, limit int) ([]Pass, error) {
	return tx.passes(`tenant = $1 ORDER BY id DESC LIMIT $2`, tenant, limit)
}

func (tx *Tx) passes(where string, args ...any) ([]Pass, error) {
	var list []Pass
	err := tx.each(`SELECT id, tenant, source, cause, started, ended, from_time, to_time, complete, rows_read, legacy, fresh, requests, throttles,
		notes, error FROM passes WHERE `+where, args, func(rows *sql.Rows) error {
		var p Pass
		var started, ended, from, to int64
		var notes []byte
		if err := rows.Scan(&p.ID, &p.Tenant, &p.Source, &p.Trigger, &started, &ended, &from, &to, &p.Complete, &p.Read, &p.Legacy, &p.Fresh,
			&p.Requests, &p.Throttles, &notes, &p.Error); err != nil {
			return err
		}
		p.Started, p.Ended, p.From, p.To = fromMicros(started), fromMicros(ended), fromMicros(from), fromMicros(to)
		err := json.Unmarshal(notes, &p.Notes)
		list = append(list, p)
		return err
	})
	return list, doing("read passes", err)
}

// Covered gives the stretches of time after since that were read completely,
// oldest first, with those that touch made one.
func (tx *Tx) Covered(tenant int64, since time.Time) ([]detect.Window, error) {
	var windows []detect.Window
	err := tx.each(`SELECT from_time, to_time FROM passes WHERE tenant = $1 AND complete = 1 AND to_time > $2`, []any{tenant, micros(since)},
		func(rows *sql.Rows) error {
			var from, to int64
			err := rows.Scan(&from, &to)
			windows = append(windows, detect.Window{From: fromMicros(from), To: fromMicros(to)})
			return err
		})
	if err != nil {
		return nil, doing("read coverage", err)
	}
	slices.SortFunc(windows, func(a, b detect.Window) int { return a.From.Compare(b.From) })
	var merged []detect.Window
	for _, w := range windows {
		if n := len(merged); n > 0 && !w.From.After(merged[n-1].To) {
			if w.To.After(merged[n-1].To) {
				merged[n-1].To = w.To
			}
			continue
		}
		merged = append(merged, w)
	}
	return merged, nil
}

// number is a yes or no as it is stored.
func number(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}
