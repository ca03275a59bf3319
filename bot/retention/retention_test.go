package retention_test

import (
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/bot/retention"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

const day = 24 * time.Hour

var start = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// scene is a database with one of everything that has an age, made at start.
type scene struct {
	t    *testing.T
	db   *storage.DB
	now  time.Time
	keep *retention.Keeper
}

func newScene(t *testing.T, dsn string, ages config.Ages) *scene {
	t.Helper()
	s := &scene{t: t, now: start}
	clock := func() time.Time { return s.now }
	s.db = storagetest.Open(t, dsn, storage.Options{Now: clock})
	s.keep = &retention.Keeper{DB: s.db, Ages: ages, Now: clock, Log: slog.New(slog.DiscardHandler)}
	s.write(func(tx *storage.Tx) error {
		tenant, err := tx.Tenant("contoso", "")
		if err != nil {
			return err
		}
		row := detect.SignIn{
			ID: "1", Time: start, User: "ana@contoso.com", UserID: "a", ClientApp: "IMAP4", IP: "192.0.2.1",
			Event: detect.NonInteractive, Result: detect.Result{Known: true},
		}
		sighting, _ := detect.Sight(&row)
		bundler := detect.NewBundler()
		bundler.Add(&row)
		client := func(key string) *storage.Client {
			return &storage.Client{Tenant: tenant, Client: detect.Client{
				Key: key, User: detect.User{Name: row.User, ID: row.UserID}, Protocol: detect.IMAP, Verdict: detect.InUse, First: start, Last: start,
			}}
		}
		silent, excepted := client("silent"), client("excepted")
		excepted.State, excepted.ExceptUntil = migration.Excepted, start.AddDate(5, 0, 0)
		pass := storage.Pass{Tenant: tenant, Started: start}
		campaign := storage.Campaign{Tenant: tenant, Name: "phones", State: "stopped", Body: "{}", Ended: start}
		said := storage.Outgoing{
			Key: "said", Place: chat.Place{Platform: chat.LogFile, Channel: "/alerts.log"}, Subject: "s", Kind: "first",
			Card: card.Card{Title: []card.Span{card.Text("news")}},
		}
		waiting := said
		waiting.Key = "waiting"
		_, firstErr := tx.Enqueue(&said)
		_, secondErr := tx.Enqueue(&waiting)
		_, deliveredErr := tx.Delivered("slack", "D1", storage.Claim(s.now.UnixMicro()))
		err = errors.Join(firstErr, secondErr, deliveredErr,
			tx.AddBundles(tenant, bundler.Bundles()), tx.Remember(tenant, []detect.Sighting{sighting}),
			tx.SaveClient(silent), tx.SaveClient(excepted), tx.BeginPass(&pass), tx.Bury(said.ID, "gone"),
			tx.SaveCampaign(&campaign), tx.SaveMembers(campaign.ID, []storage.Member{{UserName: row.User}}),
			tx.SaveNotice(&storage.Notice{Tenant: tenant, UserName: "gone@contoso.com"}),
			tx.SaveNotice(&storage.Notice{Tenant: tenant, UserName: row.User}),
			tx.Record(storage.Entry{What: "test", By: "cli", Why: "of ana"}))
		if err != nil {
			return err
		}
		return errors.Join(tx.SaveDays(silent.ID, []detect.Day{{Date: start.Truncate(day), Count: 1}}),
			tx.SaveException(&storage.Exception{Client: excepted.ID, Until: excepted.ExceptUntil, Reason: "a lift", Owner: "cli", By: "cli"}))
	})
	return s
}

func (s *scene) write(f func(*storage.Tx) error) {
	s.t.Helper()
	if err := s.db.Write(s.t.Context(), f); err != nil {
		s.t.Fatal(err)
	}
}

// turn gives a turn so long after the start.
func (s *scene) turn(age time.Duration) {
	s.t.Helper()
	s.now = start.Add(age)
	if err := s.keep.Turn(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

// rows counts what is there.
func (s *scene) rows() map[string]int {
	s.t.Helper()
	count := map[string]int{}
	err := s.db.Read(s.t.Context(), func(tx *storage.Tx) error {
		for _, table := range []string{
			"bundles", "sightings", "clients", "client_days", "passes", "messages", "deliveries", "audit", "audit_details", "campaigns", "members", "notices",
		} {
			var n int
			if err := tx.SQL().QueryRowContext(s.t.Context(), "SELECT count(*) FROM "+table).Scan(&n); err != nil {
				return err
			}
			count[table] = n
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return count
}

// want checks what changed against what there was.
func (s *scene) want(when string, was map[string]int, changes map[string]int) map[string]int {
	s.t.Helper()
	want := map[string]int{}
	for table, n := range was {
		want[table] = n + changes[table]
	}
	got := s.rows()
	if diff := cmp.Diff(want, got); diff != "" {
		s.t.Errorf("%s: -want +got:\n%s", when, diff)
	}
	if _, err := s.db.AuditVerify(s.t.Context()); err != nil {
		s.t.Errorf("%s: %v", when, err)
	}
	return got
}

func TestWhatIsOldGoesByItsAge(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		ages := config.Ages{SignIns: 40 * day, History: 400 * day, Scans: 180 * day, Messages: 300 * day, Audit: 500 * day}
		s := newScene(t, dsn, ages)
		was := s.rows()
		for table, n := range was {
			if n == 0 {
				t.Errorf("the scene has none of %s", table)
			}
		}
		s.turn(day)
		was = s.want("after a day", was, nil)
		s.turn(3 * day)
		was = s.want("requests of chat", was, map[string]int{"deliveries": -1, "audit": 1, "audit_details": 1})
		s.turn(40 * day)
		was = s.want("on the last day of sign-ins", was, nil)
		s.turn(42 * day)
		was = s.want("sign-ins", was, map[string]int{"bundles": -1, "sightings": -1, "audit": 1, "audit_details": 1})
		s.turn(181 * day)
		was = s.want("scans", was, map[string]int{"passes": -1, "audit": 1, "audit_details": 1})
		s.turn(301 * day)
		was = s.want("messages that ended", was, map[string]int{"messages": -1, "audit": 1, "audit_details": 1})
		s.turn(401 * day)
		was = s.want("history", was, map[string]int{
			"clients": -1, "client_days": -1, "campaigns": -1, "members": -1, "notices": -1, "audit": 1, "audit_details": 1,
		})
		s.turn(501 * day)
		was = s.want("details of the audit trail", was, map[string]int{"audit": 1}) // one emptied, one that says so
		s.turn(1000 * day)
		s.want("what the trail needs", was, nil)
	})
}

func TestOnceADay(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t), config.Ages{SignIns: 40 * day})
	s.turn(3 * day)
	was := s.rows()
	deliver := func(id string) {
		s.now = start
		s.write(func(tx *storage.Tx) error {
			_, err := tx.Delivered("slack", id, storage.Claim(s.now.UnixMicro()))
			return err
		})
	}
	deliver("D2")
	s.turn(3*day + 11*time.Hour)
	was = s.want("later on that day", was, map[string]int{"deliveries": 1})
	s.turn(3*day + 12*time.Hour)
	s.want("at midnight", was, map[string]int{"deliveries": -1, "audit": 1, "audit_details": 1})
}

// A day on which nothing could be removed is made up for at the next turn.
func TestADayThatFailsIsMadeUpFor(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t), config.Ages{SignIns: 40 * day})
	was := s.rows()
	s.write(func(tx *storage.Tx) error {
		_, err := tx.SQL().ExecContext(t.Context(), `CREATE TRIGGER stuck BEFORE DELETE ON deliveries BEGIN SELECT RAISE(ABORT, 'stuck'); END`)
		return err
	})
	s.now = start.Add(60 * day)
	if err := s.keep.Turn(t.Context()); err == nil {
		t.Fatal("a turn that could not remove anything is no error")
	}
	was = s.want("half-way", was, nil)
	s.write(func(tx *storage.Tx) error {
		_, err := tx.SQL().ExecContext(t.Context(), `DROP TRIGGER stuck`)
		return err
	})
	s.turn(60*day + time.Hour)
	s.want("an hour later", was, map[string]int{"deliveries": -1, "bundles": -1, "sightings": -1, "audit": 1, "audit_details": 1})
}

func TestForever(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		s := newScene(t, dsn, config.Ages{SignIns: 40 * day})
		was := s.rows()
		s.turn(9 * 365 * day)
		s.want("after nine years", was, map[string]int{"deliveries": -1, "bundles": -1, "sightings": -1, "audit": 1, "audit_details": 1})
	})
}

// The trail says who removed how much, and names nobody.
func TestTheTrailSaysSo(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t), config.Ages{SignIns: 40 * day})
	s.turn(50 * day)
	err := s.db.Read(t.Context(), func(tx *storage.Tx) error {
		entries, err := tx.AuditEntries(start.Add(day), 0)
		if err != nil || len(entries) != 1 {
			return fmt.Errorf("%d entries: %w", len(entries), err)
		}
		e := entries[0]
		want := map[string]string{"bundles": "1", "sightings": "1", "deliveries": "1"}
		if diff := cmp.Diff(want, e.Detail); e.What != "purge" || e.By != "bot" || e.Why == "" || diff != "" {
			t.Errorf("%+v\n%s", e, diff)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
