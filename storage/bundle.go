package storage

import (
	"cmp"
	"database/sql"
	"fmt"
	"iter"
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
// the same ID. Of one ID several may be given.
func (tx *Tx) AddBundles(tenant int64, bundles []detect.Bundle) error {
	sums := make(map[[16]byte]int, len(bundles))
	var list []detect.Bundle
	for _, b := range bundles {
		id := b.ID()
		if at, ok := sums[id]; ok {
			list[at] = list[at].Merge(b)
			continue
		}
		sums[id] = len(list)
		list = append(list, b)
	}
	return tx.AddEach(tenant, slices.Values(list))
}

// piece is how many bundles are stored at a time: as a list a million take half
// a gigabyte.
const piece = 50 * batch

// AddEach is AddBundles for very many, of which no two have the same ID. It is
// fastest day by day.
func (tx *Tx) AddEach(tenant int64, bundles iter.Seq[detect.Bundle]) error {
	w := &bundleWriter{tx: tx, tenant: tenant, made: map[[16]byte]madeOf{}, added: map[int64]bool{}}
	some, pieces := make([]detect.Bundle, 0, piece), 0
	for b := range bundles {
		if some = append(some, b); len(some) < piece {
			continue
		}
		if err := w.write(some); err != nil {
			return doing("store bundles", err)
		}
		some = some[:0]
		// After the first, second, fourth, … piece.
		if pieces++; pieces&(pieces-1) == 0 {
			if err := tx.lookAgain("accounts", "kinds", "origins", "bundles"); err != nil {
				return doing("store bundles", err)
			}
		}
	}
	return doing("store bundles", w.write(some))
}

// bundleWriter stores bundles piece by piece.
type bundleWriter struct {
	tx     *Tx
	tenant int64
	// made says of which parts the bundles of a Template are made.
	made map[[16]byte]madeOf
	// added are the accounts that were not stored before: nor were bundles of
	// theirs.
	added map[int64]bool
}

type madeOf struct{ account, kind, origin int64 }

func (w *bundleWriter) write(bundles []detect.Bundle) error {
	keys, err := w.keys(bundles)
	if err != nil {
		return err
	}
	sums := make(map[bundleKey]detect.Bundle, len(bundles))
	for i, b := range bundles {
		if have, ok := sums[keys[i]]; ok { // text that JSON writes alike
			b = have.Merge(b)
		}
		sums[keys[i]] = b
	}
	slices.SortFunc(keys, bundleKey.compare)
	keys = slices.Compact(keys)
	stored := slices.DeleteFunc(slices.Clone(keys), func(k bundleKey) bool { return w.added[k.account] })
	for some := range chunksOfOneDay(stored) {
		if err := w.tx.mergeStored(w.tenant, some, sums); err != nil {
			return err
		}
	}
	for some := range slices.Chunk(keys, batch) {
		if err := w.tx.putBundles(w.tenant, some, sums); err != nil {
			return err
		}
	}
	return nil
}

// keys gives each bundle's key, storing parts that are new.
func (w *bundleWriter) keys(bundles []detect.Bundle) ([]bundleKey, error) {
	templates := make([][16]byte, len(bundles))
	var fresh []*detect.Bundle
	var of [][16]byte
	for i := range bundles {
		templates[i] = bundles[i].Template()
		if _, known := w.made[templates[i]]; !known {
			w.made[templates[i]] = madeOf{}
			fresh, of = append(fresh, &bundles[i]), append(of, templates[i])
		}
	}
	made, err := w.partsOf(fresh)
	if err != nil {
		return nil, err
	}
	for i, template := range of {
		w.made[template] = made[i]
	}
	keys := make([]bundleKey, len(bundles))
	for i := range bundles {
		m := w.made[templates[i]]
		keys[i] = bundleKey{bundleDay(&bundles[i]), m.account, m.kind, m.origin}
	}
	return keys, nil
}

// partsOf gives the parts that bundles are made of, storing those that are new.
func (w *bundleWriter) partsOf(bundles []*detect.Bundle) ([]madeOf, error) {
	n := len(bundles)
	accounts, kinds, origins := make([]part, n), make([]part, n), make([]part, n)
	for i, b := range bundles {
		var errs [3]error
		accounts[i], errs[0] = partOf(w.tenant, accountPart(&b.Row))
		kinds[i], errs[1] = partOf(0, kindPart(b))
		origins[i], errs[2] = partOf(w.tenant, originPart(&b.Row))
		if err := cmp.Or(errs[:]...); err != nil {
			return nil, err
		}
		accounts[i].name, accounts[i].dir = folded(b.Row.User), folded(b.Row.UserID)
	}
	account, added, err := accountParts.numbers(w.tx, w.tenant, accounts)
	if err != nil {
		return nil, err
	}
	for _, p := range added {
		w.added[account[p.hash]] = true
	}
	kind, _, err := kindParts.numbers(w.tx, w.tenant, kinds)
	if err != nil {
		return nil, err
	}
	origin, _, err := originParts.numbers(w.tx, w.tenant, origins)
	if err != nil {
		return nil, err
	}
	made := make([]madeOf, n)
	for i := range made {
		made[i] = madeOf{account[accounts[i].hash], kind[kinds[i].hash], origin[origins[i].hash]}
	}
	return made, nil
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
