package export

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"legacyauth/adapters/export/flow"
	"legacyauth/adapters/export/tables"
	"legacyauth/detect"
)

// report says what the reading came to; whole is false when it ended in an
// error.
func (t *reading) report(whole bool) Report {
	n := &t.total
	r := Report{
		Name: t.name, Shape: shape(t.holds, n), Rows: n.Rows, Echoes: n.Echoes, Skipped: n.Skipped, Broken: n.Broken, Other: n.Other, Undated: n.Undated,
		Truncated: t.truncated(), MorePages: t.more,
		Interactive: n.Events[detect.Interactive] > 0, NonInteractive: n.Events[detect.NonInteractive] > 0,
	}
	note := func(format string, args ...any) { r.Notes = append(r.Notes, fmt.Sprintf(format, args...)) }
	if whole && t.seen() == 0 {
		note("no rows")
	}
	if n.Other > 0 {
		what := count(n.Other, "row") + " of other logs"
		if len(n.Categories) > 0 {
			what += " (" + tables.Safe(n.Categories) + ")"
		}
		note("%s left out", what)
	}
	if n.ByUser > 0 && n.Named == 0 {
		note("no row names its client app")
	}
	if t.holds == flow.PortalCSV && n.Rows > 0 && !r.Interactive && !r.NonInteractive {
		r.Interactive, r.NonInteractive = portalKind(t.name)
		note("%s", portalNote(r.Interactive, r.NonInteractive))
	}
	if t.foreign {
		note("the text is not UTF-8; it was read as Windows-1252")
	}
	if n.Garbled > 0 {
		note("characters of %s are not valid UTF-8 and could not be read", count(n.Garbled, "row"))
	}
	if n.Slashed > 0 {
		note("%s", datesNote(t.dates))
	}
	r.Gaps = gaps(n)
	return r
}

// seen counts the rows of any kind.
func (t *reading) seen() int64 { return t.total.Rows + t.total.Skipped + t.total.Other }

// truncated says why the text looks cut, "" when it does not.
func (t *reading) truncated() string {
	n := &t.total
	switch {
	case n.Cut != nil:
		return fmt.Sprintf("it ends in the middle of a row (line %d, column %d)", n.Cut.Line, n.Cut.Column)
	case t.cut != "":
		return t.cut
	case t.holds == flow.JSONLines && n.Records > 0: // of a storage account, which has no limit
		return ""
	}
	return atLimit(t.holds, t.seen())
}

func gaps(n *flow.Tally) []string {
	var gaps []string
	if n.Errors > 0 {
		gaps = append(gaps, fmt.Sprintf("%s of the API among the rows; what it failed to give is missing", count(n.Errors, "error answer")))
	}
	const alike = "blocked, wrong password and expired cannot be told apart"
	switch {
	case n.Uncoded > 0 && n.Coded == 0:
		gaps = append(gaps, "the file has no error codes for its failed sign-ins: "+alike)
	case n.Uncoded > 0:
		gaps = append(gaps, fmt.Sprintf("%s without an error code: %s", count(n.Uncoded, "failed sign-in"), alike))
	}
	if n.Contrary > 0 {
		gaps = append(gaps, fmt.Sprintf("%s can only be read with day and month the other way round; the dates of other rows may be wrong", count(n.Contrary, "time")))
	}
	return gaps
}

// portalKind tells the log a portal CSV was downloaded from by the name the
// portal gives it. Both logs have the same columns and no row says which it is
// from, so this is all there is; it counts for coverage only, never for a row,
// and not at all where a row does say.
func portalKind(name string) (interactive, nonInteractive bool) {
	base := strings.ToLower(path.Base(filepath.ToSlash(name)))
	return strings.HasPrefix(base, "interactivesignins"), strings.HasPrefix(base, "noninteractivesignins")
}

func portalNote(interactive, nonInteractive bool) string {
	switch {
	case interactive:
		return "no row of this portal CSV says whether it is interactive; that these are the interactive sign-ins is taken from the file's name and not checked; the JSON download says it in every row"
	case nonInteractive:
		return "no row of this portal CSV says whether it is interactive; that these are the non-interactive sign-ins is taken from the file's name and not checked; the JSON download says it in every row"
	}
	return "no row of this portal CSV says whether it is interactive, and neither does the file's name; the JSON download says it in every row"
}

func count(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
