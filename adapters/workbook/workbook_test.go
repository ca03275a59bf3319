package workbook_test

import (
	"bytes"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"legacyauth/adapters/workbook"
)

// opened writes sheets and opens them as another program does.
func opened(t *testing.T, sheets ...workbook.Sheet) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	if err := workbook.Write(&b, sheets...); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	return book
}

func rows(rows ...[]any) func(func([]any) bool) { return slices.Values(rows) }

func TestCellsAreWhatTheyWere(t *testing.T) {
	t.Parallel()
	wide := make([]any, 703)
	wide[25], wide[26], wide[701], wide[702] = "z", "aa", "zz", "aaa"
	book := opened(t,
		workbook.Sheet{Name: "A & B", Widths: []int{12, 40}, Rows: rows(
			[]any{"text", "number", "time", "nothing"},
			[]any{"=1+1", 28, time.Date(2026, 11, 2, 8, 14, 0, 0, time.FixedZone("", 3600)), nil},
			[]any{"", -1, time.Time{}, "_x0041_ a_x004_ _x00e9_"},
		)},
		workbook.Sheet{Name: "Wide", Rows: rows(wide)},
	)
	if diff := cmp.Diff([]string{"A & B", "Wide"}, book.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	for _, c := range []struct {
		sheet, cell, want string
		kind              excelize.CellType
	}{
		{"A & B", "A1", "text", excelize.CellTypeInlineString},
		{"A & B", "A2", "=1+1", excelize.CellTypeInlineString},
		{"A & B", "B2", "28", excelize.CellTypeUnset},
		{"A & B", "C2", "2026-11-02 07:14", excelize.CellTypeUnset},
		{"A & B", "A3", "", excelize.CellTypeUnset},
		{"A & B", "B3", "-1", excelize.CellTypeUnset},
		{"A & B", "C3", "", excelize.CellTypeUnset},
		{"A & B", "D3", "_x0041_ a_x004_ _x00e9_", excelize.CellTypeInlineString},
		{"Wide", "Z1", "z", excelize.CellTypeInlineString},
		{"Wide", "AA1", "aa", excelize.CellTypeInlineString},
		{"Wide", "ZZ1", "zz", excelize.CellTypeInlineString},
		{"Wide", "AAA1", "aaa", excelize.CellTypeInlineString},
	} {
		got, err := book.GetCellValue(c.sheet, c.cell)
		if err != nil || got != c.want {
			t.Errorf("%s %s is %q, want %q (%v)", c.sheet, c.cell, got, c.want, err)
		}
		if kind, err := book.GetCellType(c.sheet, c.cell); err != nil || kind != c.kind {
			t.Errorf("%s %s is of type %d, want %d (%v)", c.sheet, c.cell, kind, c.kind, err)
		}
		if formula, err := book.GetCellFormula(c.sheet, c.cell); err != nil || formula != "" {
			t.Errorf("%s %s holds the formula %q (%v)", c.sheet, c.cell, formula, err)
		}
	}
	if width, err := book.GetColWidth("A & B", "B"); err != nil || width != 40 {
		t.Errorf("column B is %v wide, want 40 (%v)", width, err)
	}
}

func TestHeadIsBoldAndStaysInSight(t *testing.T) {
	t.Parallel()
	book := opened(t, workbook.Sheet{Name: "One", Rows: rows([]any{"head"}, []any{"row"})})
	for cell, want := range map[string]bool{"A1": true, "A2": false} {
		id, err := book.GetCellStyle("One", cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := book.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if got := style.Font != nil && style.Font.Bold; got != want {
			t.Errorf("%s is bold: %v, want %v", cell, got, want)
		}
	}
	if panes, err := book.GetPanes("One"); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
}

func TestPictureStandsWhereItIsPut(t *testing.T) {
	t.Parallel()
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, image.NewGray(image.Rect(0, 0, 200, 100))); err != nil {
		t.Fatal(err)
	}
	book := opened(t,
		workbook.Sheet{Name: "Without", Rows: rows([]any{"x"})},
		workbook.Sheet{Name: "With", Rows: rows([]any{"x"}), Picture: &workbook.Picture{Column: 4, Row: 5, PNG: drawn.Bytes(), Alt: `"left" < 3`, Percent: 50}},
	)
	for sheet, want := range map[string]int{"Without": 0, "With": 1} {
		pictures, err := book.GetPictures(sheet, "D5")
		if err != nil || len(pictures) != want {
			t.Fatalf("%s: %d pictures, want %d (%v)", sheet, len(pictures), want, err)
		}
		for _, p := range pictures {
			if !bytes.Equal(p.File, drawn.Bytes()) || p.Format.AltText != `"left" < 3` {
				t.Errorf("%d bytes, alt %q", len(p.File), p.Format.AltText)
			}
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sheet workbook.Sheet
		want  string
	}{
		"a kind of cell": {workbook.Sheet{Name: "One", Rows: rows([]any{"a", 1.5})}, "write sheet One: cell B1 cannot hold a float64"},
		"no picture":     {workbook.Sheet{Name: "One", Rows: rows(), Picture: &workbook.Picture{PNG: []byte("GIF89a")}}, "write sheet One: read the picture: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			if err := workbook.Write(&b, c.sheet); err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("%v, want %s…", err, c.want)
			}
		})
	}
}
