package storage_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"
	"time"

	"legacyauth/detect"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// The tenant that BenchmarkMillion stores.
const (
	benchClients = 100_000
	benchRows    = 1_000_000
	benchDays    = 30
)

// benchRow is sign-in i: a client signs in ten times, on three days.
func benchRow(r *rand.Rand, i int) detect.SignIn {
	c, n := i%benchClients, i/benchClients
	day := (c*7 + n%3*9) % benchDays
	agents := []string{"", "Apple-iPhone12C1/1801.393", "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:60.0) Thunderbird/60.9.1", "ExchangeServicesClient/15.01"}
	return detect.SignIn{
		ID: fmt.Sprintf("%032x", i), Tenant: "11111111-1111-1111-1111-111111111111",
		Time: start.AddDate(0, 0, day).Add(time.Duration(r.Int64N(int64(24 * time.Hour)))),
		User: fmt.Sprintf("firstname.lastname%d@contoso.com", c/2), UserID: fmt.Sprintf("aaaaaaaa-bbbb-cccc-dddd-%012d", c/2),
		DisplayName: fmt.Sprintf("Lastname%d, Firstname", c/2), UserType: "member",
		ClientApp: []string{"IMAP4", "Authenticated SMTP", "Exchange ActiveSync", "Exchange Web Services"}[c%4], Agent: agents[c%4],
		App: "Office 365 Exchange Online", AppID: "00000002-0000-0ff1-ce00-000000000000", Resource: "Office 365 Exchange Online",
		IP: fmt.Sprintf("198.51.%d.%d", c/250%256, c%250), Country: "CH", City: "Bern", Result: detect.Result{Known: true}, Event: detect.NonInteractive,
		CAStatus: "success",
	}
}

// BenchmarkMillion measures a database of 100,000 clients and 1,000,000
// sign-ins: go test ./storage -run '^$' -bench Million -benchtime 5x
// On PostgreSQL it runs where LEGACYAUTH_TEST_POSTGRES is set.
func BenchmarkMillion(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { million(b, storagetest.File(b)) })
	b.Run("postgres", func(b *testing.B) {
		if os.Getenv(storagetest.Variable) == "" {
			b.Skip(storagetest.Variable + " is not set")
		}
		million(b, storagetest.Schema(b))
	})
}

func million(b *testing.B, dsn string) {
	db := storagetest.Open(b, dsn, storage.Options{})
	tenant := newTenant(b, db)
	r := rand.New(rand.NewPCG(1, 1))
	report := func(name string, began time.Time, n int) {
		size, err := db.Size(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		took := time.Since(began)
		b.Logf("%-42s %8.2f s, %7.0f/s; database %4d MB, heap %4d MB", name, took.Seconds(), float64(n)/took.Seconds(), size>>20, heap()>>20)
	}
	began := time.Now()
	bundler := detect.NewBundler()
	var sightings []detect.Sighting
	for i := range benchRows {
		s := benchRow(r, i)
		bundler.Add(&s)
		x, _ := detect.Sight(&s)
		sightings = append(sightings, x)
	}
	bundles := bundler.Bundles()
	report(fmt.Sprintf("gather %d bundles", len(bundles)), began, benchRows)
	began = time.Now()
	write(b, db, func(tx *storage.Tx) error { return tx.AddBundles(tenant, bundles) })
	report("store the bundles of a first pass", began, len(bundles))
	began = time.Now()
	write(b, db, func(tx *storage.Tx) error {
		for i := range benchClients {
			c := client(tenant, fmt.Sprintf("%012d", i), fmt.Sprintf("firstname.lastname%d@contoso.com", i/2))
			if err := tx.SaveClient(&c); err != nil {
				return err
			}
			if err := tx.SaveDays(c.ID, []detect.Day{{Date: start, Count: 4}, {Date: start.AddDate(0, 0, 9), Count: 3}, {Date: start.AddDate(0, 0, 18), Count: 3}}); err != nil {
				return err
			}
		}
		return nil
	})
	report("store the clients with their days", began, benchClients)
	began = time.Now()
	write(b, db, func(tx *storage.Tx) error { return tx.Remember(tenant, sightings) })
	report("remember every sign-in (a folder's 30 days)", began, len(sightings))
	bundles, sightings, bundler = nil, nil, nil
	if _, err := db.Pool().ExecContext(b.Context(), "ANALYZE"); err != nil {
		b.Fatal(err)
	}
	next := benchRows
	b.Run("pass of 1000 new rows", func(b *testing.B) {
		for b.Loop() {
			fresh := make([]detect.SignIn, 1000)
			var seen []detect.Sighting
			for i := range fresh {
				fresh[i] = benchRow(r, r.IntN(benchRows))
				fresh[i].ID = fmt.Sprintf("%032x", next)
				next++
				x, _ := detect.Sight(&fresh[i])
				seen = append(seen, x)
			}
			list := bundlesOf(fresh)
			write(b, db, func(tx *storage.Tx) error {
				if _, err := tx.Seen(tenant, seen); err != nil {
					return err
				}
				if err := tx.AddBundles(tenant, list); err != nil {
					return err
				}
				return tx.Remember(tenant, seen)
			})
		}
	})
	b.Run("stream 30 days of bundles", func(b *testing.B) {
		for b.Loop() {
			n := 0
			read(b, db, func(tx *storage.Tx) error {
				for _, err := range tx.Bundles(tenant, start) {
					if err != nil {
						return err
					}
					n++
				}
				return nil
			})
			b.ReportMetric(float64(n), "bundles/op")
		}
	})
	b.Run("read all clients", func(b *testing.B) {
		for b.Loop() {
			read(b, db, func(tx *storage.Tx) error {
				_, n, err := tx.Clients(tenant, storage.ClientFilter{})
				if n != benchClients {
					b.Fatalf("%d clients", n)
				}
				return err
			})
		}
	})
	b.Run("a page of clients", func(b *testing.B) {
		for b.Loop() {
			read(b, db, func(tx *storage.Tx) error {
				_, _, err := tx.Clients(tenant, storage.ClientFilter{Limit: 10, Offset: 100})
				return err
			})
		}
	})
	b.Run("backup", func(b *testing.B) {
		for b.Loop() {
			if err := db.Backup(b.Context(), storagetest.File(b)); err != nil {
				b.Fatal(err)
			}
		}
	})
	report("at the end", time.Now(), 0)
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
