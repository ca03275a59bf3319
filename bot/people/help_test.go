package people_test

import (
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
)

// TestWhoAsksAgainIsHeard posts under the thread that was opened, and says to one who
// has just asked when that was.
func TestWhoAsksAgainIsHeard(t *testing.T) {
	t.Parallel()
	w, priya := told(t)
	press := func(at time.Time) string {
		w.set(at)
		answer := w.press(priya, w.button(priya, "needhelp"))
		w.turn()
		return chat.Plain(answer.Card)
	}
	press(monday)
	if text := press(monday.Add(20 * time.Minute)); !strings.Contains(text, "has been asked already: November 23, 2026, 10:00 (WET)") {
		t.Errorf("pressed twice, she reads:\n%s", text)
	}
	if n := len(w.channel.In(desk.String())); n != 2 {
		t.Errorf("the help desk has %d messages after two presses", n)
	}
	for n := range 2 {
		text := press(monday.Add(time.Duration(3+n) * day))
		if !strings.Contains(text, "has been asked to help you") {
			t.Errorf("days later she reads:\n%s", text)
		}
		all := w.channel.In(desk.String())
		if len(all) != 3+n {
			t.Fatalf("the help desk has %d messages", len(all))
		}
		last := all[len(all)-1]
		if last.Under == "" || last.Under != all[1].Under {
			t.Errorf("it stands under %q, and what she saw under %q", last.Under, all[1].Under)
		}
		for _, want := range []string{"Asked again", "the first time was on 23 November 2026, 10:00 UTC", "0 checked off"} {
			if !strings.Contains(last.Text, want) {
				t.Errorf("it lacks %q:\n%s", want, last.Text)
			}
		}
		if strings.Contains(last.Text, "priya") {
			t.Errorf("it names her:\n%s", last.Text)
		}
	}
}
