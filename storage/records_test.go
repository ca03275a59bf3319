package storage_test

import (
	"errors"
	"maps"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/chat"
	"legacyauth/detect"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// TestSmallRecordsComeBack stores one of each small record, changes it, and
// reads it back.
func TestSmallRecordsComeBack(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{Now: func() time.Time { return start }})
		tenant := newTenant(t, db)
		same := func(what string, want, got any) {
			t.Helper()
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s differs (-want +got):\n%s", what, diff)
			}
		}
		write(t, db, func(tx *storage.Tx) error {
			if id, err := tx.Tenant("renamed", "tenant-of-contoso"); id != tenant || err != nil {
				t.Errorf("a renamed tenant got number %d, %v", id, err)
			}
			if _, ok, err := tx.Cursor(tenant, "graph"); ok || err != nil {
				t.Errorf("a cursor before one was set: %v", err)
			}
			for i := range 2 {
				if err := tx.SetCursor(tenant, "graph", start.Add(time.Duration(i)*time.Hour)); err != nil {
					return err
				}
			}
			at, ok, err := tx.Cursor(tenant, "graph")
			same("cursor", start.Add(time.Hour), at)
			if !ok || err != nil {
				t.Errorf("cursor: %v, %v", ok, err)
			}
			f := storage.File{Path: "a/b.json", Size: 5, ModTime: start, Digest: "d", Read: start.Add(time.Hour)}
			for _, f.Error = range []string{"torn", ""} {
				if err := tx.SaveFile(tenant, "folder", f); err != nil {
					return err
				}
			}
			files, err := tx.Files(tenant, "folder")
			same("files", []storage.File{f}, files)
			if err != nil {
				return err
			}
			for _, value := range []string{"1", "2"} {
				if err := errors.Join(tx.SetMark(tenant, "news/a", value), tx.SetMark(tenant, "other", value)); err != nil {
					return err
				}
			}
			value, at, ok, err := tx.Mark(tenant, "news/a")
			if value != "2" || !ok || !at.Equal(start) || err != nil {
				t.Errorf("mark: %q, %v, %v, %v", value, at, ok, err)
			}
			if err := tx.DropMark(tenant, "other"); err != nil {
				return err
			}
			marks, err := tx.Marks(tenant, "")
			if !maps.Equal(marks, map[string]string{"news/a": "2"}) || err != nil {
				t.Errorf("marks: %v, %v", marks, err)
			}
			return nil
		})
		write(t, db, func(tx *storage.Tx) error {
			s := storage.Subscription{
				Place: chat.Place{Platform: "slack", Workspace: "T", Channel: "C"}, Mode: "both", Quiet: storage.Quiet{From: 1200, To: 420},
				Filter: storage.Filter{Only: []string{"in-use"}, Protocols: []detect.Protocol{detect.SMTP}, Severity: "high"},
				Zone:   "Europe/Zurich", Digest: storage.DigestTurn{Day: time.Tuesday, Minute: 480}, By: "cli",
			}
			if err := tx.Subscribe(&s); err != nil {
				return err
			}
			s.Mode = "digest"
			if err := tx.Subscribe(&s); err != nil {
				return err
			}
			list, err := tx.Subscriptions()
			same("subscriptions", []storage.Subscription{s}, list)
			if gone, err := tx.Unsubscribe(s.ID); !gone || err != nil {
				t.Errorf("unsubscribe: %v, %v", gone, err)
			}
			if gone, _ := tx.Unsubscribe(s.ID); gone {
				t.Error("unsubscribed twice")
			}
			return err
		})
		write(t, db, func(tx *storage.Tx) error {
			l := storage.Link{Platform: "slack", Workspace: "T", Person: "U1", Tenant: tenant, UserID: "1", UserName: "ann@contoso.com", How: "email", By: "bot", At: start}
			upper := l
			upper.UserName = "ANN@contoso.com"
			if err := tx.SaveLink(upper); err != nil {
				return err
			}
			got, ok, err := tx.LinkOf("slack", "T", "U1")
			same("link", l, got)
			people, err2 := tx.LinksTo(tenant, "Ann@contoso.com")
			same("links", []storage.Link{l}, people)
			gone, err3 := tx.Unlink("slack", "T", "U1")
			if !ok || !gone {
				t.Errorf("link found %v, removed %v", ok, gone)
			}
			return errors.Join(err, err2, err3)
		})
		write(t, db, func(tx *storage.Tx) error {
			c := client(tenant, "aaaaaaaaaaaa", "ann@contoso.com")
			if err := tx.SaveClient(&c); err != nil {
				return err
			}
			e := storage.Exception{Client: c.ID, Until: start.Add(time.Hour), Reason: "a scanner", Owner: "person:slack:T:@U1", By: "cli"}
			if err := tx.SaveException(&e); err != nil {
				return err
			}
			standing, err := tx.Exceptions(tenant, start)
			same("exceptions", []storage.Exception{e}, standing)
			if later, _ := tx.Exceptions(0, start.Add(time.Hour)); len(later) != 0 {
				t.Errorf("an exception stands past its end: %+v", later)
			}
			if err := errors.Join(err, tx.EndException(e.ID, "cli")); err != nil {
				return err
			}
			if err := tx.EndException(e.ID, "cli"); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("ended twice: %v", err)
			}
			all, err := tx.Exceptions(tenant, time.Time{})
			if len(all) != 1 || !all[0].Ended.Equal(start) {
				t.Errorf("all exceptions: %+v", all)
			}
			return err
		})
	})
}

