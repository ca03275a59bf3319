package logrow

import (
	"bytes"
	"testing"
)

// TestIsPlain puts every byte at every place of texts around a word's length.
func TestIsPlain(t *testing.T) {
	t.Parallel()
	for length := range 20 {
		for at := range length {
			for c := range 256 {
				text := bytes.Repeat([]byte{'['}, length) // beside the backslash
				text[at] = byte(c)
				if got, want := isPlain(text), c < 0x80 && c != '\\'; got != want {
					t.Fatalf("%q: %t", text, got)
				}
			}
		}
	}
}
