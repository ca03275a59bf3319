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
		{
			name: "nothing read in time that a part vouches for", counts: func(c *Counts) { *c = Counts{} }, asked: Window{From: monday},
			part: Part{Read: Window{From: monday, To: monday.Add(time.Hour)}, Interactive: true, NonInteractive: true}, complete: true,
		},
		{
			name: "rows begin late in time that a part vouches for", asked: Window{From: monday.AddDate(0, 0, -30)},
			part: Part{Read: Window{From: monday.AddDate(0, 0, -30), To: monday}}, complete: true,
		},
		{name: "nothing read", counts: func(c *Counts) { *c = Counts{} }, note: "no sign-ins were read"},
		{name: "only applications", counts: func(c *Counts) { *c = Counts{Read: 3, Applications: 3} }, note: "only sign-ins of applications"},
		{name: "everything outside", counts: func(c *Counts) { *c = Counts{Read: 3, Outside: 3} }, note: "outside the window"},
		{name: "T14: truncated", part: Part{Name: "a.csv", Truncated: "exactly 100000 rows"}, note: "a.csv looks truncated: exactly 100000 rows"},
		{name: "rows skipped", part: Part{Skipped: 1}, note: "1 row could not be read"},
		{name: "rows skipped, many", part: Part{Skipped: 2}, note: "2 rows could not be read and were skipped"},
		{name: "one row skipped", part: Part{Skipped: 1}, note: "1 row could not be read and was skipped"},
		{name: "one nameless row", counts: func(c *Counts) { c.Nameless = 1 }, note: "1 row names no account, device or address and cannot become a client"},
		{name: "nameless rows", counts: func(c *Counts) { c.Nameless = 2 }, note: "2 rows name no account, device or address and cannot become a client"},
		{name: "one row outside", counts: func(c *Counts) { c.Outside = 1 }, complete: true, note: "1 row lies outside the window and was left out"},
		{name: "rows outside", counts: func(c *Counts) { c.Outside = 2 }, complete: true, note: "2 rows lie outside the window and were left out"},
		{name: "the only row outside", counts: func(c *Counts) { *c = Counts{Read: 1, Outside: 1} }, note: "the only row lies outside the window"},
		{name: "one row that does not say", counts: func(c *Counts) { c.NonInteractive, c.KindUnknown = 0, 1 }, note: "1 row does not say whether it is interactive"},
		{name: "one unlisted client app", counts: func(c *Counts) { c.Unknown = 1 }, complete: true, note: "1 row names a client app nobody has listed, or none: review it"},
		{name: "one guest", counts: func(c *Counts) { c.Foreign = 1 }, complete: true, note: "1 row belongs to a guest from another tenant and was left out"},
		{name: "one row without a time", counts: func(c *Counts) { c.NoTime = 1 }, complete: true, note: "1 row carries no readable time"},
		{name: "rows without a time", counts: func(c *Counts) { c.NoTime = 2 }, complete: true, note: "2 rows carry no readable time"},
		{name: "one row without an id", counts: func(c *Counts) { c.NoID = 1 }, complete: true, note: "1 row carries no id, so whether it repeats another cannot be told"},
		{name: "rows without an id", counts: func(c *Counts) { c.NoID = 2 }, complete: true, note: "2 rows carry no id, so repeats among them cannot be told"},
		{name: "one sign-in that contradicts itself", counts: func(c *Counts) { c.Conflicting = 1 }, note: "1 sign-in stands twice with different content; the copy read first was used: scan one export at a time"},
		{name: "sign-ins that contradict themselves", counts: func(c *Counts) { c.Conflicting = 2 }, note: "2 sign-ins stand twice with different content"},
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
