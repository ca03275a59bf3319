package workbook

import (
	"bufio"
	"fmt"
	"io"
)

// sheet writes one sheet, and what belongs to it.
func (b book) sheet(n int, s Sheet) error {
	err := b.part(fmt.Sprintf("xl/worksheets/sheet%d.xml", n), func(w io.Writer) error {
		out := bufio.NewWriter(w) // keeps its first error until Flush
		s.before(out)
		if err := s.cells(out); err != nil {
			return err
		}
		if s.Picture != nil {
			_, _ = out.WriteString(`<drawing r:id="rId1"/>`)
		}
		_, _ = out.WriteString(`</worksheet>`)
		return out.Flush()
	})
	if err != nil || s.Picture == nil {
		return err
	}
	return b.picture(n, *s.Picture)
}

// before writes what stands before the cells.
func (s Sheet) before(out *bufio.Writer) {
	_, _ = out.WriteString(`<worksheet ` + spreadsheetNS + ` ` + relationsNS + `><sheetViews><sheetView workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`)
	if len(s.Widths) > 0 {
		_, _ = out.WriteString(`<cols>`)
		for i, width := range s.Widths {
			_, _ = fmt.Fprintf(out, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, width)
		}
		_, _ = out.WriteString(`</cols>`)
	}
}

// cells writes the rows.
func (s Sheet) cells(out *bufio.Writer) error {
	_, _ = out.WriteString(`<sheetData>`)
	row := 0
	for values := range s.Rows {
		row++
		_, _ = fmt.Fprintf(out, `<row r="%d">`, row)
		for i, value := range values {
			cell, err := written(i+1, row, value)
			if err != nil {
				return err
			}
			if _, err := out.WriteString(cell); err != nil {
				return err
			}
		}
		_, _ = out.WriteString(`</row>`)
	}
	_, err := out.WriteString(`</sheetData>`)
	return err
}
