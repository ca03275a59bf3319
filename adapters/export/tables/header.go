package tables

import (
	"slices"
	"strings"
)

// header is the names of a table's columns or of a row's keys, trimmed and
// lower-cased.
type header []string

func newHeader(names []string) header {
	h := make(header, len(names))
	for i, n := range names {
		h[i] = strings.ToLower(strings.Trim(n, " \t\r\n\u00a0\ufeff\""))
	}
	return h
}

// bare undoes what the portal's export of Log Analytics does to names: it splits
// a dynamic column into X_dynamic and X_string and names the zone of times,
// "CreatedDateTime [UTC]".
func (h header) bare() header {
	out := make(header, len(h))
	for i, name := range h {
		name = strings.TrimSuffix(name, " [utc]")
		out[i] = strings.TrimSuffix(strings.TrimSuffix(name, "_dynamic"), "_string")
	}
	return out
}

func (h header) has(names ...string) bool {
	return !slices.ContainsFunc(names, func(n string) bool { return !slices.Contains(h, n) })
}

func (h header) any(names ...string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return slices.Contains(h, n) })
}
