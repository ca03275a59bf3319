package rawjson

import "bytes"

// Text passes a string whose opening quote is at i-1.
func Text(b []byte, i int) int {
	from := i
	for {
		n := bytes.IndexByte(b[i:], '"')
		if n < 0 {
			return -1
		}
		i += n + 1
		if n == 0 || b[i-2] != '\\' || escapes(b[from:i-1])&1 == 0 {
			return i
		}
	}
}

// escapes counts the backslashes at the end of b.
func escapes(b []byte) int {
	n := 0
	for n < len(b) && b[len(b)-1-n] == '\\' {
		n++
	}
	return n
}
