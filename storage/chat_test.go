package storage_test

import (
	"fmt"
	"testing"
	"time"

	"legacyauth/detect/migration"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// What chats ask the database for beyond what passes do.
func TestAskedInChat(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{Now: func() time.Time { return start }})
		one, two := newTenantNamed(t, db, "contoso"), newTenantNamed(t, db, "fabrikam")
		var ids []int64
		write(t, db, func(tx *storage.Tx) error {
			for i := range 6 {
				c := client([]int64{one, two}[i%2], fmt.Sprintf("k%011d", i), fmt.Sprintf("Ana%d@contoso.com", i))
				if i == 2 {
					c.Owner = "slack:T1:@U1"
				}
				if err := tx.SaveClient(&c); err != nil {
					return err
				}
				ids = append(ids, c.ID)
			}
			for i := range 3 {
				l := storage.Link{Platform: "slack", Workspace: "T1", Person: fmt.Sprint("U", i), Tenant: []int64{one, two}[i%2], UserName: "ana@contoso.com"}
				if err := tx.SaveLink(l); err != nil {
					return err
				}
			}
			e := storage.Exception{Client: ids[0], Until: start.AddDate(0, 0, 30), Reason: "old"}
			if err := tx.SaveException(&e); err != nil {
				return err
			}
			if err := tx.EndException(e.ID, "cli"); err != nil {
				return err
			}
			e = storage.Exception{Client: ids[0], Until: start.AddDate(0, 0, 10), Reason: "new"}
			if err := tx.SaveException(&e); err != nil {
				return err
			}
			c, _, err := tx.ClientByKey(one, "k00000000000")
			if err != nil {
				return err
			}
			return tx.Move(&c, migration.Change{From: migration.Open, To: migration.Closed, Event: migration.WasClosed, At: start.AddDate(0, 0, -2)})
		})
		read(t, db, func(tx *storage.Tx) error {
			keys := func(list []storage.Client) (keys string) {
				for _, c := range list {
					keys += c.Key[11:]
				}
				return keys
			}
			for _, q := range []struct {
				tenants []int64
				word    string
				limit   int
				want    string
			}{
				{[]int64{one}, "ANA", 10, "024"},
				{[]int64{one, two}, "ana", 10, "024135"},
				{[]int64{one, two}, "ana", 4, "0241"},
				{[]int64{two}, "ana3", 10, "3"},
				{[]int64{one}, "K00000000004", 10, "4"},
				{[]int64{one}, "", 10, "024"},
				{[]int64{one}, "na", 10, ""},
				{[]int64{one}, "%", 10, ""},
				{nil, "ana", 10, ""},
			} {
				list, err := tx.ClientsBeginning(q.tenants, q.word, q.limit)
				if got := keys(list); got != q.want || err != nil {
					t.Errorf("clients of %v that begin with %q: %q, %v; want %q", q.tenants, q.word, got, err, q.want)
				}
			}
			for _, q := range []struct {
				filter storage.ClientFilter
				want   int
			}{
				{storage.ClientFilter{Tenants: []int64{one}}, 3},
				{storage.ClientFilter{Tenants: []int64{one, two}, Limit: 2}, 6},
				{storage.ClientFilter{Owner: "slack:T1:@U1"}, 1},
				{storage.ClientFilter{Owner: "slack:T1:@U1", Tenants: []int64{two}}, 0},
			} {
				if _, total, err := tx.Clients(0, q.filter); total != q.want || err != nil {
					t.Errorf("%+v: %d clients, %v; want %d", q.filter, total, err, q.want)
				}
			}
			links, total, err := tx.Links([]int64{one}, 1, 1)
			if len(links) != 1 || total != 2 || err != nil || links[0].Person != "U2" {
				t.Errorf("the second link: %+v of %d, %v", links, total, err)
			}
			if links, total, err := tx.Links(nil, 10, 0); len(links) != 0 || total != 0 || err != nil {
				t.Errorf("links of no tenant: %+v, %v", links, err)
			}
			e, stands, err := tx.ExceptionOf(ids[0], start)
			if !stands || err != nil || e.Reason != "new" {
				t.Errorf("the exception: %+v, %v, %v", e, stands, err)
			}
			if _, stands, err := tx.ExceptionOf(ids[0], start.AddDate(0, 0, 10)); stands || err != nil {
				t.Errorf("the exception stands after its end: %v", err)
			}
			steps, err := tx.Course([]int64{one})
			closed := 0
			for _, s := range steps {
				if s.State == migration.Closed && s.Since.Equal(start.AddDate(0, 0, -2)) && s.Stored.Equal(start) {
					closed++
				}
			}
			if len(steps) != 3 || closed != 1 || err != nil {
				t.Errorf("the course: %+v, %v", steps, err)
			}
			return nil
		})
	})
}
