package export

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"legacyauth/detect"
)

// report says what the reading came to; whole is false when it ended in an
// error.
func (t *reading) report(whole bool) Report {
	n := &t.total
	r := Report{
		Name: t.name, Shape: shape(t.holds, n), Rows: n.rows, Skipped: n.skipped, Broken: n.broken, Other: n.other, Undated: n.undated,
		Truncated: t.cut, MorePages: t.more,
		Interactive: n.events[detect.Interactive] > 0, NonInteractive: n.events[detect.NonInteractive] > 0,
	}
	if n.cut != nil {
		r.Truncated = fmt.Sprintf("it ends in the middle of a row (line %d, column %d)", n.cut.Line, n.cut.Column)
	}
	if r.Truncated == "" && (t.holds != jsonLines || n.records == 0) {
		r.Truncated = atLimit(t.holds, n.rows+n.skipped+n.other)
	}
	note := func(format string, args ...any) { r.Notes = append(r.Notes, fmt.Sprintf(format, args...)) }
	if whole && n.rows+n.skipped+n.other == 0 {
		note("no rows")
	}
	if n.other > 0 {
		what := count(n.other, "row") + " of other logs"
		if len(n.categories) > 0 {
			what += " (" + list(plain(n.categories)) + ")"
		}
		note("%s left out", what)
	}
	if n.byUser > 0 && n.named == 0 {
		note("no row names its client app")
	}
	if t.holds == portalCSV && n.rows > 0 {
		r.Interactive, r.NonInteractive = portalKind(t.name)
		if r.Interactive || r.NonInteractive {
			note("whether its sign-ins are interactive was told by its name; a portal CSV itself does not say, the JSON download does")
		} else {
			note("a portal CSV does not say whether its sign-ins are interactive; the JSON download does")
		}
	}
	if n.slashed > 0 {
		note("%s", t.dates.note())
	}
	if n.contrary > 0 {
		r.Gaps = append(r.Gaps, fmt.Sprintf("%s can only be read with day and month the other way round; the dates of other rows may be wrong", count(n.contrary, "time")))
	}
	return r
}

// portalKind tells the log a portal CSV was downloaded from by the name the
// portal gives it. Both logs have the same columns and no row says which it is
// from, so this is all there is; it counts for coverage only, never for a row.
func portalKind(name string) (interactive, nonInteractive bool) {
	base := strings.ToLower(path.Base(filepath.ToSlash(name)))
	return strings.HasPrefix(base, "interactivesignins"), strings.HasPrefix(base, "noninteractivesignins")
}