func TestPassesAndWhatTheyCovered(t *testing.T) {
	t.Parallel()
	hour := func(n int) time.Time { return start.Add(time.Duration(n) * time.Hour) }
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{Now: func() time.Time { return start }})
		tenant := newTenant(t, db)
		var last storage.Pass
		write(t, db, func(tx *storage.Tx) error {
			for _, p := range []storage.Pass{
				{From: hour(0), To: hour(2), Complete: true},
				{From: hour(4), To: hour(6), Complete: true},
				{From: hour(2), To: hour(3), Complete: true}, // touches the first
				{From: hour(5), To: hour(5), Complete: true}, // within another
				{From: hour(3), To: hour(4)},                 // not complete
			} {
				p.Tenant, p.Source, p.Trigger = tenant, "graph", "schedule"
				if err := tx.BeginPass(&p); err != nil {
					return err
				}
				p.Read, p.Legacy, p.Fresh, p.Requests, p.Throttles, p.Notes, p.Error = 9, 8, 7, 6, 5, []string{"a note"}, "some"
				if err := tx.EndPass(&p); err != nil {
					return err
				}
				last = p
			}
			return nil
		})
		read(t, db, func(tx *storage.Tx) error {
			got, ok, err := tx.LastPass(tenant)
			if diff := cmp.Diff(last, got); diff != "" || !ok || err != nil {
				t.Errorf("the last pass differs (-want +got):\n%s%v", diff, err)
			}
			covered, err := tx.Covered(tenant, start)
			want := []detect.Window{{From: hour(0), To: hour(3)}, {From: hour(4), To: hour(6)}}
			if diff := cmp.Diff(want, covered); diff != "" {
				t.Errorf("coverage differs (-want +got):\n%s", diff)
			}
			return err
		})
	})
}

func TestSightings(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{Now: func() time.Time { return start }})
		tenant := newTenant(t, db)
		sight := func(id, user, directory string, at time.Time) detect.Sighting {
			s, ok := detect.Sight(&detect.SignIn{ID: id, User: user, UserID: directory, Time: at, ClientApp: "IMAP4", Event: detect.Interactive})
			if !ok {
				t.Fatal("not to be remembered")
			}
			return s
		}
		known := []detect.Sighting{sight("1", "ann@contoso.com", "", start), sight("2", "", "a", start.Add(time.Hour))}
		write(t, db, func(tx *storage.Tx) error { return errors.Join(tx.Remember(tenant, known), tx.Remember(tenant, known)) })
		asked := []detect.Sighting{
			sight("1", "Ann@contoso.com", "a", start), // a repeat
			sight("1", "bob@contoso.com", "", start),  // another account under one id
			sight("2", "ann@contoso.com", "", start),  // may be the same
			sight("3", "ann@contoso.com", "", start),
			sight("3", "ann@contoso.com", "", start), // a repeat within the list
		}
		fresh := func() (got []bool) {
			read(t, db, func(tx *storage.Tx) (err error) {
				got, err = tx.Seen(tenant, asked)
				return err
			})
			return got
		}
		if diff := cmp.Diff([]bool{false, true, false, true, false}, fresh()); diff != "" {
			t.Errorf("fresh differs (-want +got):\n%s", diff)
		}
		read(t, db, func(tx *storage.Tx) error {
			var list []detect.Sighting
			for s, err := range tx.Sightings(tenant, start.Add(time.Minute)) {
				if err != nil {
					return err
				}
				list = append(list, s)
			}
			if diff := cmp.Diff(known[1:], list); diff != "" {
				t.Errorf("sightings differ (-want +got):\n%s", diff)
			}
			return nil
		})
		write(t, db, func(tx *storage.Tx) error {
			n, err := tx.ForgetSightings(tenant, start.Add(time.Minute))
			if n != 1 {
				t.Errorf("forgot %d", n)
			}
			return err
		})
		if diff := cmp.Diff([]bool{true, true, false, true, false}, fresh()); diff != "" {
			t.Errorf("fresh after forgetting differs (-want +got):\n%s", diff)
		}
	})
}
