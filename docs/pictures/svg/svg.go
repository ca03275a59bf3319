// Package svg draws lines of a terminal, with their colors, as an SVG picture.
package svg

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"regexp"
	"strings"
)

const (
	cell   = 8.4 // width of a character, in pixels
	rise   = 19  // height of a line
	margin = 18
	bar    = 30 // height of the window's bar
)

// escape matches ANSI's "select graphic rendition".
var escape = regexp.MustCompile("\x1b\\[([0-9;]*)m")

// Plain gives a line without its colors.
func Plain(line string) string { return escape.ReplaceAllString(line, "") }

// looks leads from a code to the attributes of the text.
var looks = map[string]string{
	"1":    ` font-weight="bold" fill="#ffffff"`,
	"3":    ` font-style="italic"`,
	"4":    ` text-decoration="underline"`,
	"36":   ` fill="#79c0ff"`,
	"1;31": ` font-weight="bold" fill="#ff7b72"`,
	"1;32": ` font-weight="bold" fill="#7ee787"`,
	"1;33": ` font-weight="bold" fill="#e3b341"`,
}

// Draw gives the picture of a window that is as wide as its longest line.
func Draw(lines []string) []byte {
	columns := 80
	for _, line := range lines {
		columns = max(columns, len([]rune(Plain(line))))
	}
	width := float64(columns)*cell + 2*margin
	height := bar + len(lines)*rise + margin
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%d" viewBox="0 0 %.0f %d" role="img">`+"\n", width, height, width, height)
	b.WriteString(`<rect width="100%" height="100%" rx="8" fill="#0d1117"/>` + "\n")
	for i, color := range []string{"#ff5f56", "#ffbd2e", "#27c93f"} {
		fmt.Fprintf(&b, `<circle cx="%d" cy="15" r="5" fill="%s"/>`+"\n", margin+i*16, color)
	}
	b.WriteString(`<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#c9d1d9" xml:space="preserve">` + "\n")
	for i, line := range lines {
		drawLine(&b, line, bar+(i+1)*rise-4)
	}
	b.WriteString("</g>\n</svg>\n")
	return b.Bytes()
}

// drawLine places each run of one color at its column, so that columns line up
// in every font.
func drawLine(b *bytes.Buffer, line string, y int) {
	column, look := 0, ""
	run := func(text string) {
		if n := len([]rune(text)); n > 0 {
			if strings.TrimSpace(text) != "" {
				fmt.Fprintf(b, `<text x="%.1f" y="%d" textLength="%.1f"%s>`, margin+float64(column)*cell, y, float64(n)*cell, look)
				_ = xml.EscapeText(b, []byte(text))
				b.WriteString("</text>\n")
			}
			column += n
		}
	}
	at := 0
	for _, m := range escape.FindAllStringSubmatchIndex(line, -1) {
		run(line[at:m[0]])
		look, at = looks[line[m[2]:m[3]]], m[1]
	}
	run(line[at:])
}
