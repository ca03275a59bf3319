package report

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"legacyauth/bot/scan"
)

// sheet is the name of the only sheet of a workbook.
const sheet = "Clients"

// XLSX writes what CSV writes as an Excel workbook, every cell as text.
func XLSX(w io.Writer, r scan.Result) (err error) {
	book := excelize.NewFile()
	defer func() {
		if closed := book.Close(); err == nil {
			err = closed
		}
		if err != nil {
			err = fmt.Errorf("write XLSX: %w", err)
		}
	}()
	if err := book.SetSheetName(book.GetSheetName(0), sheet); err != nil {
		return err
	}
	out, err := book.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	row := func(n int, cells []string) error {
		values := make([]any, len(cells))
		for i, c := range cells {
			values[i] = c
		}
		return out.SetRow(fmt.Sprintf("A%d", n), values)
	}
	if err := row(1, columns); err != nil {
		return err
	}
	for i, f := range r.Findings {
		if err := row(i+2, csvRow(client(f))); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return book.Write(w)
}
