package export

import "bytes"

// keyMemory learns the keys of a log in the order rows carry them, so that a
// key is mostly recognized by comparing it with the one expected next.
type keyMemory struct {
	known []knownKey
	index map[string]int
}

type knownKey struct {
	name  string
	field field
	next  int // the key that followed last time, as an index into known
}

// maxKnown bounds the memory for logs whose keys are data.
const maxKnown = 1024

// find recognizes key as the successor of the key numbered after. It gives -1
// for the number of a key that is not kept.
func (m *keyMemory) find(key []byte, after int) (field, int) {
	n, ok := m.index[string(key)]
	if !ok {
		f := named(key)
		if len(m.known) >= maxKnown || len(key) > 128 {
			return f, -1
		}
		if m.index == nil {
			m.index = map[string]int{}
		}
		n = len(m.known)
		m.known = append(m.known, knownKey{name: string(key), field: f})
		m.index[m.known[n].name] = n
	}
	if after >= 0 {
		m.known[after].next = n
	}
	return m.known[n].field, n
}

// fast fills f from a row in one pass. It gives false for anything unusual: the
// exact path then decides what the row says or what is wrong with it.
func (d *decoder) fast(row []byte, f *fields) bool {
	i := space(row, 0)
	if i >= len(row) || row[i] != '{' {
		return false
	}
	i = d.members(row, i+1, outer, f)
	return i >= 0 && space(row, i) == len(row)
}

// members reads an object whose opening brace is at i-1.
func (d *decoder) members(b []byte, i int, l level, f *fields) int {
	m := &d.keys[l]
	last := -1
	i = space(b, i)
	if i < len(b) && b[i] == '}' {
		return i + 1
	}
	for {
		if i >= len(b) || b[i] != '"' {
			return -1
		}
		i++
		var at field
		expected := 0
		if last >= 0 {
			expected = m.known[last].next
		}
		if expected < len(m.known) && hasKey(b, i, m.known[expected].name) {
			at, last = m.known[expected].field, expected
			i += len(m.known[expected].name) + 1
		} else {
			n := bytes.IndexByte(b[i:], '"')
			if n < 0 || bytes.IndexByte(b[i:i+n], '\\') >= 0 {
				return -1
			}
			at, last = m.find(b[i:i+n], last)
			i += n + 1
		}
		if i = space(b, i); i >= len(b) || b[i] != ':' {
			return -1
		}
		if i = space(b, i+1); i >= len(b) {
			return -1
		}
		switch at {
		case fNone:
			i = skip(b, i, int(l)+1)
		case fProperties:
			i = d.properties(b, i, l, f)
		default:
			var v value
			if v, i = take(b, i, int(l)+1); i >= 0 {
				f.put(l, at, v)
			}
		}
		if i < 0 {
			return -1
		}
		if i = space(b, i); i >= len(b) {
			return -1
		}
		switch b[i] {
		case ',':
			i = space(b, i+1)
		case '}':
			return i + 1
		default:
			return -1
		}
	}
}

// properties goes into the object of a diagnostic-setting record. Some
// pipelines turn it into text, which is left to the exact path.
func (d *decoder) properties(b []byte, i int, l level, f *fields) int {
	switch {
	case l == inner:
		return skip(b, i, int(l)+1)
	case b[i] == '{':
		f.put(outer, fProperties, value{kind: vObject})
		return d.members(b, i+1, inner, f)
	case b[i] == 'n':
		return word(b, i, "null")
	}
	return -1
}

// hasKey says whether name and a quote stand at i.
func hasKey(b []byte, i int, name string) bool {
	end := i + len(name)
	return end < len(b) && b[end] == '"' && string(b[i:end]) == name
}
