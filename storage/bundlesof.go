package storage

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"time"

	"legacyauth/detect"
)

// BundlesOf gives to visit the bundles that Bundles gives, of the accounts of k
// alone.
func (tx *Tx) BundlesOf(tenant int64, k *Kin, since time.Time, visit func(detect.Bundle)) error {
	var last int64
	if err := tx.one(`SELECT coalesce(max(day), 0) FROM bundles WHERE tenant = $1`, []any{tenant}, &last); err != nil {
		return doing("read bundles", err)
	}
	days := []any{int64(0)}
	for d := max(1, dayOf(since)); d <= last; d++ {
		days = append(days, d)
	}
	accounts := slices.Sorted(maps.Keys(k.accounts))
	for some := range slices.Chunk(accounts, batch) {
		if err := tx.bundlesOf(tenant, some, days, visit); err != nil {
			return doing("read bundles", err)
		}
	}
	return nil
}

// bundlesOf asks for each day and account, so that both engines go by the
// primary key and read nothing of others.
func (tx *Tx) bundlesOf(tenant int64, accounts []int64, days []any, visit func(detect.Bundle)) error {
	args := append([]any{tenant}, days...)
	for _, a := range accounts {
		args = append(args, a)
	}
	type row struct {
		key  bundleKey
		sums detect.Bundle
	}
	var found []row
	ofAccounts, ofKinds, ofOrigins := map[int64]bool{}, map[int64]bool{}, map[int64]bool{}
	err := tx.each(`SELECT day, account, kind, origin, oldest, newest, count, minutes FROM bundles WHERE tenant = $1
		AND day IN `+list(2, len(days))+` AND account IN `+list(2+len(days), len(accounts)), args, func(rows *sql.Rows) error {
		key, sums, err := scanBundle(rows)
		found = append(found, row{key, sums})
		ofAccounts[key.account], ofKinds[key.kind], ofOrigins[key.origin] = true, true, true
		return err
	})
	if err != nil {
		return err
	}
	p := &parts{}
	if p.accounts, err = loadSome[account](tx, "accounts", ofAccounts); err != nil {
		return err
	}
	if p.origins, err = loadSome[origin](tx, "origins", ofOrigins); err != nil {
		return err
	}
	if p.kinds, err = loadSome[detect.Bundle](tx, "kinds", ofKinds); err != nil {
		return err
	}
	for i := range found {
		b, err := p.bundle(found[i].key, &found[i].sums)
		if err != nil {
			return err
		}
		visit(b)
	}
	return nil
}

// loadSome gives the parts of some numbers.
func loadSome[T any](tx *Tx, table string, ids map[int64]bool) (map[int64]*T, error) {
	all := make(map[int64]*T, len(ids))
	for some := range slices.Chunk(slices.Sorted(maps.Keys(ids)), batch) {
		args := make([]any, len(some))
		for i, id := range some {
			args[i] = id
		}
		found, err := load[T](tx, `SELECT id, body FROM `+table+` WHERE id IN `+list(1, len(some)), args...)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", table, err)
		}
		maps.Copy(all, found)
	}
	return all, nil
}
