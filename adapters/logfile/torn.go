package logfile

import (
	"bytes"
	"strings"
)

// ending judges the end of a file. It gives how many bytes of tail to keep and
// whether a line feed has to follow them. start says that tail is the whole
// file. Only what can be a torn line of ours is not kept: the beginning of one,
// or the zeros that a loss of power leaves in place of what was not yet on the
// disk.
func ending(tail []byte, start bool) (keep int, feed bool) {
	whole := bytes.TrimRight(tail, "\x00")
	if len(whole) == 0 {
		if start {
			return 0, false
		}
		return len(tail), true
	}
	at := bytes.LastIndexByte(whole, '\n') + 1
	if at == len(whole) {
		return at, false
	}
	if at == 0 && !start {
		return len(tail), true // longer than any line of ours
	}
	last := whole[at:]
	switch _, err := Parse(last); {
	case err == nil:
		return len(whole), true
	case bytes.HasPrefix(last, []byte(opening)) || strings.HasPrefix(opening, string(last)):
		return at, false
	}
	return len(tail), true
}
