package workbook

import (
	"bytes"
	"fmt"
	"image/png"
)

// Picture is a PNG that stands over cells.
type Picture struct {
	// Column and Row are the cell where it begins, counted from one.
	Column, Row int
	PNG         []byte
	// Alt is what somebody hears who does not see it.
	Alt string
	// Percent is how large it is shown.
	Percent int
}

// perPixel is how many English metric units a pixel takes at 96 dots an inch.
const perPixel = 9525

// picture writes the drawing of sheet n.
func (b book) picture(n int, p Picture) error {
	size, err := png.DecodeConfig(bytes.NewReader(p.PNG))
	if err != nil {
		return fmt.Errorf("read the picture: %w", err)
	}
	long := func(pixels int) int { return pixels * perPixel * p.Percent / 100 }
	const drawingML = "http://schemas.openxmlformats.org/drawingml/2006/"
	drawing := fmt.Sprintf(`<xdr:wsDr xmlns:xdr="`+drawingML+`spreadsheetDrawing" xmlns:a="`+drawingML+`main" `+relationsNS+`>`+
		`<xdr:oneCellAnchor><xdr:from><xdr:col>%d</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%d</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>`+
		`<xdr:ext cx="%d" cy="%d"/>`+
		`<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Picture 1" descr="%s"/><xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr>`+
		`<xdr:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>`+
		`<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr>`+
		`</xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>`,
		p.Column-1, p.Row-1, long(size.Width), long(size.Height), escaped(p.Alt), long(size.Width), long(size.Height))
	if err := b.text(fmt.Sprintf("xl/drawings/drawing%d.xml", n), drawing); err != nil {
		return err
	}
	if err := b.relations(fmt.Sprintf("xl/worksheets/_rels/sheet%d.xml.rels", n), relation{"drawing", fmt.Sprintf("../drawings/drawing%d.xml", n)}); err != nil {
		return err
	}
	if err := b.relations(fmt.Sprintf("xl/drawings/_rels/drawing%d.xml.rels", n), relation{"image", fmt.Sprintf("../media/image%d.png", n)}); err != nil {
		return err
	}
	out, err := b.parts.Create(fmt.Sprintf("xl/media/image%d.png", n))
	if err != nil {
		return err
	}
	_, err = out.Write(p.PNG)
	return err
}
