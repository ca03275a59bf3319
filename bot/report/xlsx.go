package report

import (
	"archive/zip"
	"fmt"
	"io"

	"legacyauth/bot/scan"
)

// sheet is the name of the only sheet of a workbook.
const sheet = "Clients"

// XLSX writes what CSV writes as an Excel workbook, every cell as text.
//
// The workbook is written part by part and not by a library: that which the tests
// read it with takes a third of the program's start.
func XLSX(w io.Writer, r scan.Result) error {
	if len(r.Findings)+1 > maxSheetRows {
		return fmt.Errorf("write XLSX: %d clients are more than a sheet can hold; take CSV", len(r.Findings))
	}
	book := zip.NewWriter(w)
	for _, p := range parts {
		if err := part(book, p.name, func(w io.Writer) error {
			_, err := io.WriteString(w, p.content)
			return err
		}); err != nil {
			return fmt.Errorf("write XLSX: %w", err)
		}
	}
	err := part(book, "xl/worksheets/sheet1.xml", func(w io.Writer) error {
		s := newSheet(w)
		s.row(columns)
		for _, f := range r.Findings {
			s.row(csvRow(client(f)))
		}
		return s.end()
	})
	if err == nil {
		err = book.Close()
	}
	if err != nil {
		return fmt.Errorf("write XLSX: %w", err)
	}
	return nil
}

func part(book *zip.Writer, name string, write func(io.Writer) error) error {
	w, err := book.Create(name)
	if err != nil {
		return err
	}
	return write(w)
}

// parts are those that any workbook of one sheet has.
// https://learn.microsoft.com/office/open-xml/spreadsheet/structure-of-a-spreadsheetml-document, read 2026-11-29
var parts = [...]struct{ name, content string }{
	{"[Content_Types].xml", declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
	{"_rels/.rels", declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + relation + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/workbook.xml", declaration + `<workbook xmlns="` + spreadsheet + `" xmlns:r="` + relation + `">` +
		`<bookViews><workbookView/></bookViews><sheets><sheet name="` + sheet + `" sheetId="1" r:id="rId1"/></sheets></workbook>`},
	{"xl/_rels/workbook.xml.rels", declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="` + relation + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
}

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relation    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)
