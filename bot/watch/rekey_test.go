package watch_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/bot/news"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

func TestAnHeirGoesOn(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	s.subscribe(news.ModeAlert)
	s.feed.add(imap(noon.Add(-time.Hour), nameOnly))
	s.pass()
	s.write(func(tx *storage.Tx) error {
		c := s.client()
		change, err := migration.Step(c.State, migration.WasAcknowledged, noon, migration.Who{Kind: "person", ID: "slack:T1:U2"}, "")
		if err != nil {
			return err
		}
		return tx.Move(&c, change)
	})
	s.sent()
	s.feed.add(imap(noon.Add(time.Minute))) // now with the directory id
	s.passAt(noon.Add(time.Hour))
	states := map[bool]migration.State{}
	for _, c := range s.clients() {
		states[c.User.ID != ""] = c.State
	}
	if diff := cmp.Diff(map[bool]migration.State{true: migration.Acknowledged, false: migration.Closed}, states); diff != "" {
		t.Error(diff)
	}
	for _, m := range s.sent() {
		if strings.Contains(m, "first") {
			t.Errorf("an heir was told as new: %s", m)
		}
	}
	s.passAt(noon.Add(2 * time.Hour))
	s.wantMessages("and stays")
}

// nameOnly is a row that does not say the account's directory id.
func nameOnly(r *detect.SignIn) { r.UserID = "" }

var ana = migration.Who{Kind: "person", ID: "slack:T1:U2"}

// nameKnown is a scene with one client that was seen by its user's name alone, an
// hour ago.
func nameKnown(t *testing.T, dsn string) *scene {
	t.Helper()
	s := newScene(t, dsn)
	s.feed.add(imap(noon.Add(-time.Hour), nameOnly))
	s.pass()
	return s
}

// heir gives the client that the directory id names, and the one before it.
func (s *scene) heir() (heir, old storage.Client) {
	s.Helper()
	for _, c := range s.clients() {
		if c.User.ID != "" {
			heir = c
		} else {
			old = c
		}
	}
	if heir.ID == 0 {
		s.Fatal("there is no heir")
	}
	return heir, old
}

// step moves the only client.
func (s *scene) step(e migration.Event, at time.Time) {
	s.Helper()
	s.write(func(tx *storage.Tx) error {
		c := s.client()
		change, err := migration.Step(c.State, e, at, ana, "")
		if err != nil {
			return err
		}
		return tx.Move(&c, change)
	})
}

// What people said and did of a client goes on with it under its new key.
func TestAnHeirTakesOverWhatWasDone(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		s := nameKnown(t, dsn)
		s.step(migration.WasTold, noon)
		until := noon.Add(3 * day)
		s.write(func(tx *storage.Tx) error {
			c := s.client()
			c.Owner = "mail-team@contoso.com"
			if err := tx.SaveClient(&c); err != nil {
				return err
			}
			if _, err := tx.CheckStep(c.ID, "iphone", 2, true); err != nil {
				return err
			}
			change, err := migration.Except(c.State, noon, until, ana, "a new phone is ordered")
			if err == nil {
				err = tx.Move(&c, change)
			}
			if err != nil {
				return err
			}
			return tx.SaveException(&storage.Exception{Client: c.ID, Until: until, Reason: "a new phone is ordered", Owner: "ana", By: ana.String()})
		})
		before := s.client()
		s.feed.add(imap(noon.Add(day + time.Minute)))
		s.passAt(noon.Add(day + time.Hour))
		heir, old := s.heir()
		if heir.Owner != "mail-team@contoso.com" || heir.State != migration.Excepted || !heir.ExceptUntil.Equal(until) {
			t.Errorf("the heir is %s until %s, of %q", heir.State, heir.ExceptUntil, heir.Owner)
		}
		if !heir.FirstStored.Equal(before.FirstStored) || !heir.Since.Equal(before.Since) {
			t.Errorf("known since %s, so since %s; want %s and %s", heir.FirstStored, heir.Since, before.FirstStored, before.Since)
		}
		s.reading(func(tx *storage.Tx) error {
			e, stands, err := tx.ExceptionOf(heir.ID, s.clock.Now())
			if err != nil || !stands || e.Reason != "a new phone is ordered" || e.Owner != "ana" {
				t.Errorf("exception %+v, %v, %v", e, stands, err)
			}
			if _, stands, err = tx.ExceptionOf(old.ID, s.clock.Now()); err != nil || stands {
				t.Errorf("the old exception stands: %v, %v", stands, err)
			}
			if steps, err := tx.Steps(heir.ID); err != nil || len(steps["iphone"]) != 1 {
				t.Errorf("steps %v, %v", steps, err)
			}
			history, err := tx.History(heir.ID)
			var events []string
			for _, c := range history {
				events = append(events, string(c.Event))
			}
			if got := strings.Join(events, " "); got != "told excepted rekeyed" {
				t.Errorf("history: %s", got)
			}
			return err
		})
		s.passAt(until.Add(time.Hour))
		if heir, _ = s.heir(); heir.State != migration.Told {
			t.Errorf("after the exception it is %s, want told as before it", heir.State)
		}
	})
}

