package workbook

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// longest is how much text a cell holds, in UTF-16 units.
// https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3, read 2026-11-29
const longest = 32_767

// written gives the XML of one cell; columns and rows count from one.
func written(column, row int, value any) (string, error) {
	format := ""
	if row == 1 {
		format = fmt.Sprintf(` s="%d"`, bold)
	}
	switch v := value.(type) {
	case nil:
		return "", nil
	case string:
		if v == "" {
			return "", nil
		}
		return fmt.Sprintf(`<c r="%s"%s t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, at(column, row), format, escaped(cellText(v))), nil
	case int:
		return fmt.Sprintf(`<c r="%s"%s><v>%d</v></c>`, at(column, row), format, v), nil
	case time.Time:
		if v.IsZero() {
			return "", nil
		}
		return fmt.Sprintf(`<c r="%s" s="%d"><v>%s</v></c>`, at(column, row), moment, serial(v)), nil
	}
	return "", fmt.Errorf("cell %s cannot hold a %T", at(column, row), value)
}

// at names a cell: B3.
func at(column, row int) string {
	letters := ""
	for ; column > 0; column = (column - 1) / 26 {
		letters = string(rune('A'+(column-1)%26)) + letters
	}
	return letters + strconv.Itoa(row)
}

// serial gives a time as spreadsheets count it: days since the end of 1899, in UTC.
func serial(t time.Time) string {
	begin := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	const day = 24 * 60 * 60
	return strconv.FormatFloat(float64(t.Unix()-begin.Unix())/day, 'f', -1, 64)
}

// literal is text that spreadsheets take for a character written as its number.
var literal = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`) })

// cellText cuts a text to what a cell holds and leaves out what XML cannot say.
func cellText(s string) string {
	units := 0
	for i, c := range s {
		if units += len16(c); units > longest {
			s = s[:i]
			break
		}
	}
	s = strings.Map(func(c rune) rune {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0xFFFE || c == 0xFFFF {
			return -1
		}
		return c
	}, s)
	return literal().ReplaceAllStringFunc(s, func(found string) string { return "_x005F" + found })
}

// len16 says how many units of UTF-16 a character takes.
func len16(c rune) int {
	if c > 0xFFFF {
		return 2
	}
	return 1
}

// escaped gives a text as it stands in XML.
func escaped(s string) string {
	var b strings.Builder
	b.Grow(len(s) + utf8.UTFMax)
	// Writing to a builder does not fail.
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}
