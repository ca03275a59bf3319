package terminal

import (
	"strings"

	"legacyauth/playbooks/card"
)

// atom is text that a line does not break inside.
type atom struct {
	pieces []piece
	width  int
	spaced bool // a space stands before it
}

func (a *atom) add(text string, s style) {
	a.width += columns(text)
	if n := len(a.pieces); n > 0 && a.pieces[n-1].style == s {
		a.pieces[n-1].text += text
		return
	}
	a.pieces = append(a.pieces, piece{text, s})
}

// wrap breaks a line at its spaces, and between wide characters, so that each
// part takes at most limit columns. A word that is longer is broken, unless it
// is an address, which has to stay whole to be copied. A limit of 0 or less
// breaks nothing.
func wrap(line []piece, limit int) [][]piece {
	if limit <= 0 {
		return [][]piece{line}
	}
	var lines [][]piece
	var now []piece
	used := 0
	for _, a := range atoms(line, limit) {
		space := 0
		if a.spaced && used > 0 {
			space = 1
		}
		if used > 0 && used+space+a.width > limit {
			lines, now, used, space = append(lines, now), nil, 0, 0
		}
		if space > 0 {
			s := plain
			if last := now[len(now)-1].style; last == a.pieces[0].style {
				s = last
			}
			now = append(now, piece{" ", s})
		}
		now = append(now, a.pieces...)
		used += space + a.width
	}
	return append(lines, now)
}

// atoms splits a line at spaces and around wide characters, and what is longer
// than limit into parts that are not.
func atoms(line []piece, limit int) []atom {
	var all []atom
	var now atom
	flush := func(spaced bool) {
		if now.width > limit && !isAddress(now) {
			all = append(all, now.broken(limit)...)
		} else if len(now.pieces) > 0 {
			all = append(all, now)
		}
		now = atom{spaced: spaced || len(now.pieces) == 0 && now.spaced}
	}
	for _, p := range line {
		for c := range card.Clusters(p.text) {
			switch {
			case c == " ":
				flush(true)
			case clusterColumns(c) == 2:
				flush(false)
				now.add(c, p.style)
				flush(false)
			default:
				now.add(c, p.style)
			}
		}
	}
	flush(false)
	return all
}

func (a atom) broken(limit int) []atom {
	var parts []atom
	now := atom{spaced: a.spaced}
	for _, p := range a.pieces {
		for c := range card.Clusters(p.text) {
			if now.width+clusterColumns(c) > limit && now.width > 0 {
				parts, now = append(parts, now), atom{}
			}
			now.add(c, p.style)
		}
	}
	return append(parts, now)
}

func isAddress(a atom) bool {
	for _, p := range a.pieces {
		if strings.Contains(p.text, "://") {
			return true
		}
	}
	return false
}
