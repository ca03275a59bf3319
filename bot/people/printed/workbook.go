package printed

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/workbook"
	"legacyauth/bot/report"
)

// xlsx gives the tables as the sheets of a workbook, with the picture and its
// sentence beside the figures. Numbers and times are such.
func (r Report) xlsx() ([]chat.File, error) {
	var sheets []workbook.Sheet
	for i, t := range r.tables() {
		s := t.sheet()
		if i == 0 {
			var err error
			if s, err = r.beside(s); err != nil {
				return nil, err
			}
		}
		sheets = append(sheets, s)
	}
	var b bytes.Buffer
	if err := workbook.Write(&b, sheets...); err != nil {
		return nil, err
	}
	return []chat.File{{Name: r.name() + ".xlsx", Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Data: b.Bytes()}}, nil
}

// sheet gives a table as a sheet with columns as wide as what stands in them, up
// to a measure. What a spreadsheet would calculate begins with an apostrophe.
func (t table) sheet() workbook.Sheet {
	head := make([]any, len(t.head))
	for i, name := range t.head {
		head[i] = name
	}
	rows := [][]any{head}
	for _, row := range t.rows {
		rows = append(rows, slices.Clone(row))
	}
	widths := make([]int, len(head))
	for _, row := range rows {
		for i, value := range row {
			long := 16 // of a moment
			if text, ok := value.(string); ok {
				long = utf8.RuneCountInString(text)
				row[i] = report.Inert(text)
			}
			widths[i] = min(max(widths[i], long+2), 62)
		}
	}
	return workbook.Sheet{Name: strings.ToUpper(t.name[:1]) + t.name[1:], Rows: slices.Values(rows), Widths: widths}
}

// beside puts the picture and what it says beside the figures.
func (r Report) beside(figures workbook.Sheet) (workbook.Sheet, error) {
	picture, err := r.Picture()
	if err != nil {
		return workbook.Sheet{}, err
	}
	rows := slices.Collect(figures.Rows)
	for i, words := range []string{r.Sentence(), Known} {
		rows[i] = append(rows[i], nil, words)
	}
	figures.Rows = slices.Values(rows)
	figures.Picture = &workbook.Picture{Column: 4, Row: 4, PNG: picture.Data, Alt: picture.Alt, Percent: 80}
	return figures, nil
}
