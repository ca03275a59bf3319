package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Lease takes a lease for a while, so that one worker of several does a thing.
// The token is higher each time: writes under it ask HoldsLease first. Not ok:
// it is taken, be it by the same holder, of whom the name is only for people.
func (tx *Tx) Lease(name, holder string, d time.Duration) (token int64, ok bool, err error) {
	now, err := tx.leaseTime()
	if err != nil {
		return 0, false, err
	}
	err = tx.one(`INSERT INTO leases (name, holder, token, until) VALUES ($1, $2, 1, $3)
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, token = leases.token + 1, until = excluded.until
		WHERE leases.until <= $4 RETURNING token`,
		[]any{name, holder, micros(now.Add(d)), micros(now)}, &token)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	return token, err == nil, doing("take a lease", err)
}

// Renew keeps a lease for a while from now. It succeeds as long as nobody else
// took the lease, even when its time had run out; otherwise ErrLeaseLost.
func (tx *Tx) Renew(name string, token int64, d time.Duration) error {
	now, err := tx.leaseTime()
	if err != nil {
		return err
	}
	changed, err := tx.exec(`UPDATE leases SET until = $1 WHERE name = $2 AND token = $3`, micros(now.Add(d)), name, token)
	return held(name, changed, err)
}

// Release gives a lease back. One that is lost needs none: that is no error.
func (tx *Tx) Release(name string, token int64) error {
	_, err := tx.exec(`UPDATE leases SET until = 0, holder = '' WHERE name = $1 AND token = $2`, name, token)
	return doing("give a lease back", err)
}

// HoldsLease gives ErrLeaseLost when somebody else took the lease. In Write the
// answer holds until the transaction ends: no other writer comes between.
func (tx *Tx) HoldsLease(name string, token int64) error {
	var n int64
	err := tx.one(`SELECT count(*) FROM leases WHERE name = $1 AND token = $2 AND holder <> ''`, []any{name, token}, &n)
	return held(name, n, err)
}

// LeaseHolder says who has a lease and until when; not ok: nobody.
func (tx *Tx) LeaseHolder(name string) (holder string, until time.Time, ok bool, err error) {
	now, err := tx.leaseTime()
	if err != nil {
		return "", time.Time{}, false, err
	}
	var end int64
	err = tx.one(`SELECT holder, until FROM leases WHERE name = $1 AND until > $2`, []any{name, micros(now)}, &holder, &end)
	if errors.Is(err, sql.ErrNoRows) {
		return "", time.Time{}, false, nil
	}
	return holder, fromMicros(end), err == nil, doing("look at a lease", err)
}

func held(name string, rows int64, err error) error {
	if err == nil && rows == 0 {
		err = ErrLeaseLost
	}
	if err != nil {
		return fmt.Errorf("lease %s: %w", name, err)
	}
	return nil
}

// leaseTime is the time by which leases run out: the server's on PostgreSQL,
// where replicas may disagree, unless a clock was injected for leases as well.
func (tx *Tx) leaseTime() (time.Time, error) {
	o := &tx.db.options
	if tx.db.engine == SQLite || o.Now != nil && !o.ServerLeases {
		return tx.Now(), nil
	}
	var us int64
	err := tx.one(`SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)`, nil, &us)
	return fromMicros(us), doing("ask the server for the time", err)
}
