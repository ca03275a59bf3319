package watch_test

import (
	"testing"
	"time"

	"legacyauth/bot/news"
	"legacyauth/bot/watch"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

func TestExceptionsEnd(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	s.feed.add(imap(noon.Add(-time.Hour)))
	s.pass()
	until := noon.Add(2 * day)
	s.write(func(tx *storage.Tx) error {
		c := s.client()
		change, err := migration.Step(c.State, migration.WasTold, noon, migration.Bot(), "told")
		if err == nil {
			err = tx.Move(&c, change)
		}
		if err == nil {
			change, err = migration.Except(c.State, noon, until, migration.Who{Kind: "cli"}, "a new phone is ordered")
		}
		if err == nil {
			err = tx.Move(&c, change)
		}
		if err != nil {
			return err
		}
		return tx.SaveException(&storage.Exception{Client: c.ID, Until: until, Reason: "a new phone is ordered", By: "cli"})
	})
	s.passAt(noon.Add(day))
	s.wantState("in force", migration.Excepted)
	s.feed.add(imap(noon.Add(2*day + time.Hour)))
	s.passAt(noon.Add(2*day + 2*time.Hour))
	s.wantState("at its end", migration.Told)
	s.reading(func(tx *storage.Tx) error {
		all, err := tx.Exceptions(0, time.Time{})
		if err == nil && (len(all) != 1 || all[0].Ended.IsZero()) {
			t.Errorf("exceptions: %+v", all)
		}
		return err
	})
}

func TestAClaimThatDoesNotHold(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	s.feed.add(imap(noon.Add(-time.Hour)))
	s.pass()
	s.write(func(tx *storage.Tx) error {
		c := s.client()
		change, err := migration.Step(c.State, migration.WasClaimed, noon, migration.Who{Kind: "person", ID: "slack:T1:U2"}, "")
		if err != nil {
			return err
		}
		return tx.Move(&c, change)
	})
	s.feed.add(imap(noon.Add(time.Hour)))
	s.passAt(noon.Add(2 * time.Hour))
	s.wantState("phones finish what they had begun", migration.ClaimedDone)
	s.feed.add(imap(noon.Add(25 * time.Hour)))
	s.passAt(noon.Add(26 * time.Hour))
	s.wantState("a day later it does not hold", migration.Acknowledged)
}

// A phone that sends a token over the old protocol has moved: that refutes no
// claim, and counts as the modern sign-in that is asked for.
func TestT9ATokenOverTheOldProtocol(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		s := newScene(t, dsn)
		token := func(r *detect.SignIn) { r.AuthProtocol = "oAuth2" }
		s.feed.add(imap(noon.Add(-time.Hour)))
		s.pass()
		s.step(migration.WasClaimed, noon)
		for n := 1; n <= 9; n++ {
			at := noon.Add(time.Duration(n) * day)
			s.feed.add(imap(at.Add(-time.Hour), token))
			s.passAt(at)
			if want := map[bool]migration.State{true: migration.Verified, false: migration.ClaimedDone}[n > 7]; s.client().State != want {
				t.Errorf("after %d days it is %s, want %s", n, s.client().State, want)
			}
		}
		s.feed.add(imap(noon.Add(10*day - time.Hour)))
		s.passAt(noon.Add(10 * day))
		s.wantState("with the password again", migration.Relapsed)
	})
}

// What is used once a month is silent for weeks anyway: a week of silence says
// nothing of it, even where its user has a modern device of the same kind.
func TestSilenceIsMeasuredByTheClientsPace(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		used  []int // days before the first pass
		claim bool
		want  int // days after the first pass; its last use was that noon
	}{
		"each day":                 {[]int{3, 2, 1, 0}, false, 8},
		"each week":                {[]int{21, 14, 7, 0}, false, 12},
		"each week, and claimed":   {[]int{21, 14, 7, 0}, true, 12},
		"each day but one holiday": {[]int{18, 17, 16, 2, 1, 0}, false, 8},
		"each month":               {[]int{29, 0}, false, 41},
		"once":                     {[]int{0}, false, 36},
		"once, and claimed":        {[]int{0}, true, 8},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t, storagetest.File(t))
			for _, n := range tc.used {
				s.feed.add(imap(noon.Add(-time.Duration(n)*day - time.Hour)))
			}
			s.pass()
			if tc.claim {
				s.step(migration.WasClaimed, noon)
			}
			for n := 1; n <= 50; n++ {
				at := noon.Add(time.Duration(n) * day)
				s.feed.add(browser(at.Add(-time.Hour)))
				s.passAt(at)
				if s.client().State == migration.Verified {
					if n != tc.want {
						t.Errorf("verified after %d days, want %d", n, tc.want)
					}
					return
				}
			}
			t.Error("never verified")
		})
	}
}

// Of a client that is used once a month no month shows more than one day.
func TestThePaceOfWhatIsUsedOnceAMonth(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	for month := range 4 {
		at := noon.Add(time.Duration(month) * 31 * day)
		s.feed.add(imap(at.Add(-time.Hour)))
		s.passAt(at)
		s.passAt(at.Add(20 * day))
	}
	if got, want := s.client().Pace, (detect.Pace{Days: 4, Pause: 31}); got != want {
		t.Errorf("pace %+v, want %+v", got, want)
	}
	s.wantState("used each month", migration.Open)
}

func TestT7LeaversGoToAdmins(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	s.subscribe(news.ModeAlert)
	s.pass()
	s.sent()
	s.feed.add(imap(noon.Add(time.Minute), code(50057)))
	s.passAt(noon.Add(time.Hour))
	s.wantMessages("a disabled account", "admins: disabled")
}

func TestAPersonChangesAClientMeanwhile(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	s.feed.add(imap(noon.Add(-time.Hour)))
	s.pass()
	s.feed.add(imap(noon.Add(time.Minute)))
	pressed := false
	s.watcher.Progress = func(p watch.Progress) {
		if p.Step != watch.Recording || pressed {
			return
		}
		pressed = true
		s.write(func(tx *storage.Tx) error {
			c := s.client()
			change, err := migration.Step(c.State, migration.WasAcknowledged, noon, migration.Who{Kind: "person", ID: "slack:T1:U2"}, "")
			if err != nil {
				return err
			}
			return tx.Move(&c, change)
		})
	}
	s.passAt(noon.Add(time.Hour))
	if c := s.client(); !pressed || c.State != migration.Acknowledged || c.Tally.Total != 2 {
		t.Errorf("%s with %d sign-ins; want acknowledged with 2", c.State, c.Tally.Total)
	}
}

func TestNothingIsVerifiedWithoutCoverage(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	s.feed.add(imap(noon.Add(-4*day)), imap(noon.Add(-3*day)), browser(noon.Add(-2*day)))
	s.feed.gaps = []string{"a day is missing"}
	for d := range 10 {
		s.passAt(noon.Add(time.Duration(d) * day))
	}
	s.wantState("silent, but not everything was read", migration.Open)
	s.feed.gaps = nil
	for d := range 9 {
		s.passAt(noon.Add(time.Duration(d+10) * day))
	}
	s.wantState("silent for long enough, and everything was read", migration.Verified)
}
