package storage

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"legacyauth/detect"
)

// errStop ends a query whose reader has had enough.
var errStop = errors.New("enough")

// Bundles gives the stored bundles of a tenant from the day of since on, and
// those whose rows carry no time. After an error nothing follows. No other
// method of tx may be called before the last one.
func (tx *Tx) Bundles(tenant int64, since time.Time) iter.Seq2[detect.Bundle, error] {
	return func(yield func(detect.Bundle, error) bool) {
		parts, err := tx.loadParts(tenant)
		if err != nil {
			yield(detect.Bundle{}, doing("read the parts of bundles", err))
			return
		}
		// Two queries, so that both engines find the days by the primary key.
		const query = `SELECT day, account, kind, origin, oldest, newest, count, minutes FROM bundles WHERE tenant = $1 AND `
		give := func(rows *sql.Rows) error {
			key, sums, err := scanBundle(rows)
			if err != nil {
				return err
			}
			b, err := parts.bundle(key, &sums)
			if err != nil {
				return err
			}
			if !yield(b, nil) {
				return errStop
			}
			return nil
		}
		err = tx.each(query+`day = 0`, []any{tenant}, give)
		if err == nil {
			err = tx.each(query+`day >= $2`, []any{tenant, max(1, dayOf(since))}, give)
		}
		if err != nil && !errors.Is(err, errStop) {
			yield(detect.Bundle{}, doing("read bundles", err))
		}
	}
}

// parts are a tenant's dictionaries in memory: bundles share their strings.
type parts struct {
	accounts map[int64]*account
	origins  map[int64]*origin
	kinds    map[int64]*detect.Bundle
}

func (tx *Tx) loadParts(tenant int64) (*parts, error) {
	p := &parts{}
	var err error
	if p.accounts, err = load[account](tx, `SELECT id, body FROM accounts WHERE tenant = $1`, tenant); err != nil {
		return nil, err
	}
	if p.origins, err = load[origin](tx, `SELECT id, body FROM origins WHERE tenant = $1`, tenant); err != nil {
		return nil, err
	}
	p.kinds, err = load[detect.Bundle](tx, `SELECT id, body FROM kinds`)
	return p, err
}

func load[T any](tx *Tx, query string, args ...any) (map[int64]*T, error) {
	all := map[int64]*T{}
	return all, tx.each(query, args, func(rows *sql.Rows) error {
		var id int64
		var body sql.RawBytes
		if err := rows.Scan(&id, &body); err != nil {
			return err
		}
		one := new(T)
		if err := json.Unmarshal(body, one); err != nil {
			return fmt.Errorf("decode number %d: %w", id, err)
		}
		all[id] = one
		return nil
	})
}

func (p *parts) bundle(k bundleKey, sums *detect.Bundle) (detect.Bundle, error) {
	account, origin, kind := p.accounts[k.account], p.origins[k.origin], p.kinds[k.kind]
	if account == nil || origin == nil || kind == nil {
		return detect.Bundle{}, &Error{Kind: Corrupt, Sentence: "a bundle lacks its account, kind or origin", Next: corrupt().Next}
	}
	b := assemble(account, origin, kind)
	b.Row.Time, b.First, b.Count, b.Minutes = sums.Row.Time, sums.First, sums.Count, sums.Minutes
	return b, nil
}

// ForgetBundles removes the bundles of days before that of before, and of rows
// without a time what was stored before it. Parts that nothing uses any more go
// with them. It gives how many bundles went.
func (tx *Tx) ForgetBundles(before time.Time) (int64, error) {
	n, err := tx.exec(`DELETE FROM bundles WHERE day <> 0 AND day < $1 OR day = 0 AND oldest < $2`, dayOf(before), micros(before))
	if err != nil {
		return 0, doing("remove old bundles", err)
	}
	if n > 0 {
		err = tx.dropUnusedParts()
	}
	return n, err
}

// dropUnusedParts removes the parts that no bundle is made of.
func (tx *Tx) dropUnusedParts() error {
	for _, table := range []string{"account", "kind", "origin"} {
		if _, err := tx.exec(`DELETE FROM ` + table + `s WHERE id NOT IN (SELECT ` + table + ` FROM bundles)`); err != nil {
			return doing("remove unused "+table+"s", err)
		}
	}
	return nil
}
