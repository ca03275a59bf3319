package logrow

import "encoding/binary"

// isPlain says whether text is ASCII without a backslash, so that it stands for
// itself. It looks at eight bytes at a time.
func isPlain(text []byte) bool {
	const (
		ones  = 0x0101010101010101
		highs = 0x8080808080808080
	)
	found := uint64(0)
	for len(text) >= 8 {
		x := binary.LittleEndian.Uint64(text)
		slash := x ^ '\\'*ones // zero where a backslash is
		found |= x | (slash-ones)&^slash
		text = text[8:]
	}
	for _, c := range text {
		if c >= 0x80 || c == '\\' {
			return false
		}
	}
	return found&highs == 0
}
