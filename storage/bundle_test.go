package storage_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/detect"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// start is a midnight.
var start = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

// row is a sign-in by one of a few people in one of a few ways.
func row(r *rand.Rand) detect.SignIn {
	person := r.IntN(5)
	return detect.SignIn{
		ID: fmt.Sprintf("id-%d", r.Uint64()), Time: start.Add(time.Duration(r.Int64N(int64(5 * 24 * time.Hour)))),
		User: fmt.Sprintf("person%d@contoso.com", person), UserID: fmt.Sprintf("00000000-0000-0000-0000-%012d", person),
		ClientApp: []string{"IMAP4", "Authenticated SMTP", "Exchange ActiveSync"}[r.IntN(3)],
		Agent:     []string{"", "Apple-iPhone12C1/1801.393"}[r.IntN(2)],
		IP:        fmt.Sprintf("192.0.2.%d", r.IntN(3)), Event: detect.NonInteractive, Country: "CH", City: []string{"", "Bern", "Thun"}[r.IntN(3)],
		Result: detect.Result{Known: true, Code: []int{0, 50126}[r.IntN(2)]},
	}
}

func bundlesOf(rows []detect.SignIn) []detect.Bundle {
	b := detect.NewBundler()
	for i := range rows {
		b.Add(&rows[i])
	}
	return byID(b.Bundles())
}

func byID(list []detect.Bundle) []detect.Bundle {
	slices.SortFunc(list, func(a, b detect.Bundle) int { x, y := a.ID(), b.ID(); return slices.Compare(x[:], y[:]) })
	return list
}

func stored(t *testing.T, db *storage.DB, tenant int64, since time.Time) []detect.Bundle {
	t.Helper()
	var list []detect.Bundle
	read(t, db, func(tx *storage.Tx) error {
		for b, err := range tx.Bundles(tenant, since) {
			if err != nil {
				return err
			}
			list = append(list, b)
		}
		return nil
	})
	return byID(list)
}

func TestBundlesOfPassesAreThoseOfAllRows(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{})
		r := rand.New(rand.NewPCG(1, 2))
		var rows []detect.SignIn
		for range 3000 {
			rows = append(rows, row(r))
		}
		tenant := newTenant(t, db)
		for rest := rows; len(rest) > 0; {
			n := min(len(rest), 1+r.IntN(1200))
			write(t, db, func(tx *storage.Tx) error { return tx.AddBundles(tenant, bundlesOf(rest[:n])) })
			rest = rest[n:]
		}
		if diff := cmp.Diff(bundlesOf(rows), stored(t, db, tenant, start)); diff != "" {
			t.Errorf("stored bundles differ (-all rows +stored):\n%s", diff)
		}
		for _, b := range stored(t, db, tenant, start.AddDate(0, 0, 3)) {
			if b.Row.Time.Before(start.AddDate(0, 0, 3)) {
				t.Errorf("bundle of %v is older than asked for", b.Row.Time)
			}
		}
		other := newTenantNamed(t, db, "fabrikam")
		if got := stored(t, db, other, start); len(got) != 0 {
			t.Errorf("another tenant sees %d bundles", len(got))
		}
	})
}

// TestEveryFieldOfARowIsStored fills each field of a row by reflection, so that
// a field added later cannot be forgotten.
func TestEveryFieldOfARowIsStored(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{})
		full := detect.Bundle{Kind: "iphone", First: start.Add(time.Hour), Count: 2, Minutes: detect.Minutes{{Hour: 1, Set: 1, Count: 2}}}
		fill(t, reflect.ValueOf(&full.Row).Elem(), "")
		full.Row.ID, full.Row.Time = "", start.Add(90*time.Minute)
		full.Row.Agent = "nul \x00, quote \", less <, bidi \u202e"
		undated := detect.Bundle{Row: detect.SignIn{User: "Undated@contoso.com", UserID: "1", ClientApp: "IMAP4"}}
		tenant := newTenant(t, db)
		for range 2 {
			write(t, db, func(tx *storage.Tx) error { return tx.AddBundles(tenant, []detect.Bundle{full, undated}) })
		}
		want := []detect.Bundle{full.Merge(full), undated}
		slices.SortFunc(want, func(a, b detect.Bundle) int { x, y := a.ID(), b.ID(); return slices.Compare(x[:], y[:]) })
		if diff := cmp.Diff(want, stored(t, db, tenant, start)); diff != "" {
			t.Errorf("stored bundles differ (-want +got):\n%s", diff)
		}
	})
}

// fill sets every field of a struct to something of its own.
func fill(t *testing.T, v reflect.Value, name string) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		v.SetString("some " + name)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Uint8:
		v.SetUint(2)
	case reflect.Slice:
		v.Set(reflect.ValueOf([]string{name}))
	case reflect.Struct:
		if _, ok := v.Interface().(time.Time); ok {
			return
		}
		for i := range v.NumField() {
			fill(t, v.Field(i), name+v.Type().Field(i).Name)
		}
	default:
		t.Fatalf("field %s has a kind that this test does not know", name)
	}
}

func TestForgetBundlesTakesTheirPartsWithThem(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		clock := start
		db := storagetest.Open(t, dsn, storage.Options{Now: func() time.Time { return clock }})
		tenant := newTenant(t, db)
		rows := []detect.SignIn{
			{ID: "1", Time: start, User: "old@contoso.com", ClientApp: "IMAP4", IP: "192.0.2.1", Event: detect.Interactive},
			{ID: "2", Time: start.AddDate(0, 0, 2), User: "new@contoso.com", ClientApp: "IMAP4", IP: "192.0.2.2", Event: detect.Interactive},
			{ID: "3", User: "undated@contoso.com", ClientApp: "IMAP4", IP: "192.0.2.3", Event: detect.Interactive},
		}
		write(t, db, func(tx *storage.Tx) error { return tx.AddBundles(tenant, bundlesOf(rows)) })
		for _, step := range []struct {
			name   string
			before time.Time
			want   []string
		}{
			{"nothing is that old", start, []string{"new@contoso.com", "old@contoso.com", "undated@contoso.com"}},
			{"the day of before stays", start.AddDate(0, 0, 2).Add(time.Hour), []string{"new@contoso.com"}},
			{"all", start.AddDate(1, 0, 0), nil},
		} {
			write(t, db, func(tx *storage.Tx) error { _, err := tx.ForgetBundles(step.before); return err })
			var names []string
			for _, b := range stored(t, db, tenant, start) {
				names = append(names, b.Row.User)
			}
			slices.Sort(names)
			if !slices.Equal(names, step.want) {
				t.Errorf("%s: %v are left, want %v", step.name, names, step.want)
			}
			for _, table := range []string{"accounts", "origins"} {
				if n := countRows(t, db, table); n != len(step.want) {
					t.Errorf("%s: %s has %d rows, want %d", step.name, table, n, len(step.want))
				}
			}
		}
	})
}
