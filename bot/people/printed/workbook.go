package printed

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"legacyauth/adapters/chat"
	"legacyauth/bot/report"
)

// xlsx gives the tables as the sheets of a workbook, with the picture and its
// sentence beside the figures. Numbers and times are such.
func (r Report) xlsx() (files []chat.File, err error) {
	book := excelize.NewFile()
	defer func() {
		if closed := book.Close(); err == nil {
			err = closed
		}
		if err != nil {
			err = fmt.Errorf("write the workbook: %w", err)
		}
	}()
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return nil, err
	}
	format := "yyyy-mm-dd hh:mm"
	moments, err := book.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return nil, err
	}
	for i, t := range r.tables() {
		sheet := strings.ToUpper(t.name[:1]) + t.name[1:]
		if i == 0 {
			err = book.SetSheetName(book.GetSheetName(0), sheet)
		} else {
			_, err = book.NewSheet(sheet)
		}
		if err == nil {
			err = fill(book, sheet, t, bold, moments)
		}
		if err == nil && i == 0 {
			err = r.beside(book, sheet)
		}
		if err != nil {
			return nil, fmt.Errorf("sheet %s: %w", sheet, err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		return nil, err
	}
	return []chat.File{{Name: r.name() + ".xlsx", Type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Data: b.Bytes()}}, nil
}

// fill writes a table into a sheet, its head fixed and filterable.
func fill(book *excelize.File, sheet string, t table, bold, moments int) error {
	widths := make([]int, len(t.head))
	set := func(row, column int, value any, long int) error {
		cell, err := excelize.CoordinatesToCellName(column+1, row)
		if err != nil {
			return err
		}
		widths[column] = max(widths[column], long)
		if v, ok := value.(time.Time); ok {
			if v.IsZero() {
				return nil
			}
			if err := book.SetCellStyle(sheet, cell, cell, moments); err != nil {
				return err
			}
			return book.SetCellValue(sheet, cell, v.UTC())
		}
		if v, ok := value.(string); ok {
			return book.SetCellStr(sheet, cell, report.Inert(v))
		}
		return book.SetCellValue(sheet, cell, value)
	}
	for i, name := range t.head {
		if err := set(1, i, name, len(name)); err != nil {
			return err
		}
	}
	for n, row := range t.rows {
		for i, value := range row {
			long := 16
			if v, ok := value.(string); ok {
				long = len([]rune(v))
			}
			if err := set(n+2, i, value, long); err != nil {
				return err
			}
		}
	}
	last, err := excelize.CoordinatesToCellName(len(t.head), 1)
	if err != nil {
		return err
	}
	if err := book.SetCellStyle(sheet, "A1", last, bold); err != nil {
		return err
	}
	for i, w := range widths {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := book.SetColWidth(sheet, column, column, float64(min(w, 60)+2)); err != nil {
			return err
		}
	}
	return book.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// beside puts the picture and what it says beside the figures.
func (r Report) beside(book *excelize.File, sheet string) error {
	for i, words := range []string{r.Sentence(), Known} {
		if err := book.SetCellStr(sheet, fmt.Sprintf("D%d", i+1), words); err != nil {
			return err
		}
	}
	picture, err := r.Picture()
	if err != nil {
		return err
	}
	return book.AddPictureFromBytes(sheet, "D4", &excelize.Picture{
		Extension: ".png", File: picture.Data, Format: &excelize.GraphicOptions{AltText: picture.Alt, ScaleX: 0.8, ScaleY: 0.8},
	})
}
