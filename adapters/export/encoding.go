package export

import "unicode/utf8"

// windows1252 says whether the start of a text is Windows-1252, in which
// spreadsheets save CSV: it has bytes that are no UTF-8 and no character of
// several bytes that is. A character that the end of head may cut counts for
// neither.
func windows1252(head []byte) bool {
	invalid := false
	for i := 0; i < len(head); {
		if head[i] < utf8.RuneSelf {
			i++
			continue
		}
		if !utf8.FullRune(head[i:]) {
			break
		}
		r, n := utf8.DecodeRune(head[i:])
		if n > 1 {
			return false
		}
		invalid = invalid || r == utf8.RuneError
		i += n
	}
	return invalid
}
