package csvlog

import "bytes"

// whole gives the length of the whole records text starts with. A record is
// whole when its line end is there.
func whole(text []byte, comma byte) int {
	i, length := 0, 0
	for i < len(text) {
		end := bytes.IndexByte(text[i:], '\n')
		if end < 0 {
			return length
		}
		if i == length && bytes.IndexByte(text[i:i+end], '"') < 0 {
			i += end + 1
			length = i
			continue
		}
		// A quote at the very end of the text may be half of a doubled one, so a
		// cell is passed only with what ends it.
		if text[i] == '"' {
			if i, _ = closing(text, i+1); i < 0 {
				return length
			}
		}
		if i = stop(text, i, comma) + 1; i > len(text) {
			return length
		}
		if text[i-1] == '\n' {
			length = i
		}
	}
	return length
}
