package storage_test

import (
	"errors"
	"testing"
	"time"

	"legacyauth/detect"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// TestConcurrentWritersLoseNothing adds to one bundle, one client and the audit
// trail from eight goroutines on two handles.
func TestConcurrentWritersLoseNothing(t *testing.T) {
	t.Parallel()
	const workers, rounds = 8, 25
	storagetest.Each(t, func(t *testing.T, dsn string) {
		handles := []*storage.DB{storagetest.Open(t, dsn, storage.Options{}), storagetest.Open(t, dsn, storage.Options{})}
		tenant := newTenant(t, handles[0])
		c := client(tenant, "aaaaaaaaaaaa", "ann@contoso.com")
		c.Tally.Total = 0
		write(t, handles[0], func(tx *storage.Tx) error { return tx.SaveClient(&c) })
		bundle := bundlesOf([]detect.SignIn{{ID: "1", Time: start, User: "ann@contoso.com", ClientApp: "IMAP4", Event: detect.Interactive}})
		together(t, workers, func(worker int) error {
			for range rounds {
				err := handles[worker%2].Write(t.Context(), func(tx *storage.Tx) error {
					if err := tx.AddBundles(tenant, bundle); err != nil {
						return err
					}
					c, _, err := tx.ClientByKey(tenant, "aaaaaaaaaaaa")
					if err != nil {
						return err
					}
					c.Tally.Total++
					if err := tx.SaveClient(&c); err != nil {
						return err
					}
					return tx.Record(storage.Entry{What: "test"})
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
		if got := stored(t, handles[0], tenant, start); len(got) != 1 || got[0].Count != workers*rounds {
			t.Errorf("the bundle is %+v, want one of %d sign-ins", got, workers*rounds)
		}
		read(t, handles[1], func(tx *storage.Tx) error {
			c, _, err := tx.ClientByKey(tenant, "aaaaaaaaaaaa")
			if c.Tally.Total != workers*rounds || c.Revision != 1+workers*rounds {
				t.Errorf("the client counts %d in revision %d", c.Tally.Total, c.Revision)
			}
			return err
		})
		if n, err := handles[0].AuditVerify(t.Context()); n != workers*rounds || err != nil {
			t.Errorf("the audit trail has %d entries, %v", n, err)
		}
	})
}

func TestAFailedWriteLeavesNothing(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{})
		failure := errors.New("no")
		err := db.Write(t.Context(), func(tx *storage.Tx) error {
			if _, err := tx.Tenant("contoso", ""); err != nil {
				return err
			}
			return failure
		})
		if !errors.Is(err, failure) {
			t.Errorf("the error is %v", err)
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Error("a panic was swallowed")
				}
			}()
			_ = db.Write(t.Context(), func(tx *storage.Tx) error {
				_, _ = tx.Tenant("contoso", "")
				panic("in the middle")
			})
		}()
		if n := countRows(t, db, "tenants"); n != 0 {
			t.Errorf("%d tenants are stored", n)
		}
	})
}

// TestReadSeesOneMoment writes between two reads of one Read.
func TestReadSeesOneMoment(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{Now: func() time.Time { return start }})
		newTenant(t, db)
		read(t, db, func(tx *storage.Tx) error {
			before, err := tx.Tenants()
			if err != nil {
				return err
			}
			newTenantNamed(t, db, "fabrikam")
			after, err := tx.Tenants()
			if len(before) != 1 || len(after) != 1 {
				t.Errorf("one read saw %d tenants, then %d", len(before), len(after))
			}
			return err
		})
		if err := db.Read(t.Context(), func(tx *storage.Tx) error { return tx.SetMark(0, "x", "y") }); err == nil {
			t.Error("Read let a write through")
		}
	})
}

func TestNestedTransactionOfPgx(t *testing.T) {
	t.Parallel()
	db := storagetest.Open(t, storagetest.Schema(t), storage.Options{})
	write(t, db, func(tx *storage.Tx) error {
		outer, ok := tx.PGX()
		if !ok {
			t.Fatal("no transaction of pgx on PostgreSQL")
		}
		if outer.Commit(t.Context()) == nil || outer.Rollback(t.Context()) == nil {
			t.Error("the outer transaction could be ended from within")
		}
		for _, keep := range []bool{true, false} {
			inner, err := outer.Begin(t.Context())
			if err != nil {
				return err
			}
			if _, err := inner.Exec(t.Context(), `INSERT INTO tenants (name, directory, created) VALUES ($1, '', 0)`, map[bool]string{true: "kept", false: "undone"}[keep]); err != nil {
				return err
			}
			end := inner.Rollback
			if keep {
				end = inner.Commit
			}
			if err := end(t.Context()); err != nil {
				return err
			}
			if inner.Commit(t.Context()) == nil {
				t.Error("a savepoint ended twice")
			}
		}
		return nil
	})
	read(t, db, func(tx *storage.Tx) error {
		list, err := tx.Tenants()
		if len(list) != 1 || list[0].Name != "kept" {
			t.Errorf("tenants: %+v", list)
		}
		return err
	})
}
