package logrow

import (
	"bytes"

	"legacyauth/detect/logrow/rawjson"
)

// keyMemory learns the keys of a log in the order rows carry them, so that a
// key is mostly recognized by comparing it with the one expected next.
type keyMemory struct {
	known []knownKey
	index map[string]int
}

type knownKey struct {
	name  string // with the quote and the colon after it
	field field
	next  int // the key that followed last time, as an index into known
}

// maxKnown bounds the memory for logs whose keys are data.
const maxKnown = 1024

// none is the number of a key that is not kept.
const none = -1

// after is the number of the key that followed the one numbered n last time; it
// may be of none yet.
func (m *keyMemory) after(n int) int {
	if n == none {
		return 0
	}
	return m.known[n].next
}

func hasPrefix(b []byte, s string) bool { return len(b) >= len(s) && string(b[:len(s)]) == s }

// find reads the key at i, after its opening quote, as the successor of the key
// numbered last. It gives the index of the value, -1 for a key that does not end,
// holds an escape or lacks its colon.
func (m *keyMemory) find(b []byte, i, last int) (at field, number, value int) {
	n := bytes.IndexByte(b[i:], '"')
	if n < 0 || bytes.IndexByte(b[i:i+n], '\\') >= 0 {
		return fNone, none, -1
	}
	at, number = m.learn(b[i:i+n], last)
	return at, number, rawjson.Colon(b, i+n+1)
}

func (m *keyMemory) learn(key []byte, last int) (field, int) {
	n, ok := m.index[string(key)]
	if !ok {
		f := named(key)
		if len(m.known) >= maxKnown || len(key) > 128 {
			return f, none
		}
		if m.index == nil {
			m.index = map[string]int{}
		}
		n = len(m.known)
		m.known = append(m.known, knownKey{name: string(key) + `":`, field: f})
		m.index[string(key)] = n
	}
	if last != none {
		m.known[last].next = n
	}
	return m.known[n].field, n
}
