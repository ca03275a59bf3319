package chart

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// The size of every picture, in pixels, and the plot in it.
const (
	width, height = 960, 360
	left, right   = 70, width - 30
	top, bottom   = 60, height - 50
	textSize      = 17
)

// The colors hold a contrast of more than 4.5 to the ground as text, and 3 as
// areas (https://www.w3.org/TR/WCAG22/#non-text-contrast, read 2026-11-29).
var (
	ground = color.RGBA{0xff, 0xff, 0xff, 0xff}
	ink    = color.RGBA{0x24, 0x29, 0x2f, 0xff}
	faint  = color.RGBA{0xd8, 0xde, 0xe4, 0xff}
	strong = color.RGBA{0x0b, 0x57, 0xd0, 0xff}
	weak   = color.RGBA{0x7c, 0x8b, 0x9c, 0xff}
	alarm  = color.RGBA{0xb3, 0x1d, 0x28, 0xff}
	area   = color.RGBA{0xdb, 0xe8, 0xfb, 0xff}
	reach  = color.RGBA{0xf7, 0xec, 0xcf, 0xff}
)

// palette are all colors of a picture, with the steps from what is written to
// the ground: a picture of few colors is drawn and packed in a tenth of the time.
var palette = func() color.Palette {
	list := color.Palette{ground, ink, faint, strong, weak, alarm, area, reach}
	const steps = 16
	for _, in := range []color.RGBA{ink, alarm} {
		for i := 1; i < steps; i++ {
			mix := func(a, b uint8) uint8 { return uint8((int(a)*i + int(b)*(steps-i)) / steps) } //nolint:gosec // between a and b
			list = append(list, color.RGBA{mix(in.R, ground.R), mix(in.G, ground.G), mix(in.B, ground.B), 0xff})
		}
	}
	return list
}()

// letters is the face that everything is written in; faces are not safe for use
// by several goroutines, so that each canvas has its own.
var letters = sync.OnceValues(func() (*opentype.Font, error) { return opentype.Parse(goregular.TTF) })

// canvas is a picture that is being drawn.
type canvas struct {
	image *image.Paletted
	face  font.Face
}

func newCanvas() (*canvas, error) {
	parsed, err := letters()
	if err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: textSize, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	c := &canvas{image.NewPaletted(image.Rect(0, 0, width, height), palette), face}
	c.rectangle(0, 0, width, height, ground)
	return c, nil
}

// png ends the drawing.
func (c *canvas) png() ([]byte, error) {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	if err := encoder.Encode(&out, c.image); err != nil {
		return nil, fmt.Errorf("write a picture: %w", err)
	}
	return out.Bytes(), c.face.Close()
}

func (c *canvas) rectangle(x0, y0, x1, y1 int, in color.RGBA) {
	index := uint8(palette.Index(in)) //nolint:gosec // fewer than 256
	r := image.Rect(x0, y0, x1, y1).Intersect(c.image.Bounds())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := c.image.Pix[c.image.PixOffset(r.Min.X, y):c.image.PixOffset(r.Max.X, y)]
		for x := range row {
			row[x] = index
		}
	}
}

// write puts words at a place: at is where they begin (0), have their middle
// (0.5) or end (1).
func (c *canvas) write(words string, x, y int, at float64, in color.RGBA) {
	d := font.Drawer{Dst: c.image, Src: image.NewUniform(in), Face: c.face}
	d.Dot = fixed.P(x, y)
	d.Dot.X -= fixed.Int26_6(at * float64(d.MeasureString(words)))
	d.DrawString(words)
}

func (c *canvas) long(words string) int { return font.MeasureString(c.face, words).Ceil() }

// upright draws a vertical line of dashes.
func (c *canvas) upright(x int, in color.RGBA) {
	for y := top; y < bottom; y += 10 {
		c.rectangle(x-1, y, x+2, min(y+6, bottom), in)
	}
}
