package storage_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

func TestClientsComeBackAsTheyWereSaved(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		clock := start
		db := storagetest.Open(t, dsn, storage.Options{Now: func() time.Time { return clock }})
		tenant := newTenant(t, db)
		c := client(tenant, "aaaaaaaaaaaa", "ann@contoso.com")
		c.Owner, c.TenantName = "person:slack:T1:@U1", "contoso"
		write(t, db, func(tx *storage.Tx) error { return tx.SaveClient(&c) })
		if c.ID == 0 || c.Revision != 1 || c.State != migration.Open || !c.FirstStored.Equal(start) {
			t.Fatalf("a new client got %+v", c)
		}
		clock = start.Add(time.Hour)
		c.Verdict, c.Tally.Total = detect.Leaked, 9
		write(t, db, func(tx *storage.Tx) error { return tx.SaveClient(&c) })
		read(t, db, func(tx *storage.Tx) error {
			got, ok, err := tx.ClientByKey(tenant, c.Key)
			if err != nil || !ok {
				t.Fatalf("find the client: %v, %v", ok, err)
			}
			if diff := cmp.Diff(c, got); diff != "" {
				t.Errorf("the client differs (-saved +read):\n%s", diff)
			}
			return nil
		})
	})
}

func TestAStaleRevisionIsRefused(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{})
		tenant := newTenant(t, db)
		c := client(tenant, "aaaaaaaaaaaa", "ann@contoso.com")
		write(t, db, func(tx *storage.Tx) error { return tx.SaveClient(&c) })
		old, twin := c, client(tenant, c.Key, "ann@contoso.com")
		write(t, db, func(tx *storage.Tx) error { return tx.SaveClient(&c) })
		for name, f := range map[string]func(*storage.Tx) error{
			"save": func(tx *storage.Tx) error { return tx.SaveClient(&old) },
			"move": func(tx *storage.Tx) error {
				return tx.Move(&old, migration.Change{From: migration.Open, To: migration.Told})
			},
			"twin": func(tx *storage.Tx) error { return tx.SaveClient(&twin) },
		} {
			if err := db.Write(t.Context(), f); !errors.Is(err, storage.ErrStale) {
				t.Errorf("%s: %v, want ErrStale", name, err)
			}
		}
	})
}

func TestFiltersOfClients(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{})
		contoso, fabrikam := newTenant(t, db), newTenantNamed(t, db, "fabrikam")
		list := []storage.Client{
			client(contoso, "a", "Ann@contoso.com"), client(contoso, "b", "bob@contoso.com"), client(contoso, "c", "ann@contoso.com"),
			client(fabrikam, "d", "dan@fabrikam.com"),
		}
		list[0].Last, list[1].Last, list[2].Last, list[3].Last = start.Add(1), start.Add(3*time.Hour), start.Add(2*time.Hour), start.Add(4*time.Hour)
		list[1].Protocol, list[2].Verdict, list[1].Device.Family = detect.SMTP, detect.Spray, useragent.Printer
		write(t, db, func(tx *storage.Tx) error {
			for i := range list {
				if err := tx.SaveClient(&list[i]); err != nil {
					return err
				}
			}
			return tx.Move(&list[1], migration.Change{From: migration.Open, To: migration.Told, Event: migration.WasTold, By: "bot", Why: "told"})
		})
		for _, c := range []struct {
			name   string
			tenant int64
			filter storage.ClientFilter
			want   string
			total  int
		}{
			{"all of all", 0, storage.ClientFilter{}, "dbca", 4},
			{"all of one", contoso, storage.ClientFilter{}, "bca", 3},
			{"a page", contoso, storage.ClientFilter{Limit: 1, Offset: 1}, "c", 3},
			{"user in any case", 0, storage.ClientFilter{User: "ANN@contoso.com"}, "ca", 2},
			{"directory id", contoso, storage.ClientFilter{User: "id-of-bob@contoso.com"}, "b", 1},
			{"states", contoso, storage.ClientFilter{States: []migration.State{migration.Told, migration.Closed}}, "b", 1},
			{"verdicts and user", contoso, storage.ClientFilter{Verdicts: []detect.Verdict{detect.Spray}, User: "ann@contoso.com"}, "c", 1},
			{"protocols", 0, storage.ClientFilter{Protocols: []detect.Protocol{detect.SMTP}}, "b", 1},
			{"families", 0, storage.ClientFilter{Families: []useragent.Family{useragent.Printer}}, "b", 1},
			{"since", 0, storage.ClientFilter{Since: start.Add(3 * time.Hour)}, "db", 2},
			{"nobody", 0, storage.ClientFilter{User: "nobody@contoso.com", Limit: 5}, "", 0},
		} {
			read(t, db, func(tx *storage.Tx) error {
				got, total, err := tx.Clients(c.tenant, c.filter)
				if err != nil {
					return err
				}
				keys := ""
				for _, g := range got {
					keys += g.Key
				}
				if keys != c.want || total != c.total {
					t.Errorf("%s: %q of %d, want %q of %d", c.name, keys, total, c.want, c.total)
				}
				return nil
			})
		}
	})
}

func TestMoveKeepsHistoryAndAudit(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{})
		tenant := newTenant(t, db)
		c := client(tenant, "aaaaaaaaaaaa", "ann@contoso.com")
		until := start.AddDate(0, 1, 0)
		changes := []migration.Change{
			{From: migration.Open, To: migration.Told, Event: migration.WasTold, At: start.Add(time.Minute), By: "bot", Why: "it was told"},
			{From: migration.Told, To: migration.Excepted, Event: migration.WasExcepted, At: start.Add(time.Hour), By: "cli", Why: "scanner", Until: until},
		}
		write(t, db, func(tx *storage.Tx) error {
			if err := tx.SaveClient(&c); err != nil {
				return err
			}
			for _, ch := range changes {
				if err := tx.Move(&c, ch); err != nil {
					return err
				}
			}
			return tx.SaveDays(c.ID, []detect.Day{{Date: start, Count: 3, Right: 1}, {Date: start.AddDate(0, 0, 1), Count: 1}})
		})
		write(t, db, func(tx *storage.Tx) error { return tx.SaveDays(c.ID, []detect.Day{{Date: start, Count: 5, Right: 2}}) })
		read(t, db, func(tx *storage.Tx) error {
			got, _, err := tx.ClientByKey(0, c.Key)
			if err != nil || got.State != migration.Excepted || !got.ExceptUntil.Equal(until) || got.Revision != 3 || !got.Since.Equal(start.Add(time.Hour)) {
				t.Errorf("after two moves: %+v, %v", got, err)
			}
			history, err := tx.History(c.ID)
			if diff := cmp.Diff(changes, history); diff != "" || err != nil {
				t.Errorf("history differs (-want +got):\n%s%v", diff, err)
			}
			days, err := tx.Days(c.ID)
			want := []detect.Day{{Date: start, Count: 5, Right: 2}, {Date: start.AddDate(0, 0, 1), Count: 1}}
			if diff := cmp.Diff(want, days); diff != "" || err != nil {
				t.Errorf("days differ (-want +got):\n%s%v", diff, err)
			}
			entries, err := tx.AuditEntries(time.Time{}, 0)
			if err != nil || len(entries) != 2 || entries[1].What != "client.excepted" || entries[1].Subject != c.Key {
				t.Errorf("audit: %+v, %v", entries, err)
			}
			return nil
		})
	})
}
