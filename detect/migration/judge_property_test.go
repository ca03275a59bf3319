package migration

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"legacyauth/detect"
)

// A client is never verified while it signed in within the days of silence, nor
// where some minute of them was never read after its rows had arrived.
func TestNeverVerifiedInDoubt(t *testing.T) {
	t.Parallel()
	verified := 0
	rapid.Check(t, func(t *rapid.T) {
		hours := func(name string, most int) time.Duration {
			return time.Duration(rapid.IntRange(0, most).Draw(t, name)) * time.Hour
		}
		e := Evidence{Now: now, SilentDays: rapid.IntRange(1, 9).Draw(t, "days"), NoUser: rapid.Bool().Draw(t, "no user")}
		var signIns []time.Time
		for range rapid.IntRange(0, 3).Draw(t, "sign-ins") {
			signIns = append(signIns, now.Add(-hours("sign-in", 400)))
		}
		for _, s := range signIns {
			if s.After(e.LastRight) {
				e.LastRight = s
			}
		}
		for range rapid.IntRange(0, 6).Draw(t, "passes") {
			to := now.Add(-hours("to", 300))
			e.Covered = append(e.Covered, detect.Window{From: to.Add(-hours("length", 400)), To: to})
		}
		if rapid.Bool().Draw(t, "modern") {
			modern := now.Add(-hours("modern at", 400))
			e.ModernSince = &modern
		}
		if !Judge(e).Verified {
			return
		}
		verified++
		if !e.NoUser && (e.ModernSince == nil || !e.ModernSince.After(e.LastRight)) {
			t.Fatal("verified without a modern sign-in since")
		}
		silence := time.Duration(e.SilentDays) * 24 * time.Hour
		for _, s := range signIns {
			if now.Sub(s) < silence {
				t.Fatalf("verified although it signed in %v ago", now.Sub(s))
			}
		}
		// The days of silence end at the last minute that is known for good.
		for at := now.Add(-silence - Late); at.Before(now.Add(-Stale - Late)); at = at.Add(time.Minute) {
			if !final(e.Covered, at) {
				t.Fatalf("verified although what happened at %v was never read for good", at)
			}
		}
	})
	if verified == 0 {
		t.Error("no evidence was enough: the property was not tried")
	}
}

// final says whether a minute was read so late that all of its rows were there.
func final(covered []detect.Window, at time.Time) bool {
	for _, w := range covered {
		if !at.Before(w.From) && !at.After(w.To.Add(-Late)) {
			return true
		}
	}
	return false
}
