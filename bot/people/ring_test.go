package people_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// back has a client sign in again, and the pass that finds it.
func (w *world) back(key string) {
	w.t.Helper()
	w.change(key, func(c *storage.Client) { c.Last, c.LastRight = w.Now(), w.Now() })
	w.move(key, migration.SignedInAgain)
}

// TestARefutedClaimRings once for each claim, in the morning, with the time and what
// usually explains it, and reminders begin anew.
func TestARefutedClaimRings(t *testing.T) {
	t.Parallel()
	w, priya := told(t)
	w.press(priya, w.button(priya, "done"))
	w.turn()
	have := len(w.rang)
	w.set(monday.Add(2*day + 10*time.Hour)) // Wednesday, 20:00
	w.back("k7")
	w.pass(20 * 24 * time.Hour)
	if got, want := w.rings(have), []string{"refuted Thu 26 09:00", "remind Mon 30 09:00", "remind Thu 3 09:00", "remind Thu 10 09:00"}; !slices.Equal(got, want) {
		t.Fatalf("it rang for %v, want %v", got, want)
	}
	text := w.inbox(priya)[1].Text
	for _, want := range []string{
		"A device still signs in the old way", "iPhone 11, iOS 14.8: still signs in the old way", "You said that this is done. It still signed in on November 25, 2026, 20:00 (WET)",
		"Updating the device does not change it", "One device is still to be moved. The steps are in the message above.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("what rang lacks %q:\n%s", want, text)
		}
	}
	have = len(w.rang)
	w.press(priya, w.button(priya, "done"))
	w.turn()
	w.set(w.Now().Add(2 * day))
	w.back("k7")
	w.pass(day)
	if got := w.rings(have); len(got) != 1 || !strings.HasPrefix(got[0], "refuted ") {
		t.Errorf("after the second claim it rang for %v", got)
	}
}

// TestTwoThatAreBackRingOnce names both, found in one pass or one after the other in a
// night, and what came up in that night too.
func TestTwoThatAreBackRingOnce(t *testing.T) {
	t.Parallel()
	for name, between := range map[string]time.Duration{"in one pass": 0, "in one night": 6 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			priya := w.known("priya", "en", "Europe/Lisbon")
			w.save(phone("k1", "priya"), reader("k2", "priya"))
			w.notify("priya")
			for _, key := range []string{"k1", "k2"} {
				w.move(key, migration.WentSilent)
			}
			w.turn()
			have := len(w.rang)
			w.set(monday.Add(2*day + 10*time.Hour)) // Wednesday, 20:00
			w.back("k1")
			if between > 0 {
				w.turn()
				w.set(w.Now().Add(between))
			}
			w.back("k2")
			other := phone("k3", "priya")
			other.Protocol, other.Device.Model = detect.EWS, "iPad"
			w.save(other)
			w.turn()
			w.pass(2 * day)
			if got, want := w.rings(have), []string{"relapse Thu 26 09:00"}; !slices.Equal(got, want) {
				t.Fatalf("it rang for %v, want %v", got, want)
			}
			all := w.inbox(priya)
			text := all[len(all)-1].Text
			for _, want := range []string{"2 devices sign in the old way again", "iPhone 11, iOS 14.8: it is back", "by IMAP, from an address in or near Lisboa: it is back", "This came up after I wrote to you", "- iPad"} {
				if !strings.Contains(text, want) {
					t.Errorf("what rang lacks %q:\n%s", want, text)
				}
			}
		})
	}
}

// TestARefutedOneIsShownFirst has a person look at one of two devices that they have
// claimed, when the other is found to sign in still.
func TestARefutedOneIsShownFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	priya := w.known("priya", "en", "Europe/Lisbon")
	w.save(phone("k1", "priya"), reader("k2", "priya"))
	w.notify("priya")
	for range 2 {
		w.press(priya, w.button(priya, "done"))
		w.turn()
	}
	w.press(priya, "show:k1:1")
	w.turn()
	if text := w.inbox(priya)[0].Text; !strings.Contains(text, "Device: iPhone 11") || strings.Contains(text, "I've done it") {
		t.Fatalf("she looks at what is checked:\n%s", text)
	}
	w.set(monday.Add(2 * day))
	w.back("k2")
	w.turn()
	text := w.inbox(priya)[0].Text
	list, _, _ := strings.Cut(text, "Device: ")
	if w.showing(priya) != "k2" || !strings.Contains(text, "You said that this is done. It still signed in") {
		t.Errorf("the message shows %q:\n%s", w.showing(priya), text)
	}
	if still, waits := strings.Index(list, "still signs in the old way"), strings.Index(list, "you say that it is done"); still < 0 || still > waits {
		t.Errorf("the list:\n%s", list)
	}
	shown := w.press(priya, "show:k1:1")
	if !strings.Contains(title(shown), "has to change") || strings.Contains(w.inbox(priya)[0].Text, "under way") {
		t.Errorf("she reads %q", title(shown))
	}
}
