package news

import (
	"fmt"
	"strings"
	"time"

	"legacyauth/detect"
)

const (
	wholeBaseline  = "complete"
	partlyBaseline = "partial"
)

// baseline tells at the first start what is there, in one item. It says whether
// clients belong to the baseline rather than to the news: all of them on the
// first turn (late is zero), and those whose first sign-in came before late as
// long as the first look at the tenant was not complete.
func (d *decision) baseline() (late time.Time, folded bool) {
	told, late := d.firstLook()
	switch {
	case late.IsZero():
		d.tell(d.baselineItem(""))
		d.markBaseline(d.Now)
		return time.Time{}, true
	case told == wholeBaseline:
		return time.Time{}, false
	}
	more := 0
	for _, c := range d.Clients {
		if c.Before == nil && c.After.First.Before(late) {
			more++
		}
	}
	if more > 0 || d.Coverage.Complete {
		d.tell(d.baselineItem(fmt.Sprintf("%t %d", d.Coverage.Complete, len(d.Clients))))
		d.markBaseline(late)
	}
	return late, true
}

// firstLook says how much of the tenant the baseline told, and when it was told;
// the zero time: there is none yet.
func (t Turn) firstLook() (extent string, at time.Time) {
	extent, text, _ := strings.Cut(t.Marks[baselineMark], " ")
	if extent != wholeBaseline && extent != partlyBaseline {
		return "", time.Time{}
	}
	return extent, stamped(text)
}

// FirstLook gives when the baseline was told, from a tenant's stored marks; the
// zero time: it was not told yet.
func FirstLook(marks map[string]string) time.Time {
	_, at := Turn{Marks: marks}.firstLook()
	return at
}

// began says whether the baseline was told before this turn.
func (t Turn) began() bool {
	_, at := t.firstLook()
	return !at.IsZero()
}

func (d *decision) markBaseline(at time.Time) {
	extent := partlyBaseline
	if d.Coverage.Complete {
		extent = wholeBaseline
	}
	d.mark(baselineMark, extent+" "+stamp(at))
}

// baselineItem is the first look; fact tells a later, fuller one from it.
func (d *decision) baselineItem(fact string) Item {
	i := Item{
		Kind:     Baseline,
		Why:      "This is the first look at the tenant: what is there already is told once, and only changes from now on.",
		Severity: Low,
		Subject:  "baseline/" + d.Tenant,
		Key:      keyOf(Baseline, d.Tenant, fact),
		Gaps:     !d.Coverage.Complete,
		Card:     d.baselineCard(nil),
		narrowed: d.baselineCard,
	}
	if fact != "" {
		i.Why = "The first look at the tenant had gaps; now more of it could be read."
	}
	seen := map[detect.Protocol]bool{}
	for _, c := range d.found() {
		if !tellable(c.Client) || settled(c.State) {
			continue
		}
		if s := severity(c.Client); s.AtLeast(i.Severity) {
			i.Severity, i.Verdict = s, c.Verdict
		}
		if !seen[c.Protocol] {
			seen[c.Protocol] = true
			i.Protocols = append(i.Protocols, c.Protocol)
		}
	}
	return i
}
