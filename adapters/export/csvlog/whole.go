package csvlog

import "bytes"

// whole gives the length of the whole records text starts with. A record is
// whole when its line end is there. Only quotes and line ends are looked at: a
// quote opens a cell when it is the cell's first character, and is text elsewhere.
func whole(text []byte, comma byte) int {
	length, i := 0, 0
	quote, line := -1, -1
	for {
		if line < i {
			if line = index(text, i, '\n'); line < 0 {
				return length
			}
		}
		if quote < i {
			if quote = index(text, i, '"'); quote < 0 {
				quote = len(text)
			}
		}
		switch {
		case quote > line:
			i = line + 1
			length = i
		case quote == length || text[quote-1] == comma:
			// A quote at the very end of the text may be half of a doubled one:
			// then no line end follows it.
			if i, _ = closing(text, quote+1); i < 0 {
				return length
			}
		default:
			i = quote + 1
		}
	}
}

// index is bytes.IndexByte from i on.
func index(text []byte, i int, c byte) int {
	n := bytes.IndexByte(text[i:], c)
	if n < 0 {
		return -1
	}
	return i + n
}
