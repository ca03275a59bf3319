package storage_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// The user to be purged, in every form in which it is stored.
const (
	canaryName    = "Canary.Bird@contoso.com"
	canaryID      = "cccccccc-1111-2222-3333-canarycanary"
	canaryDisplay = "Canary B. Bird"
	canaryKey     = "keyofcanary1"
	canaryPerson  = "UCANARY"
	canaryDevice  = "Canary's iPhone"
)

// settled stores a user in every table, and others beside.
func settled(t *testing.T, db *storage.DB) {
	t.Helper()
	tenant := newTenant(t, db)
	var rows []detect.SignIn
	for i := range 400 {
		name, id, display, device := fmt.Sprintf("other%d@contoso.com", i%40), fmt.Sprintf("id%d", i%40), "Other", ""
		if i%4 == 0 {
			name, id, display, device = canaryName, canaryID, canaryDisplay, canaryDevice
		}
		s := detect.SignIn{
			ID: fmt.Sprint(i), Time: start.Add(time.Duration(i) * time.Hour), User: name, UserID: id, DisplayName: display, ClientApp: "IMAP4",
			IP: "192.0.2.1", DeviceName: device, Event: detect.NonInteractive, Result: detect.Result{Known: true},
		}
		switch {
		case i%4 == 0 && i%3 == 0:
			s.UserID = ""
		case i%4 == 0 && i%3 == 1:
			s.User, s.DisplayName = "", ""
		}
		rows = append(rows, s)
	}
	who := chat.Person{Platform: "slack", Workspace: "T1", ID: canaryPerson}
	by := "person:" + who.Who()
	write(t, db, func(tx *storage.Tx) error {
		var seen []detect.Sighting
		for i := range rows {
			s, _ := detect.Sight(&rows[i])
			seen = append(seen, s)
		}
		c, other := client(tenant, canaryKey, canaryName), client(tenant, "keyofanother", "other1@contoso.com")
		c.User = detect.User{ID: canaryID, Name: strings.ToLower(canaryName), Display: canaryDisplay}
		other.Owner = by
		for _, c := range []*storage.Client{&c, &other} {
			e := storage.Exception{Reason: "ask " + canaryDisplay, Owner: by, By: by, Until: start.Add(time.Hour)}
			if err := errors.Join(tx.SaveClient(c), tx.SaveDays(c.ID, []detect.Day{{Date: start, Count: 1}}),
				tx.Move(c, migration.Change{From: migration.Open, To: migration.Told, Event: migration.WasTold, By: by, Why: "said " + canaryName})); err != nil {
				return err
			}
			e.Client = c.ID
			if err := tx.SaveException(&e); err != nil {
				return err
			}
		}
		direct, about, card2, free := message("m1", "x"), message("m2", canaryKey), message("m3", "x"), message("m4", "x")
		direct.Place = who.Direct()
		card2.Card.Blocks = []card.Block{card.Para{Spans: []card.Span{card.Text("told to "), card.Text(canaryDisplay)}}}
		for _, m := range []*storage.Outgoing{&direct, &about, &card2, &free} {
			if _, err := tx.Enqueue(m); err != nil {
				return err
			}
		}
		unlinked := chat.Person{Platform: "discord", Workspace: "G1", ID: canaryPerson + "2"}
		notice := storage.Notice{Tenant: tenant, UserName: canaryName, Place: unlinked.Direct()}
		campaign := storage.Campaign{Tenant: tenant, Name: "phones", State: "running", Body: "{}"}
		if err := errors.Join(tx.SaveNotice(&notice), tx.SaveCampaign(&campaign)); err != nil {
			return err
		}
		told := message(notice.Key(1), notice.Subject())
		told.Place = unlinked.Direct()
		if err := tx.SetMark(tenant, "reassigned/"+canaryKey, ""); err != nil {
			return err
		}
		if _, err := tx.Enqueue(&told); err != nil {
			return err
		}
		if err := tx.SaveMembers(campaign.ID, []storage.Member{{UserName: canaryName}, {UserName: "other1@contoso.com"}}); err != nil {
			return err
		}
		mine, others := storage.Subscription{Place: who.Direct(), By: by}, storage.Subscription{Place: free.Place, By: by}
		n := storage.Notice{Tenant: tenant, UserName: canaryName, UserID: canaryID, Place: who.Direct(), Showing: canaryKey, Version: 1}
		k := storage.Campaign{Tenant: tenant, Name: "smtp", State: "running", Body: `{"manner":{"pilot":["` + canaryName + `"]}}`, By: by}
		if err := errors.Join(tx.SaveNotice(&n), tx.SaveCampaign(&k), second(tx.CheckStep(c.ID, "iphone-mail", 1, true))); err != nil {
			return err
		}
		pass := storage.Pass{Tenant: tenant, Source: "graph", Trigger: "schedule", Started: start, Ended: start.Add(time.Minute), Complete: true}
		return errors.Join(
			tx.SaveMembers(k.ID, []storage.Member{{UserName: canaryName, UserID: canaryID, Pilot: true}, {UserName: "other1@contoso.com"}}),
			tx.AddBundles(tenant, bundlesOf(rows)), tx.Remember(tenant, seen), tx.Subscribe(&mine), tx.Subscribe(&others),
			tx.SaveLink(storage.Link{Platform: "slack", Workspace: "T1", Person: canaryPerson, Tenant: tenant, UserName: canaryName, By: by, How: "self"}),
			tx.SaveLink(storage.Link{Platform: "slack", Workspace: "T1", Person: "U2", Tenant: tenant, UserName: "other1@contoso.com", By: by, How: "admin"}),
			tx.Consent("slack", "T1", canaryPerson), tx.SaveCode("slack", "T1", canaryPerson, "code", start.AddDate(9, 0, 0)),
			tx.BeginPass(&pass), tx.EndPass(&pass), tx.SetCursor(tenant, "graph", start), tx.SetMark(tenant, "news/digest", "sent"),
			tx.SaveFile(tenant, "folder", storage.File{Path: "export.csv", Size: 9, ModTime: start, Read: start}),
			second(tx.Delivered("slack", "d1", storage.NewClaim(start))), third(tx.Lease("watch", "host", time.Minute)),
			tx.Record(storage.Entry{What: "test", By: "cli", Subject: "keyofanother", Detail: map[string]string{"name": canaryDisplay}}),
			tx.Record(storage.Entry{What: "test", By: "cli", Subject: "keyofanother", Why: "nothing personal"}),
		)
	})
}

