package export

import "legacyauth/detect"

// Parts turns the reports of one scan into the parts of its coverage. Pages of
// a Graph list that come as several files are complete together when one of
// them is a last page.
func Parts(reports []Report) []detect.Part {
	lastPage := false
	each(reports, func(r *Report) { lastPage = lastPage || r.Shape == shapeGraphList && !r.MorePages })
	parts := make([]detect.Part, len(reports))
	for i, r := range reports {
		p := detect.Part{
			Name: r.Name, Skipped: r.Skipped, Truncated: r.Truncated, Echoes: r.Echoes,
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
