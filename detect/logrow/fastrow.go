package logrow

import "legacyauth/detect/logrow/rawjson"

// fast fills d.fields from a row in one pass. It gives false for anything
// unusual: the exact path then decides what the row says or what is wrong with
// it.
func (d *Decoder) fast(row []byte) bool {
	i := rawjson.Space(row, 0)
	if i >= len(row) || row[i] != '{' {
		return false
	}
	d.run.of = nil
	i = d.members(row, i+1, d.keys[outer], outer, 1)
	return i >= 0 && rawjson.Space(row, i) == len(row)
}

// members reads an object whose opening brace is at i-1, depth levels deep.
func (d *Decoder) members(b []byte, i int, m *memory, l level, depth int) int {
	if depth > rawjson.MaxDepth {
		return -1
	}
	if i = rawjson.Space(b, i); i >= len(b) {
		return -1
	}
	if b[i] == '}' {
		return i + 1
	}
	k, i := m.opening(b, i)
	for i >= 0 && i < len(b) {
		if next, at := d.restless(b, i, k, m, l); next != nil {
			k, i = next, at
			continue
		}
		s := d.seen(b, i, k, m)
		if s == nil {
			if k, i = d.member(b, i, k, m, l, depth); k == nil {
				return i
			}
			continue
		}
		for _, v := range s.says {
			d.fields.put(l, v.field, rawjson.ValueOf(b[i+v.from:i+v.to]))
		}
		if i += len(s.text); s.next == nil {
			return i
		}
		k, i = s.next, rawjson.Space(b, i)
	}
	return -1
}

// member passes the value of k, which is at i, and what follows it. It gives the
// next member and its value's place, or no member and the end of the object.
func (d *Decoder) member(b []byte, i int, k *member, m *memory, l level, depth int) (next *member, at int) {
	from := i
	if i = d.value(b, i, k, m, l, depth); i < 0 {
		return nil, -1
	}
	length := i - from
	if next, at = m.following(b, i, k); next == nil {
		if i = rawjson.Space(b, i); i >= len(b) || b[i] != '}' {
			return nil, -1
		}
		at = i + 1
	}
	if at >= 0 && k.kept() && k.values.rest == 0 && k.field != fProperties && (next == nil || next.kept()) {
		k.remember(b[from:at], length, next, m.room)
	}
	return next, at
}

// value passes the value at i of the member k and keeps it where it means
// something.
func (d *Decoder) value(b []byte, i int, k *member, m *memory, l level, depth int) int {
	switch k.field {
	case fProperties:
		return d.properties(b, i, l)
	case fStop:
		return -1
	}
	var end int
	if b[i] == '"' {
		end = rawjson.Text(b, i+1)
	} else {
		end = d.pass(b, i, k, m, depth)
	}
	if end >= 0 && k.field != fNone {
		d.fields.put(l, k.field, rawjson.ValueOf(b[i:end]))
	}
	return end
}

// properties goes into the object of a diagnostic-setting record. Some
// pipelines turn it into text, which is left to the exact path.
func (d *Decoder) properties(b []byte, i int, l level) int {
	switch {
	case l == inner || b[i] == 'n':
		return rawjson.Skip(b, i, int(l)+1)
	case b[i] == '{':
		d.fields.put(outer, fProperties, rawjson.Value{Kind: rawjson.Object})
		return d.members(b, i+1, d.keys[inner], inner, 2)
	}
	return -1
}