// traces are what must not be found after a purge.
func traces() []string {
	return []string{canaryName, canaryID, canaryDisplay, canaryKey, canaryPerson, canaryDevice, `Canary`}
}

// search gives every table and column that holds a trace.
func search(t *testing.T, db *storage.DB) (found []string) {
	t.Helper()
	read(t, db, func(tx *storage.Tx) error {
		for _, table := range tables {
			rows, err := tx.SQL().QueryContext(t.Context(), "SELECT * FROM "+table)
			if err != nil {
				return err
			}
			columns, _ := rows.Columns()
			for rows.Next() {
				row, into := make([]sql.RawBytes, len(columns)), make([]any, len(columns))
				for i := range row {
					into[i] = &row[i]
				}
				if err := rows.Scan(into...); err != nil {
					return err
				}
				for i, value := range row {
					for _, trace := range traces() {
						if bytes.Contains(bytes.ToLower(value), bytes.ToLower([]byte(trace))) {
							found = append(found, table+"."+columns[i]+": "+trace)
						}
					}
				}
			}
			if err := rows.Err(); err != nil {
				return err
			}
		}
		return nil
	})
	return found
}

var tables = []string{
	"tenants", "accounts", "kinds", "origins", "bundles", "sightings", "clients", "client_days", "changes", "audit", "audit_details", "audit_head",
	"exceptions", "places", "leases", "subscriptions", "links", "messages", "passes", "cursors", "files", "marks", "deliveries",
	"notices", "steps", "campaigns", "members", "consents", "codes",
}

