package watch_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"legacyauth/bot/scan"
	"legacyauth/bot/watch"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// tally counts the passes that folded the whole month and those that did not.
type tally struct{ whole, narrow atomic.Int64 }

func (*tally) Enabled(context.Context, slog.Level) bool { return true }

func (t *tally) Handle(_ context.Context, r slog.Record) error {
	if r.Message == "judged" {
		r.Attrs(func(a slog.Attr) bool {
			if a.Key == "whole" && a.Value.Bool() {
				t.whole.Add(1)
			} else if a.Key == "whole" {
				t.narrow.Add(1)
			}
			return true
		})
	}
	return nil
}

func (t *tally) WithAttrs([]slog.Attr) slog.Handler { return t }
func (t *tally) WithGroup(string) slog.Handler      { return t }

// stored is all that passes have stored of the clients, by key.
type stored struct {
	Client  storage.Client
	Days    []detect.Day
	History []migration.Change
}

func (s *scene) stored() map[string]stored {
	s.Helper()
	list := s.clients()
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	all := map[string]stored{}
	s.reading(func(tx *storage.Tx) error {
		days, err := tx.DaysOf(ids)
		if err != nil {
			return err
		}
		for _, c := range list {
			one := stored{Client: c, Days: days[c.ID]}
			if one.History, err = tx.History(c.ID); err != nil {
				return err
			}
			one.Client.ID, one.Client.Revision = 0, 0
			all[c.Key] = one
		}
		return nil
	})
	return all
}

// TestAPassOverSomeGivesWhatOneOverAllGives runs the same weeks over two
// databases: one watcher keeps what it judged from pass to pass, and of the
// other a new one makes each pass, which has to fold the whole month. After each
// pass both must have stored the same clients, days and changes of state, and
// the same messages. LEGACYAUTH_WEEKS is how many logs are tried for twice as
// long (none).
func TestAPassOverSomeGivesWhatOneOverAllGives(t *testing.T) {
	t.Parallel()
	seeds, passes := uint64(2), 22
	if n, err := strconv.ParseUint(os.Getenv("LEGACYAUTH_WEEKS"), 10, 16); err == nil {
		seeds, passes = n, 45
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			sameWeeks(t, storagetest.File(t), seed, passes)
		})
	}
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		sameWeeks(t, storagetest.Schema(t), 5, passes)
	})
}

func sameWeeks(t *testing.T, dsn string, seed uint64, passes int) {
	random := rand.New(rand.NewPCG(seed, 7))
	log := someLog(random, 200+random.IntN(200))
	seen := &tally{}
	some, whole := newScene(t, dsn), newScene(t, storagetest.File(t))
	scenes := []*scene{some, whole}
	some.watcher.Log = slog.New(seen)
	for _, s := range scenes {
		s.subscribe("both")
		s.feed.legacyOnly = seed%2 == 1
		for _, row := range log {
			// The log's month comes to lie half before and half after the first pass.
			row.Time = row.Time.Add(14 * day)
			at := row.Time.Add(time.Duration(row.Time.Unix()%5400) * time.Second)
			s.feed.addLate(at, row)
		}
		if s.feed.legacyOnly {
			s.watcher.Tenants[0].Source = &asker{s.feed}
		}
	}
	at := noon
	for n := range passes {
		for _, s := range scenes {
			if s == whole {
				s.watcher = s.again()
			}
			s.passAt(at)
			if n%9 == 4 {
				s.except(n, at)
			}
		}
		if want, got := whole.stored(), some.stored(); !reflect.DeepEqual(want, got) {
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("pass %d at %s: -all +some:\n%s", n, at, diff)
			}
		}
		if diff := cmp.Diff(whole.sent(), some.sent()); diff != "" {
			t.Fatalf("pass %d at %s: messages -all +some:\n%s", n, at, diff)
		}
		at = at.Add([]time.Duration{time.Hour, time.Hour, 3 * time.Hour, 11 * time.Hour, 2 * day}[random.IntN(5)])
	}
	if least := int64(passes / 5); seen.narrow.Load() < least || seen.whole.Load() < least {
		t.Errorf("%d passes were narrow and %d whole: that tells little", seen.narrow.Load(), seen.whole.Load())
	}
}

// again makes the watcher of a process that has just started.
func (s *scene) again() *watch.Watcher {
	fresh := s.another("again")
	fresh.Tenants = s.watcher.Tenants
	return fresh
}

// except excepts the client that comes first in order for two days.
func (s *scene) except(n int, at time.Time) {
	s.Helper()
	list := s.clients()
	slices.SortFunc(list, func(a, b storage.Client) int { return strings.Compare(a.Key, b.Key) })
	c := list[n%len(list)]
	if c.State != migration.Open {
		return
	}
	s.write(func(tx *storage.Tx) error {
		e := storage.Exception{Client: c.ID, Until: at.Add(2 * day), Reason: "waits for a part", By: "admin"}
		if err := tx.SaveException(&e); err != nil {
			return err
		}
		change := migration.Change{From: c.State, To: migration.Excepted, Event: migration.WasExcepted, At: at, By: "admin", Until: e.Until}
		return tx.Move(&c, change)
	})
}

// asker is a feed of legacy sign-ins that can be asked for modern ones.
type asker struct{ *feed }

func (a *asker) Open(ctx context.Context, ask watch.Ask) (scan.Source, error) {
	o, err := a.feed.Open(ctx, ask)
	if err != nil {
		return nil, err
	}
	return &askable{o.(*opened)}, nil
}

type askable struct{ *opened }

// modern gives the modern sign-ins that have arrived.
func (a *askable) modern(pick func(*detect.SignIn) bool) []detect.SignIn {
	a.mu.Lock()
	defer a.mu.Unlock()
	var rows []detect.SignIn
	for _, r := range a.rows {
		if detect.ParseClientApp(r.row.ClientApp) == detect.Modern && !r.at.After(a.clock.Now()) && pick(&r.row) {
			rows = append(rows, r.row)
		}
	}
	return rows
}

func (a *askable) FromNetwork(_ context.Context, network string, sink func([]detect.SignIn) error) error {
	if rows := a.modern(func(s *detect.SignIn) bool { return detect.NetworkOf(s.IP) == network }); len(rows) > 0 {
		return sink(rows)
	}
	return nil
}

func (a *askable) ModernSignIns(_ context.Context, user string, since time.Time, visit func(*detect.SignIn) bool) error {
	rows := a.modern(func(s *detect.SignIn) bool {
		return (s.User == user || s.UserID == user) && s.Time.After(since)
	})
	for i := range rows {
		if !visit(&rows[i]) {
			break
		}
	}
	return nil
}
