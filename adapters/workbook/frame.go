package workbook

import (
	"fmt"
	"strings"
)

// The names are those of ECMA-376, part 1 (fifth edition), and part 2 for the package:
// https://ecma-international.org/publications-and-standards/standards/ecma-376/
const (
	declaration   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	spreadsheetNS = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relationsNS   = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relationKind  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	packageNS     = "http://schemas.openxmlformats.org/package/2006/"
	contentKind   = "application/vnd.openxmlformats-officedocument."
)

// The places of cell formats in styles: zero is how a cell is without one.
const (
	bold   = 1
	moment = 2
)

const styles = `<styleSheet ` + spreadsheetNS + `>` +
	`<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd hh:mm"/></numFmts>` +
	`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
	`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
	`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
	`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
	`<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
	`<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>` +
	`<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>` +
	`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>` +
	`</styleSheet>`

// relation is one part's mention of another.
type relation struct{ kind, target string }

// relations writes the mentions of a part; they are named rId1, rId2 and so on.
func (b book) relations(name string, all ...relation) error {
	var text strings.Builder
	text.WriteString(`<Relationships xmlns="` + packageNS + `relationships">`)
	for i, r := range all {
		fmt.Fprintf(&text, `<Relationship Id="rId%d" Type="%s" Target="%s"/>`, i+1, relationKind+r.kind, r.target)
	}
	text.WriteString(`</Relationships>`)
	return b.text(name, text.String())
}

// frame writes the parts that hold the sheets together.
func (b book) frame(sheets []Sheet) error {
	var names, types strings.Builder
	related := make([]relation, 0, len(sheets)+1)
	for i, s := range sheets {
		n := i + 1
		fmt.Fprintf(&names, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escaped(s.Name), n, n)
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sspreadsheetml.worksheet+xml"/>`, n, contentKind)
		if s.Picture != nil {
			fmt.Fprintf(&types, `<Override PartName="/xl/drawings/drawing%d.xml" ContentType="%sdrawing+xml"/>`, n, contentKind)
		}
		related = append(related, relation{"worksheet", fmt.Sprintf("worksheets/sheet%d.xml", n)})
	}
	related = append(related, relation{"styles", "styles.xml"})
	for _, part := range []struct{ name, content string }{
		{"xl/workbook.xml", `<workbook ` + spreadsheetNS + ` ` + relationsNS + `><sheets>` + names.String() + `</sheets></workbook>`},
		{"xl/styles.xml", styles},
		{"[Content_Types].xml", `<Types xmlns="` + packageNS + `content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="` + contentKind + `spreadsheetml.sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="` + contentKind + `spreadsheetml.styles+xml"/>` + types.String() + `</Types>`},
	} {
		if err := b.text(part.name, part.content); err != nil {
			return err
		}
	}
	if err := b.relations("xl/_rels/workbook.xml.rels", related...); err != nil {
		return err
	}
	return b.relations("_rels/.rels", relation{"officeDocument", "xl/workbook.xml"})
}
