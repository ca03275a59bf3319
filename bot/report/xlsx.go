package report

import (
	"io"

	"legacyauth/adapters/workbook"
	"legacyauth/bot/scan"
)

// sheet is the name of the only sheet of a workbook.
const sheet = "Clients"

// XLSX writes what CSV writes as an Excel workbook, every cell as text.
func XLSX(w io.Writer, r scan.Result) error {
	cells := make([]any, len(columns))
	row := func(texts []string) []any {
		for i, text := range texts {
			cells[i] = text
		}
		return cells
	}
	return workbook.Write(w, workbook.Sheet{Name: sheet, Rows: func(yield func([]any) bool) {
		if !yield(row(columns)) {
			return
		}
		for _, f := range r.Findings {
			if !yield(row(csvRow(client(f)))) {
				return
			}
		}
	}})
}
