package export

import (
	"fmt"
	"strings"

	"legacyauth/detect"
)

// Report says what reading one Input came to.
type Report struct {
	// Name is the input's.
	Name string
	// Shape names what the content is: "portal CSV", "Graph list", "archive";
	// empty when that was not found out.
	Shape string
	// Rows counts the sign-ins handed over.
	Rows int64
	// Skipped counts rows that could not be read; Broken locates the first of
	// them, at most five.
	Skipped int64
	Broken  []RowError
	// Other counts rows of other logs in the same stream, which were left out.
	Other int64
	// Undated counts sign-ins handed over with a zero Time because the row has
	// none that can be read.
	Undated int64
	// Truncated says why the input looks cut; empty when it does not.
	Truncated string
	// MorePages is set when the last page in the input names a next page
	// (@odata.nextLink). Parts decides what that means for a set of pages.
	MorePages bool
	// Interactive and NonInteractive say which kinds of user sign-ins its rows
	// are. Those of a portal CSV do not say, so there it is the file's name.
	Interactive, NonInteractive bool
	// Gaps are reasons why the rows are not all or not certain, Notes are not.
	Gaps, Notes []string
	// Bytes counts the stored bytes that were read.
	Bytes int64
	// Members are the reports of an archive's members; nil for anything else.
	Members []Report
}

// maxBroken is how many broken rows a report locates.
const maxBroken = 5

// add takes a member's report into the report of its archive.
func (r *Report) add(m Report) {
	r.Members = append(r.Members, m)
	r.Rows += m.Rows
	r.Skipped += m.Skipped
	r.Other += m.Other
	r.Undated += m.Undated
	r.Interactive = r.Interactive || m.Interactive
	r.NonInteractive = r.NonInteractive || m.NonInteractive
	r.MorePages = r.MorePages || m.MorePages
	for _, b := range m.Broken {
		if len(r.Broken) < maxBroken {
			r.Broken = append(r.Broken, b)
		}
	}
	if m.Truncated != "" && r.Truncated == "" {
		r.Truncated = m.Name + ": " + m.Truncated
	}
	for _, g := range m.Gaps {
		r.Gaps = append(r.Gaps, m.Name+": "+g)
	}
	for _, n := range m.Notes {
		r.Notes = append(r.Notes, m.Name+": "+n)
	}
}

// Parts turns the reports of one scan into the parts of its coverage. Pages of
// a Graph list that come as several files are complete together when one of
// them is a last page.
func Parts(reports []Report) []detect.Part {
	lastPage := false
	each(reports, func(r *Report) { lastPage = lastPage || r.Shape == shapeGraphList && !r.MorePages })
	parts := make([]detect.Part, len(reports))
	for i, r := range reports {
		p := detect.Part{
			Name: r.Name, Skipped: r.Skipped, Truncated: r.Truncated,
			Interactive: r.Interactive, NonInteractive: r.NonInteractive,
			Gaps: r.Gaps, Notes: r.Notes,
		}
		if r.MorePages && !lastPage {
			p.Gaps = append(p.Gaps[:len(p.Gaps):len(p.Gaps)], "it names a next page (@odata.nextLink) that is not here; export every page")
		}
		for _, b := range r.Broken {
			p.Notes = append(p.Notes[:len(p.Notes):len(p.Notes)], "skipped a row: "+b.Error())
		}
		parts[i] = p
	}
	return parts
}

func each(reports []Report, visit func(*Report)) {
	for i := range reports {
		if reports[i].Members != nil {
			each(reports[i].Members, visit)
			continue
		}
		visit(&reports[i])
	}
}

const shapeGraphList = "Graph list"

// shape names a container together with what its rows turned out to be.
func shape(c container, t *tally) string {
	rows := "Graph"
	switch {
	case t.records > 0 && t.records >= t.flat:
		rows = "diagnostic-setting"
	case t.flat > 0:
		rows = "flattened"
	}
	switch c {
	case notRead:
		return ""
	case jsonLines:
		return rows + " JSON lines"
	case jsonArray:
		return rows + " array"
	case jsonObjects:
		return rows + " objects"
	case graphPage:
		if rows == "Graph" {
			return shapeGraphList
		}
		return rows + " list"
	case eventHub:
		return "Event Hub records"
	case queryResult:
		return "Log Analytics query result"
	case portalCSV:
		return "portal CSV"
	}
	return "Log Analytics CSV"
}

func count(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func list(words []string) string { return strings.Join(words, ", ") }
