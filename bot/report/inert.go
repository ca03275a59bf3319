package report

import (
	"strings"
	"unicode"
)

// Inert makes a cell that a spreadsheet would run as a formula plain text, by
// the apostrophe that OWASP advises. What does not print goes, since spreadsheets
// skip it and terminals obey it. A formula may also begin
// after a separator inside the cell: a spreadsheet set to another separator than
// the comma splits there.
// https://owasp.org/www-community/attacks/CSV_Injection, read 2026-11-22
func Inert(cell string) string {
	var b strings.Builder
	fresh := true // nothing but what spreadsheets skip since the cell began
	for _, r := range cell {
		switch {
		case unicode.IsSpace(r):
			r = ' '
		case !unicode.IsPrint(r):
			continue
		case fresh && strings.ContainsRune(formulaStarts, r):
			b.WriteByte('\'')
			fresh = strings.ContainsRune(separators, r)
		case strings.ContainsRune(separators, r):
			fresh = true
		case !strings.ContainsRune(quotes, r):
			fresh = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// InertLines is Inert for a cell of several lines, which it keeps. Each is made
// inert by itself: a spreadsheet set to another separator than the comma takes a
// line feed for the end of the row.
func InertLines(cell string) string {
	lines := strings.Split(strings.ReplaceAll(cell, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = Inert(line)
	}
	return strings.Join(lines, "\n")
}

const (
	// formulaStarts begin a formula, the full-width signs included.
	formulaStarts = "=+-@|%\uff1d\uff0b\uff0d\uff20"
	separators    = ";,\t|"
	quotes        = "\"'`\u2018\u2019\u201c\u201d"
)