// The sign-in that tells the new key is a relapse where the old client was done,
// and refutes a claim that was made before it.
func TestAnHeirSignedInAgain(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		event migration.Event
		want  migration.State
	}{
		{"verified", migration.WentSilent, migration.Relapsed},
		{"claimed done", migration.WasClaimed, migration.Acknowledged},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := nameKnown(t, storagetest.File(t))
			s.step(test.event, noon)
			s.feed.add(imap(noon.Add(2*day + time.Minute)))
			s.passAt(noon.Add(2*day + time.Hour))
			if heir, _ := s.heir(); heir.State != test.want {
				t.Errorf("it is %s, want %s", heir.State, test.want)
			}
		})
	}
}

// An heir that is stored already keeps its state, and takes an owner where it has
// none.
func TestAnHeirThatIsStored(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	s.feed.add(imap(noon.Add(-2 * time.Hour)))
	s.pass()
	s.step(migration.WasAcknowledged, noon)
	// Another client of this account by name alone, as an earlier version keyed it.
	s.write(func(tx *storage.Tx) error {
		c := s.client()
		c.ID, c.Key, c.User.ID, c.Owner, c.State = 0, c.Key+"-old", "", "mail-team@contoso.com", migration.Told
		return tx.SaveClient(&c)
	})
	days := func() (n int) {
		heir, _ := s.heir()
		s.reading(func(tx *storage.Tx) error {
			list, err := tx.Days(heir.ID)
			for _, d := range list {
				n += d.Count
			}
			return err
		})
		return n
	}
	before := days()
	s.watcher = s.another("second") // looks at everybody
	s.passAt(noon.Add(time.Hour))
	heir, old := s.heir()
	if heir.State != migration.Acknowledged || heir.Owner != "mail-team@contoso.com" || old.State != migration.Closed {
		t.Errorf("%s of %q, and the old one %s", heir.State, heir.Owner, old.State)
	}
	if before == 0 || days() != before {
		t.Errorf("%d sign-ins by day, %d before", days(), before)
	}
}

// A client that was closed by hand and goes on under another key is noted as
// replaced, once: only its heir is counted.
func TestAnHeirOfOneClosedByHand(t *testing.T) {
	t.Parallel()
	s := nameKnown(t, storagetest.File(t))
	s.step(migration.WasClosed, noon)
	s.feed.addLate(noon.Add(time.Minute), imap(noon.Add(-30*time.Minute)))
	s.passAt(noon.Add(time.Hour))
	s.watcher = s.again() // looks at everybody
	s.passAt(noon.Add(2 * time.Hour))
	heir, old := s.heir()
	if heir.State != migration.Closed || old.State != migration.Closed {
		t.Errorf("the heir is %s and the old one %s", heir.State, old.State)
	}
	want := map[int64]string{old.ID: "closed replaced", heir.ID: "closed rekeyed"}
	s.reading(func(tx *storage.Tx) error {
		for id, want := range want {
			history, err := tx.History(id)
			if err != nil {
				return err
			}
			var events []string
			for _, c := range history {
				events = append(events, string(c.Event))
			}
			if got := strings.Join(events, " "); got != want {
				t.Errorf("history of %d: %s, want %s", id, got, want)
			}
		}
		return nil
	})
}
