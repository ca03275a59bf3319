package migration

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"legacyauth/detect"
)

func ago(days float64) time.Time { return now.Add(-time.Duration(days * 24 * float64(time.Hour))) }

func window(from, to float64) detect.Window { return detect.Window{From: ago(from), To: ago(to)} }

// proven is the evidence of a client that has moved.
func proven(changes ...func(*Evidence)) Evidence {
	modern := ago(5)
	e := Evidence{Now: now, LastRight: ago(9), Covered: []detect.Window{window(30, 0)}, ModernSince: &modern}
	for _, change := range changes {
		change(&e)
	}
	return e
}

func TestJudge(t *testing.T) {
	t.Parallel()
	covered := func(w ...detect.Window) func(*Evidence) { return func(e *Evidence) { e.Covered = w } }
	right := func(days float64) func(*Evidence) { return func(e *Evidence) { e.LastRight = ago(days) } }
	alone := func(e *Evidence) { e.NoUser, e.ModernSince = true, nil }
	wait := func(days float64) time.Time { return ago(-days) }
	late := Late.Hours() / 24
	cases := []struct {
		name    string
		e       Evidence
		missing string // a part of what is missing; empty: verified
		why     string
		wait    time.Time
	}{
		{name: "moved", e: proven(), why: "For 7 days there was no legacy sign-in with the right password, and everything was read. " +
			"The same user signed in with modern authentication from the same kind of device on 18 November 2026."},
		{name: "a printer that is silent", e: proven(alone), why: "the silence is all there is to go by"},
		{name: "a device of no known kind", e: proven(func(e *Evidence) { e.AnyKind = true }), why: "of which kind the old one was is not known"},
		{name: "claimed, moved", e: proven(func(e *Evidence) { e.ClaimedAt = ago(8) }), why: "For 7 days"},
		{name: "two windows that overlap by more than rows are late", e: proven(covered(window(30, 4), window(4.2, 0))), why: "For 7 days"},
		{name: "hourly passes", e: proven(covered(hourly()...)), why: "For 7 days"},
		{name: "a folder of daily exports", e: proven(covered(window(30, 0.9))), why: "For 7 days"},
		{name: "one day asked for", e: proven(right(1.5), func(e *Evidence) { m := ago(1); e.SilentDays, e.ModernSince = 1, &m }), why: "For 1 day there"},

		{name: "signed in yesterday", e: proven(right(1)), missing: "it used the right password on 22 November 2026", wait: wait(6 + late)},
		{name: "a row that arrived late", e: proven(right(7)), missing: "it used the right password", wait: wait(late)},
		{name: "claimed, still signs in", e: proven(right(1), func(e *Evidence) { e.ClaimedAt = ago(2) }), why: "Said to be done on 21 November 2026, not verified: it used", missing: "right password"},
		{name: "no modern sign-in", e: proven(func(e *Evidence) { e.ModernSince = nil }), missing: "no modern sign-in by the same user from the same kind of device", wait: now},
		{name: "a modern sign-in before the last legacy one", e: proven(func(e *Evidence) { m := ago(10); e.ModernSince = &m }), missing: "no modern sign-in"},
		{name: "a gap", e: proven(covered(window(30, 4), window(3, 0))), missing: "without a gap since 20 November 2026, 12:00 UTC only", wait: wait(4 + late)},
		{name: "windows that only touch: rows were still to come", e: proven(covered(window(30, 4), window(4, 0))), missing: "without a gap since", wait: wait(3 + late)},
		{name: "only the last days were read", e: proven(covered(window(3, 0))), missing: "without a gap since"},
		{name: "nothing was read lately", e: proven(covered(window(30, 2))), missing: "nothing was read completely since 21 November 2026, 10:00 UTC", wait: wait(7 + late)},
		{name: "nothing was read", e: proven(covered()), missing: "nothing has been read completely yet", wait: wait(7 + late)},
		{name: "a printer that still tries", e: proven(alone, func(e *Evidence) { e.LastRight, e.LastTry = time.Time{}, ago(2) }), missing: "it still tried to sign in on 21 November 2026"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			j := Judge(c.e)
			if j.Verified != (c.missing == "") || j.Verified == (len(j.Missing) > 0) {
				t.Fatalf("verified %t: %+v", j.Verified, j)
			}
			if !strings.Contains(strings.Join(j.Missing, "\n"), c.missing) || !strings.Contains(j.Why, c.why) || !strings.HasSuffix(j.Why, ".") {
				t.Errorf("why %q, missing %q", j.Why, j.Missing)
			}
			if !c.wait.IsZero() && !j.Wait.Equal(c.wait) {
				t.Errorf("wait until %v, want %v", j.Wait, c.wait)
			}
			if j.Verified != j.Wait.IsZero() {
				t.Errorf("wait until %v", j.Wait)
			}
		})
	}
}

// hourly is what passes of every hour cover that begin two hours back.
func hourly() []detect.Window {
	var list []detect.Window
	for hour := range 30 * 24 {
		to := now.Add(-time.Duration(hour) * time.Hour)
		list = append(list, detect.Window{From: to.Add(-time.Hour - Late), To: to})
	}
	return list
}

// What is promised as the earliest time is enough, and nothing less is.
func TestWaitIsExact(t *testing.T) {
	t.Parallel()
	for _, last := range []float64{0, 0.1, 1, 3, 6.9} {
		e := proven(func(e *Evidence) { m := now; e.LastRight, e.ModernSince = ago(last), &m })
		if last == 0 {
			e.NoUser = true
		}
		at := Judge(e).Wait
		for _, offset := range []time.Duration{-time.Second, 0} {
			e.Now = at.Add(offset)
			e.Covered = []detect.Window{{From: ago(30), To: e.Now}}
			if j := Judge(e); j.Verified != (offset == 0) {
				t.Errorf("last %v days ago, %v from the promised time: %s", last, offset, fmt.Sprint(j))
			}
		}
	}
}
