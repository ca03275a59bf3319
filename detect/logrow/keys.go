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

// key reads the key at i, after its opening quote, as the successor of the key
// numbered after. It gives the index of the value, -1 for a key that does not end,
// holds an escape or lacks its colon.
func (m *keyMemory) key(b []byte, i, after int) (at field, number, value int) {
	expected := 0
	if after != none {
		expected = m.known[after].next
	}
	if expected < len(m.known) {
		k := &m.known[expected]
		if end := i + len(k.name); end <= len(b) && string(b[i:end]) == k.name {
			return k.field, expected, rawjson.Space(b, end)
		}
	}
	n := bytes.IndexByte(b[i:], '"')
	if n < 0 || bytes.IndexByte(b[i:i+n], '\\') >= 0 {
		return fNone, none, -1
	}
	at, number = m.find(b[i:i+n], after)
	return at, number, rawjson.Colon(b, i+n+1)
}

func (m *keyMemory) find(key []byte, after int) (field, int) {
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
	if after != none {
		m.known[after].next = n
	}
	return m.known[n].field, n
}
