package detect

import (
	"strings"
	"testing"
	"time"
)

func TestCover(t *testing.T) {
	t.Parallel()
	both := Counts{Read: 10, Legacy: 2, Interactive: 5, NonInteractive: 5, First: monday, Last: monday.Add(time.Hour)}
	cases := []struct {
		name     string
		counts   func(c *Counts)
		asked    Window
		part     Part
		complete bool
		note     string // stands in one of the notes
	}{
		{name: "both logs", complete: true},
		{name: "T2: non-interactive missing", counts: func(c *Counts) { c.NonInteractive = 0 }, note: "non-interactive sign-ins are missing"},
		{name: "T2: interactive missing", counts: func(c *Counts) { c.Interactive = 0 }, note: "interactive sign-ins are missing"},
		{name: "T2: an empty non-interactive log counts as read", counts: func(c *Counts) { c.NonInteractive = 0 }, part: Part{NonInteractive: true}, complete: true},
		{name: "T2: rows that do not say", counts: func(c *Counts) { c.Interactive, c.NonInteractive, c.KindUnknown = 0, 0, 10 }, note: "do not say"},
		{name: "T2: one log and rows that do not say", counts: func(c *Counts) { c.NonInteractive, c.KindUnknown = 0, 5 }, note: "5 rows do not say"},
		{name: "nothing read", counts: func(c *Counts) { *c = Counts{} }, note: "no sign-ins were read"},
		{name: "only applications", counts: func(c *Counts) { *c = Counts{Read: 3, Applications: 3} }, note: "only sign-ins of applications"},
		{name: "everything outside", counts: func(c *Counts) { *c = Counts{Read: 3, Outside: 3} }, note: "outside the window"},
		{name: "T14: truncated", part: Part{Name: "a.csv", Truncated: "exactly 100000 rows"}, note: "a.csv looks truncated: exactly 100000 rows"},
		{name: "rows skipped", part: Part{Skipped: 1}, note: "1 row could not be read"},
		{name: "a gap of a part", part: Part{Name: "tenant", Gaps: []string{"throttled"}}, note: "tenant: throttled"},
		{name: "rows begin late", asked: Window{From: monday.AddDate(0, 0, -30)}, note: "the rows begin on 2026-11-02, later than the 2026-10-03"},
		{name: "rows begin within the slack", asked: Window{From: monday.Add(-WindowSlack)}, complete: true},
		{name: "unlisted client apps are a note, not a gap", counts: func(c *Counts) { c.Unknown = 2 }, complete: true, note: "2 rows name a client app nobody has listed"},
		{name: "guests are a note, not a gap", counts: func(c *Counts) { c.Foreign = 2 }, complete: true, note: "guests from other tenants"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			counts := both
			if c.counts != nil {
				c.counts(&counts)
			}
			got := Cover(counts, c.asked, []Part{c.part})
			if got.Complete != c.complete {
				t.Errorf("complete = %t, want %t (%q)", got.Complete, c.complete, got.Notes)
			}
			if all := strings.Join(got.Notes, "\n"); !strings.Contains(all, c.note) {
				t.Errorf("notes %q lack %q", all, c.note)
			}
			if !got.Complete && len(got.Notes) == 0 {
				t.Error("incomplete without a word")
			}
		})
	}
}
