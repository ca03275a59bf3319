package report

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"unicode/utf16"
)

// What a sheet can hold; Excel calls a file with more broken.
// https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3, read 2026-11-29
const (
	maxSheetRows = 1_048_576
	maxCellText  = 32_767 // UTF-16 code units
)

// sheetWriter writes the rows of a sheet, the first of which stays in sight.
type sheetWriter struct {
	w    *bufio.Writer
	rows int
}

func newSheet(w io.Writer) *sheetWriter {
	s := &sheetWriter{w: bufio.NewWriter(w)}
	s.write(declaration + `<worksheet xmlns="` + spreadsheet + `"><sheetViews><sheetView workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`)
	return s
}

// write leaves errors to end.
func (s *sheetWriter) write(text string) { _, _ = s.w.WriteString(text) }

// row writes each cell as text. Empty ones are left out.
func (s *sheetWriter) row(cells []string) {
	s.rows++
	s.write(fmt.Sprintf(`<row r="%d">`, s.rows))
	for i, text := range cells {
		if text == "" {
			continue
		}
		s.write(fmt.Sprintf(`<c r="%s%d" t="inlineStr"><is><t xml:space="preserve">`, columnName(i), s.rows))
		_ = xml.EscapeText(s.w, []byte(cellText(text)))
		s.write(`</t></is></c>`)
	}
	s.write(`</row>`)
}

func (s *sheetWriter) end() error {
	s.write(`</sheetData></worksheet>`)
	return s.w.Flush()
}

// columnName is A for 0, Z for 25 and AA for 26.
func columnName(i int) string {
	name := string(rune('A' + i%26))
	if i >= 26 {
		return columnName(i/26-1) + name
	}
	return name
}

// cellText is text as a cell holds it: no longer than that may be, and with the
// underscore escaped of what Excel would take for an escape, "_x0041_".
func cellText(text string) string {
	out := make([]rune, 0, len(text))
	length := 0
	runes := []rune(text)
	for i, r := range runes {
		if length += utf16.RuneLen(r); length > maxCellText {
			break
		}
		out = append(out, r)
		if r == '_' && isEscape(runes[i:]) {
			out = append(out, []rune("x005F_")...)
		}
	}
	return string(out)
}

// isEscape says whether r begins with an underscore, an x, four hexadecimal
// digits and an underscore.
func isEscape(r []rune) bool {
	if len(r) < len("_x0041_") || r[1] != 'x' && r[1] != 'X' || r[6] != '_' {
		return false
	}
	for _, c := range r[2:6] {
		if (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'f') {
			return false
		}
	}
	return true
}
