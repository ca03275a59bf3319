package export

import (
	"strings"

	"legacyauth/adapters/export/flow"
	"legacyauth/detect"
)

// Report says what reading one Input came to.
type Report struct {
	// Name is the input's.
	Name string
	// Shape names what the content is: "portal CSV", "Graph list", "archive";
	// empty when that was not found out.
	Shape string
	// Rows counts the sign-ins handed over, and those that Skim and FoldOver leave
	// out.
	Rows int64
	// Echoes counts those that FoldOver left out, as that Fold would have.
	Echoes detect.Counts
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

// add takes a member's report into the report of its archive.
func (r *Report) add(m Report) {
	r.Members = append(r.Members, m)
	r.Rows += m.Rows
	r.Echoes.Add(&m.Echoes)
	r.Skipped += m.Skipped
	r.Other += m.Other
	r.Undated += m.Undated
	r.Interactive = r.Interactive || m.Interactive
	r.NonInteractive = r.NonInteractive || m.NonInteractive
	r.MorePages = r.MorePages || m.MorePages
	for _, b := range m.Broken {
		if len(r.Broken) < flow.MaxBroken {
			r.Broken = append(r.Broken, b)
		}
	}
	name := strings.TrimPrefix(m.Name, r.Name+"/")
	if m.Truncated != "" && r.Truncated == "" {
		r.Truncated = name + ": " + m.Truncated
	}
	for _, g := range m.Gaps {
		r.Gaps = append(r.Gaps, name+": "+g)
	}
	for _, n := range m.Notes {
		r.Notes = append(r.Notes, name+": "+n)
	}
}
