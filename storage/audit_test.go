package storage_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

func recordThree(t *testing.T, db *storage.DB) {
	t.Helper()
	for i := range 3 {
		write(t, db, func(tx *storage.Tx) error {
			return tx.Record(storage.Entry{
				At: start.Add(time.Duration(i) * time.Hour), By: "cli", What: "client.closed", Subject: fmt.Sprintf("key%d", i), Why: "done",
				Detail: map[string]string{"from": "verified", "to": "closed"},
			})
		})
	}
}

// TestTamperingWithTheAuditTrailIsFound changes every column of every row by
// hand, and removes, adds and swaps rows.
func TestTamperingWithTheAuditTrailIsFound(t *testing.T) {
	t.Parallel()
	var tampering []string
	for seq := 1; seq <= 3; seq++ {
		for table, columns := range map[string][]string{
			"audit":         {"at = at + 1", "tenant = tenant + 1", "what = 'client.open'", "digest = hash", "hash = digest", "seq = seq + 10"},
			"audit_details": {"salt = (SELECT hash FROM audit WHERE seq = 1)", "by_whom = 'x'", "subject = 'x'", "why = 'x'", "detail = '{}'", "seq = seq + 10"},
		} {
			for _, change := range columns {
				tampering = append(tampering, fmt.Sprintf("UPDATE %s SET %s WHERE seq = %d", table, change, seq))
			}
			tampering = append(tampering, fmt.Sprintf("DELETE FROM %s WHERE seq = %d", table, seq))
		}
	}
	tampering = append(tampering,
		"UPDATE audit_head SET seq = 2", "UPDATE audit_head SET hash = (SELECT hash FROM audit WHERE seq = 1)", "DELETE FROM audit_head",
		"INSERT INTO audit SELECT 4, at, tenant, what, digest, hash FROM audit WHERE seq = 3",
		"INSERT INTO audit_details SELECT 4, salt, by_whom, subject, why, detail FROM audit_details WHERE seq = 3",
	)
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{})
		recordThree(t, db)
		if n, err := db.AuditVerify(t.Context()); n != 3 || err != nil {
			t.Fatalf("the untouched trail: %d entries, %v", n, err)
		}
		undo := errors.New("undo")
		for _, statement := range tampering {
			err := db.Write(t.Context(), func(tx *storage.Tx) error {
				result, err := tx.SQL().ExecContext(t.Context(), statement)
				if err != nil {
					return err
				}
				if n, _ := result.RowsAffected(); n != 1 {
					t.Errorf("%s: changed %d rows", statement, n)
				}
				_, err = storage.VerifyIn(tx)
				var broken *storage.BrokenChainError
				if !errors.As(err, &broken) || broken.Seq < 1 || broken.Seq > 14 {
					t.Errorf("%s: was not found: %v", statement, err)
				}
				return undo
			})
			if !errors.Is(err, undo) {
				t.Fatalf("%s: %v", statement, err)
			}
		}
	})
}

func TestAuditEntriesComeBack(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{})
		recordThree(t, db)
		read(t, db, func(tx *storage.Tx) error {
			list, err := tx.AuditEntries(start.Add(time.Hour), 1)
			if err != nil {
				return err
			}
			if len(list) != 1 || list[0].Seq != 2 || list[0].Subject != "key1" || list[0].Detail["to"] != "closed" || list[0].Purged {
				t.Errorf("entries since the second hour: %+v", list)
			}
			return nil
		})
	})
}