func TestPurgeOfAUserLeavesNothing(t *testing.T) {
	t.Parallel()
	for _, user := range []string{canaryName, strings.ToUpper(canaryID)} {
		t.Run(user[:8], func(t *testing.T) {
			t.Parallel()
			storagetest.Each(t, func(t *testing.T, dsn string) {
				db := storagetest.Open(t, dsn, storage.Options{})
				settled(t, db)
				before := search(t, db)
				if len(before) < 20 {
					t.Fatalf("the fixture holds too little of the user: %v", before)
				}
				dry, err := db.Purge(t.Context(), storage.PurgeOptions{User: user, DryRun: true})
				if err != nil || len(search(t, db)) != len(before) {
					t.Fatalf("a dry run changed something, or failed: %v", err)
				}
				real, err := db.Purge(t.Context(), storage.PurgeOptions{User: user, By: "cli"})
				if err != nil {
					t.Fatal(err)
				}
				if dry != real {
					t.Errorf("the dry run said %+v, the purge did %+v", dry, real)
				}
				if found := search(t, db); len(found) > 0 {
					t.Errorf("after the purge there is still %q", found)
				}
				if real.Sightings != 100 || real.Clients != 1 || real.Links != 1 || real.Messages != 4 || real.Places != 2 || real.Notices != 4 || real.AuditDetails != 3 {
					t.Errorf("purged %+v", real)
				}
				if n := countRows(t, db, "sightings"); n != 300 {
					t.Errorf("%d sightings of others are left, want 300", n)
				}
				if n, err := db.AuditVerify(t.Context()); n != 5 || err != nil {
					t.Errorf("the audit trail after the purge: %d entries, %v", n, err)
				}
				if db.Engine() == storage.SQLite {
					grep(t, dsn)
				}
			})
		})
	}
}

// grep looks for traces in the bytes of a SQLite file and its log.
func grep(t *testing.T, path string) {
	t.Helper()
	for _, end := range []string{"", "-wal"} {
		data, err := os.ReadFile(path + end)
		if err != nil {
			t.Fatal(err)
		}
		for _, trace := range traces() {
			if bytes.Contains(bytes.ToLower(data), bytes.ToLower([]byte(trace))) {
				t.Errorf("the bytes of the file%s hold %q", end, trace)
			}
		}
	}
}

func TestPurgeOfHistory(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		clock := start
		db := storagetest.Open(t, dsn, storage.Options{Now: func() time.Time { return clock }})
		settled(t, db)
		clock = start.AddDate(1, 0, 0)
		write(t, db, func(tx *storage.Tx) error {
			o, _, err := tx.MessageByKey("m4")
			stays := client(1, "keyofonethatstays", "other2@contoso.com")
			stays.Last = clock
			return errors.Join(err, tx.Bury(o.ID, "404"), tx.SaveClient(&stays), tx.Reassign(&stays, "other3@contoso.com", "cli", ""))
		})
		done, err := db.Purge(t.Context(), storage.PurgeOptions{OlderThan: start.AddDate(0, 0, 5)})
		want := storage.Purged{Clients: 2, Days: 2, Bundles: done.Bundles, Sightings: 120, Passes: 1, Notices: 2}
		if err != nil || done != want || done.Bundles < 100 {
			t.Errorf("purged %+v, want %+v: %v", done, want, err)
		}
		read(t, db, func(tx *storage.Tx) error {
			marks, err := tx.Marks(1, "reassigned/")
			if _, stays := marks["reassigned/keyofonethatstays"]; len(marks) != 1 || !stays {
				t.Errorf("of clients that are given to somebody are left: %v", marks)
			}
			return err
		})
		done, err = db.Purge(t.Context(), storage.PurgeOptions{MessagesOlderThan: clock.Add(time.Hour)})
		if want := (storage.Purged{Messages: 1}); err != nil || done != want {
			t.Errorf("purged %+v, want %+v: %v", done, want, err)
		}
		if _, err := db.Purge(t.Context(), storage.PurgeOptions{}); err == nil {
			t.Error("a purge of nothing in particular was accepted")
		}
	})
}
