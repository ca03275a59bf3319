package storage

import (
	"cmp"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"legacyauth/detect"
)

// bundleKey is what names a bundle within its tenant.
type bundleKey struct{ day, account, kind, origin int64 }

func (k bundleKey) compare(o bundleKey) int {
	return cmp.Or(cmp.Compare(k.day, o.day), cmp.Compare(k.account, o.account), cmp.Compare(k.kind, o.kind), cmp.Compare(k.origin, o.origin))
}

// AddBundles stores the bundles of a pass, each summed with what is stored of
// the same ID.
func (tx *Tx) AddBundles(tenant int64, bundles []detect.Bundle) error {
	// Pieces bound the memory of a first pass over a month.
	pieces := 0
	for piece := range slices.Chunk(bundles, 50*batch) {
		if err := tx.addBundles(tenant, piece); err != nil {
			return fmt.Errorf("store bundles: %w", err)
		}
		// After the first, second, fourth, … piece.
		if pieces++; len(piece) == 50*batch && pieces&(pieces-1) == 0 {
			if err := tx.lookAgain("accounts", "kinds", "origins", "bundles"); err != nil {
				return fmt.Errorf("store bundles: %w", err)
			}
		}
	}
	return nil
}

func (tx *Tx) addBundles(tenant int64, bundles []detect.Bundle) error {
	keys, err := tx.bundleKeys(tenant, bundles)
	if err != nil {
		return err
	}
	sums := make(map[bundleKey]detect.Bundle, len(bundles))
	for i, b := range bundles {
		if have, ok := sums[keys[i]]; ok {
			b = have.Merge(b)
		}
		sums[keys[i]] = b
	}
	slices.SortFunc(keys, bundleKey.compare)
	keys = slices.Compact(keys)
	for some := range chunksOfOneDay(keys) {
		if err := tx.mergeStored(tenant, some, sums); err != nil {
			return err
		}
	}
	for some := range slices.Chunk(keys, batch) {
		if err := tx.putBundles(tenant, some, sums); err != nil {
			return err
		}
	}
	return nil
}

// bundleKeys gives each bundle's key, storing parts that are new.
func (tx *Tx) bundleKeys(tenant int64, bundles []detect.Bundle) ([]bundleKey, error) {
	n := len(bundles)
	accounts, kinds, origins := make([]part, n), make([]part, n), make([]part, n)
	for i := range bundles {
		b := &bundles[i]
		var errs [3]error
		accounts[i], errs[0] = partOf(tenant, accountPart(&b.Row))
		kinds[i], errs[1] = partOf(0, kindPart(b))
		origins[i], errs[2] = partOf(tenant, originPart(&b.Row))
		if err := cmp.Or(errs[:]...); err != nil {
			return nil, err
		}
		accounts[i].name, accounts[i].dir = folded(b.Row.User), folded(b.Row.UserID)
	}
	account, err := accountParts.numbers(tx, tenant, accounts)
	if err != nil {
		return nil, err
	}
	kind, err := kindParts.numbers(tx, tenant, kinds)
	if err != nil {
		return nil, err
	}
	origin, err := originParts.numbers(tx, tenant, origins)
	if err != nil {
		return nil, err
	}
	keys := make([]bundleKey, n)
	for i := range bundles {
		keys[i] = bundleKey{bundleDay(&bundles[i]), account[accounts[i].hash], kind[kinds[i].hash], origin[origins[i].hash]}
	}
	return keys, nil
}

// bundleDay is the day as it is stored: 0 is no time. Nothing was signed in to
// on the first of January 1970.
func bundleDay(b *detect.Bundle) int64 {
	if b.Row.Time.IsZero() {
		return 0
	}
	return dayOf(b.Row.Time)
}

// chunksOfOneDay cuts sorted keys where the day changes and after each batch.
func chunksOfOneDay(keys []bundleKey) func(func([]bundleKey) bool) {
	return func(yield func([]bundleKey) bool) {
		for len(keys) > 0 {
			n := 1
			for n < len(keys) && n < batch && keys[n].day == keys[0].day {
				n++
			}
			if !yield(keys[:n]) {
				return
			}
			keys = keys[n:]
		}
	}
}

// mergeStored adds what is stored of the bundles of one day.
func (tx *Tx) mergeStored(tenant int64, keys []bundleKey, sums map[bundleKey]detect.Bundle) error {
	args := []any{tenant, keys[0].day}
	for i, k := range keys {
		if i == 0 || k.account != keys[i-1].account {
			args = append(args, k.account)
		}
	}
	return tx.each(`SELECT day, account, kind, origin, oldest, newest, count, minutes FROM bundles
		WHERE tenant = $1 AND day = $2 AND account IN `+list(3, len(args)-2), args, func(rows *sql.Rows) error {
		key, stored, err := scanBundle(rows)
		if err != nil {
			return err
		}
		if b, ok := sums[key]; ok {
			sums[key] = b.Merge(stored)
		}
		return nil
	})
}

// scanBundle reads a row of bundles; the bundle lacks what its parts say.
func scanBundle(rows *sql.Rows) (bundleKey, detect.Bundle, error) {
	var k bundleKey
	var b detect.Bundle
	var oldest, newest int64
	var minutes sql.RawBytes
	if err := rows.Scan(&k.day, &k.account, &k.kind, &k.origin, &oldest, &newest, &b.Count, &minutes); err != nil {
		return k, b, err
	}
	if len(minutes) > 0 {
		if err := b.Minutes.UnmarshalBinary(minutes); err != nil {
			return k, b, fmt.Errorf("read the minutes of a bundle: %w", err)
		}
	}
	if k.day != 0 {
		start := dayStart(k.day)
		b.First = start.Add(time.Duration(oldest) * time.Microsecond)
		b.Row.Time = start.Add(time.Duration(newest) * time.Microsecond)
	}
	return k, b, nil
}

func (tx *Tx) putBundles(tenant int64, keys []bundleKey, sums map[bundleKey]detect.Bundle) error {
	const columns = 9
	args := make([]any, 0, columns*len(keys))
	for _, k := range keys {
		b := sums[k]
		var minutes []byte
		if len(b.Minutes) > 0 {
			var err error
			if minutes, err = b.Minutes.MarshalBinary(); err != nil {
				return err
			}
		}
		oldest, newest := micros(tx.Now()), int64(0)
		if k.day != 0 {
			start := dayStart(k.day)
			newest = b.Row.Time.Sub(start).Microseconds()
			oldest = newest
			if !b.First.IsZero() {
				oldest = b.First.Sub(start).Microseconds()
			}
		}
		args = append(args, tenant, k.day, k.account, k.kind, k.origin, oldest, newest, b.Count, minutes)
	}
	_, err := tx.exec(`INSERT INTO bundles (tenant, day, account, kind, origin, oldest, newest, count, minutes) VALUES `+
		placeholders(1, len(keys), columns)+`
		ON CONFLICT (tenant, day, account, kind, origin) DO UPDATE
		SET oldest = excluded.oldest, newest = excluded.newest, count = excluded.count, minutes = excluded.minutes`, args...)
	return err
}
