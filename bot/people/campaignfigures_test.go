package people_test

import (
	"testing"
	"time"

	"legacyauth/adapters/entra/settings"
	"legacyauth/bot/people"
	"legacyauth/bot/people/campaign"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

func (w *world) report(name string) people.CampaignReport {
	w.t.Helper()
	r, err := w.people.CampaignReport(w.t.Context(), w.tenant, name)
	if err != nil {
		w.t.Fatal(err)
	}
	if sum := r.Told + r.OnTheWay + r.Waiting + r.Held + r.Unreachable + r.Nothing; sum != r.Members || r.Seen > r.Told {
		w.t.Errorf("of %d people %d are in one figure each: %+v", r.Members, sum, r.Pairs())
	}
	if sum := r.Left + r.Verified + r.Settled + r.Excepted; sum != r.Clients || r.Back > r.Relapsed {
		w.t.Errorf("of %d clients %d are in one figure each: %+v", r.Clients, sum, r.Pairs())
	}
	last := r.Points[len(r.Points)-1]
	if last.Left != r.Left || last.Done != r.Verified || last.Settled != r.Settled || last.Relapsed != r.Back {
		w.t.Errorf("the burn-down ends at %+v and the figures are %+v", last, r.Pairs())
	}
	return r
}

// rekey has a client go on under another key, as a scan does it.
func (w *world) rekey(from, to string) {
	w.t.Helper()
	old := w.client(from)
	w.write(func(tx *storage.Tx) error {
		heir := old
		heir.ID, heir.Key, heir.Revision = 0, to, 0
		if err := tx.SaveClient(&heir); err != nil {
			return err
		}
		if err := tx.Inherit(old.ID, heir.ID); err != nil {
			return err
		}
		return tx.Move(&heir, migration.Change{From: old.State, To: old.State, Event: migration.WasRekeyed, At: w.Now(), By: migration.Bot().String()})
	})
	w.move(from, migration.WasReplaced)
}

// TestWhatGoesOnUnderAnotherKeyCountsOnce holds that a new key proves nothing, and
// that the burn-down has one client on each day.
func TestWhatGoesOnUnderAnotherKeyCountsOnce(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		before   []migration.Event // on the second day, before the new key on the fourth
		after    []migration.Event // on the fifth
		left     int
		verified int
		settled  int
		relapsed int
		back     int
	}{
		"nothing was done":               {nil, nil, 1, 0, 0, 0, 0},
		"verified under the new key":     {nil, []migration.Event{migration.WentSilent}, 0, 1, 0, 0, 0},
		"verified before":                {[]migration.Event{migration.WentSilent}, nil, 0, 1, 0, 0, 0},
		"verified before, and came back": {[]migration.Event{migration.WentSilent}, []migration.Event{migration.SignedInAgain}, 1, 0, 0, 1, 1},
		"came back before, a step since": {[]migration.Event{migration.WentSilent, migration.SignedInAgain}, []migration.Event{migration.WasAcknowledged}, 1, 0, 0, 1, 1},
		"came back, and moved again":     {[]migration.Event{migration.WentSilent, migration.SignedInAgain}, []migration.Event{migration.WentSilent}, 0, 1, 0, 1, 0},
		"closed by hand":                 {nil, []migration.Event{migration.WasClosed}, 0, 0, 1, 0, 0},
		"closed since it was verified":   {nil, []migration.Event{migration.WentSilent, migration.WasClosed}, 0, 1, 0, 0, 0},
		"closed by hand, and came back":  {nil, []migration.Event{migration.WasClosed, migration.SignedInAgain}, 1, 0, 0, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.known("priya", "en", "Europe/Lisbon")
			w.save(phone("k7", "priya"))
			w.campaign("all", campaign.Body{})
			w.turn()
			w.set(monday.Add(1 * day))
			for _, e := range tc.before {
				w.move("k7", e)
			}
			w.set(monday.Add(3 * day))
			w.rekey("k7", "k8")
			w.set(monday.Add(4 * day))
			for _, e := range tc.after {
				w.move("k8", e)
			}
			r := w.report("all")
			if r.Clients != 1 || r.Left != tc.left || r.Verified != tc.verified || r.Settled != tc.settled || r.Relapsed != tc.relapsed || r.Back != tc.back {
				t.Errorf("%+v", r.Pairs())
			}
			for _, p := range r.Points {
				if p.Left+p.Done+p.Settled != 1 {
					t.Errorf("at the end of %s: %+v", p.Day.Format("2 January"), p)
				}
			}
		})
	}
}

// TestEachPersonIsInOneFigure goes through the states of people in a campaign.
func TestEachPersonIsInOneFigure(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, name := range []string{"apple", "early", "priya", "zoe"} {
		w.known(name, "en", "Europe/Lisbon")
	}
	closed := w.known("closed", "en", "Europe/Lisbon")
	w.mu.Lock()
	w.closed[closed.Direct()] = true
	w.mu.Unlock()
	w.save(phone("ka", "apple"), reader("kb", "early"), reader("kc", "nobody"), reader("kd", "priya"), reader("ke", "zoe"), reader("kf", "closed"))
	if err := w.people.SaveHolds(t.Context(), w.tenant, []settings.Item{{ID: "apple.consent", Answer: settings.No}}); err != nil {
		t.Fatal(err)
	}
	w.set(monday.Add(-4 * time.Hour)) // six in the morning: it is still night
	w.campaign("all", campaign.Body{Manner: campaign.Manner{Wave: 3, Zone: "Europe/Lisbon"}})
	type figures struct{ told, way, waiting, held, unreachable, nothing int }
	want := func(when string, f figures) {
		t.Helper()
		r := w.report("all")
		if got := (figures{r.Told, r.OnTheWay, r.Waiting, r.Held, r.Unreachable, r.Nothing}); got != f {
			t.Errorf("%s: got %+v, want %+v", when, got, f)
		}
	}
	want("before the first turn", figures{waiting: 5, held: 1})
	w.turn() // closed, early and nobody
	want("at night", figures{way: 2, waiting: 2, held: 1, unreachable: 1})
	w.move("kb", migration.WentSilent)
	want("moved before the morning", figures{way: 2, waiting: 2, held: 1, unreachable: 1}) // and the message says so
	w.set(monday)
	w.turn()
	want("in the morning", figures{told: 1, waiting: 2, held: 1, unreachable: 2})
	w.move("ke", migration.WentSilent)
	w.set(monday.Add(day))
	w.turn()
	want("the second wave", figures{told: 2, held: 1, unreachable: 2, nothing: 1})
	if err := w.people.StopCampaign(t.Context(), w.tenant, "all", anAdmin); err != nil {
		t.Fatal(err)
	}
	want("stopped", figures{told: 2, waiting: 1, unreachable: 2, nothing: 1})
	if name := w.report("all").Pairs()[4].Name; name != "Their turn never came" {
		t.Errorf("who waits in a stopped campaign is called %q", name)
	}
}
