package watch_test

import (
	"errors"
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

func (s *scene) wantMessages(what string, want ...string) {
	s.Helper()
	if diff := cmp.Diff(want, s.sent()); diff != "" {
		s.Errorf("%s: messages -want +got:\n%s", what, diff)
	}
}

func (s *scene) wantState(what string, want migration.State) {
	s.Helper()
	if got := s.client(); got.State != want {
		s.Errorf("%s: state %s, want %s", what, got.State, want)
	}
}

func TestALifeOfAClient(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		s := newScene(t, dsn)
		s.subscribe(news.ModeAlert)
		s.feed.add(imap(noon.Add(-4*day)), imap(noon.Add(-3*day)))
		if p := s.pass(); !p.Complete || p.Fresh != 2 || p.Read != 2 || !p.To.Equal(noon) || !p.From.Equal(noon.Add(-30*day)) {
			t.Errorf("first pass: %+v", p)
		}
		s.wantMessages("what was there is one message", "alerts: baseline")
		s.wantState("first seen", migration.Open)

		s.feed.add(imap(noon.Add(30*time.Minute), user("bo"), from("198.51.100.9")))
		s.passAt(noon.Add(time.Hour))
		s.wantMessages("a second client", "alerts: first")
		if got := len(s.clients()); got != 2 {
			t.Fatalf("%d clients", got)
		}
		s.passAt(noon.Add(2 * time.Hour))
		s.wantMessages("nothing new")

		// Ana moves, bo goes on.
		s.feed.add(browser(noon.Add(day)))
		for d := range 9 {
			at := noon.Add(time.Duration(d+1) * day)
			s.feed.add(imap(at.Add(-time.Hour), user("bo"), from("198.51.100.9")))
			s.passAt(at)
		}
		s.wantMessages("ana is verified once", "alerts: verified")
		for _, c := range s.clients() {
			want := migration.Open
			if c.User.Name == "ana@contoso.com" {
				want = migration.Verified
			}
			if c.State != want {
				t.Errorf("%s is %s, want %s", c.User.Name, c.State, want)
			}
		}

		s.feed.add(imap(noon.Add(9*day + 30*time.Minute)))
		s.passAt(noon.Add(9*day + time.Hour))
		s.wantMessages("she is back", "alerts: relapsed (edit)", "alerts: relapsed (reply)")
		s.reading(func(tx *storage.Tx) error {
			for _, c := range s.clients() {
				history, err := tx.History(c.ID)
				if err != nil {
					return err
				}
				var events []migration.Event
				for _, h := range history {
					events = append(events, h.Event)
				}
				if c.User.Name == "ana@contoso.com" {
					if diff := cmp.Diff([]migration.Event{migration.WentSilent, migration.SignedInAgain}, events); diff != "" {
						t.Error(diff)
					}
				}
			}
			return nil
		})
		if _, err := s.db.AuditVerify(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestLateAndRepeatedRows(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	s.feed.add(imap(noon.Add(-time.Hour)))
	s.feed.addLate(noon.Add(30*time.Minute), imap(noon.Add(-90*time.Minute)))
	s.feed.addLate(noon.Add(40*time.Minute), imap(noon.Add(-time.Minute)))
	s.pass()
	p := s.passAt(noon.Add(time.Hour))
	if p.Read != 3 || p.Fresh != 2 {
		t.Errorf("read %d, fresh %d; want 3 and 2", p.Read, p.Fresh)
	}
	if ask := s.feed.asks[1].Window; !ask.From.Equal(noon.Add(-2*time.Hour)) || !ask.To.Equal(noon.Add(time.Hour)) {
		t.Errorf("asked for %v", ask)
	}
	if got := s.client().Tally.Total; got != 3 {
		t.Errorf("%d sign-ins counted, want 3", got)
	}
	s.reading(func(tx *storage.Tx) error {
		days, err := tx.Days(s.client().ID)
		if err == nil && (len(days) != 1 || days[0].Count != 3) {
			t.Errorf("days: %v", days)
		}
		return err
	})
}

// A store of before cities were kept goes on: what was counted without them
// stays as it is, and what comes then names the city.
func TestAStoreWithoutCities(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		s := newScene(t, dsn)
		s.subscribe(news.ModeAlert)
		s.feed.add(imap(noon.Add(-3*time.Hour)), imap(noon.Add(-time.Hour)), imap(noon.Add(-time.Minute)))
		s.pass()
		s.wantMessages("what was there", "alerts: baseline")
		for i := range s.feed.rows {
			s.feed.rows[i].row.City = "Lisboa"
		}
		if p := s.passAt(noon.Add(30 * time.Minute)); p.Read != 2 || p.Fresh != 0 {
			t.Errorf("read %d, fresh %d; want 2 and 0", p.Read, p.Fresh)
		}
		s.feed.add(imap(noon.Add(40*time.Minute), func(r *detect.SignIn) { r.City = "Lisboa" }))
		if p := s.passAt(noon.Add(time.Hour)); p.Fresh != 1 {
			t.Errorf("fresh %d, want 1", p.Fresh)
		}
		s.wantMessages("a city is no news")
		c := s.client()
		want := []detect.Network{{Address: "192.0.2.7", Country: "PT", Count: 4, City: "Lisboa"}}
		if diff := cmp.Diff(want, c.Networks); diff != "" || c.Tally.Total != 4 {
			t.Errorf("%d sign-ins; networks -want +got:\n%s", c.Tally.Total, diff)
		}
		s.reading(func(tx *storage.Tx) error {
			days, err := tx.Days(c.ID)
			if err == nil && (len(days) != 1 || days[0].Count != 4) {
				t.Errorf("days: %v", days)
			}
			return err
		})
	})
}

func TestAnErrorOfTheSourceIsNews(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	s.subscribe(news.ModeAlert)
	s.feed.add(imap(noon.Add(-time.Hour)))
	s.pass()
	s.wantMessages("first", "alerts: baseline")

	s.feed.fail = errors.New("the credential has expired")
	p := s.passAt(noon.Add(time.Hour))
	if p.Error != "the credential has expired" || p.Complete {
		t.Errorf("recorded %+v", p)
	}
	s.wantMessages("lost", "alerts: coverage-lost")
	s.passAt(noon.Add(2 * time.Hour))
	s.wantMessages("still lost")

	s.feed.fail = nil
	p = s.passAt(noon.Add(3 * time.Hour))
	if p.Error != "" || !p.From.Equal(noon.Add(-2*time.Hour)) {
		t.Errorf("the cursor moved while nothing was read: %+v", p)
	}
	s.wantMessages("restored", "alerts: coverage-restored (edit)", "alerts: coverage-restored (reply)")
}

func TestDueOnceHoweverManyTurnsWereMissed(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	due := func(want int) {
		t.Helper()
		if got, err := s.watcher.Due(t.Context()); err != nil || len(got) != want {
			t.Errorf("at %s due: %v, %v; want %d", s.clock.Now().Format(time.TimeOnly), got, err, want)
		}
	}
	due(1)
	s.pass()
	due(0)
	s.clock.set(noon.Add(59 * time.Minute))
	due(0)
	s.clock.set(noon.Add(6*time.Hour + 5*time.Minute))
	due(1)
	s.pass()
	due(0)
}

func TestWeeklyDigest(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	s.write(func(tx *storage.Tx) error {
		return tx.Subscribe(&storage.Subscription{Place: alerts, Mode: news.ModeDigest, By: "cli", Digest: storage.DigestTurn{Day: time.Monday, Minute: 8 * 60}})
	})
	s.feed.add(imap(noon.Add(-time.Hour)))
	s.pass()
	s.wantMessages("made after this week's turn")
	for h := range 8 * 4 {
		s.passAt(noon.Add(time.Duration(h+1) * 6 * time.Hour))
	}
	s.wantMessages("one a week", "alerts: digest")
}

func TestUnknownTenant(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	if _, err := s.watcher.Run(t.Context(), "fabrikam", "test"); err == nil || !strings.Contains(err.Error(), `no tenant "fabrikam"`) {
		t.Errorf("got %v", err)
	}
}
