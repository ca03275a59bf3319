package terminal

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"legacyauth/playbooks/card"
)

// columns measures text as a terminal shows it: a wide character counts two, a
// mark on another none.
func columns(s string) int {
	n := 0
	for c := range card.Clusters(s) {
		n += clusterColumns(c)
	}
	return n
}

// clusterColumns measures one cluster by its widest rune; a flag is two letters
// in one picture.
func clusterColumns(cluster string) int {
	widest, letters := 0, 0
	for _, r := range cluster {
		n := 1
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n = 2
		}
		if unicode.In(r, unicode.Mn, unicode.Me) {
			n = 0
		}
		if r >= 0x1F1E6 && r <= 0x1F1FF {
			letters++
		}
		widest = max(widest, n)
	}
	return max(widest, letters)
}

// shorten cuts pieces to a number of columns; what it cuts ends in an ellipsis.
func shorten(line []piece, limit int) []piece {
	if lineColumns(line) <= limit {
		return line
	}
	var kept []piece
	room := limit - 1 // for the ellipsis
	for _, p := range line {
		end := 0
		for c := range card.Clusters(p.text) {
			if room -= clusterColumns(c); room < 0 {
				break
			}
			end += len(c)
		}
		if end > 0 {
			kept = append(kept, piece{p.text[:end], p.style})
		}
		if room < 0 {
			break
		}
	}
	if n := len(kept); n > 0 {
		kept[n-1].text = strings.TrimRight(kept[n-1].text, " ")
	}
	if limit < 1 {
		return nil
	}
	return append(kept, piece{text: "…"})
}

// lineColumns measures a line of pieces.
func lineColumns(line []piece) int {
	n := 0
	for _, p := range line {
		n += columns(p.text)
	}
	return n
}
