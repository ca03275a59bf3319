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
	i = d.members(row, i+1, outer)
	return i >= 0 && rawjson.Space(row, i) == len(row)
}

// members reads an object whose opening brace is at i-1.
func (d *Decoder) members(b []byte, i int, l level) int {
	keys := &d.keys[l]
	last := none
	i = rawjson.Space(b, i)
	if i < len(b) && b[i] == '}' {
		return i + 1
	}
	for {
		if i >= len(b) || b[i] != '"' {
			return -1
		}
		i++
		var at field
		if n := keys.after(last); n < len(keys.known) && hasPrefix(b[i:], keys.known[n].name) {
			at, last = keys.known[n].field, n
			i = rawjson.Space(b, i+len(keys.known[n].name))
		} else if at, last, i = keys.find(b, i, last); i < 0 {
			return -1
		}
		switch at {
		case fNone:
			i = rawjson.Skip(b, i, int(l)+1)
		case fProperties:
			i = d.properties(b, i, l)
		default:
			var v rawjson.Value
			if v, i = rawjson.Take(b, i, int(l)+1); i >= 0 {
				d.fields.put(l, at, v)
			}
		}
		if i < 0 {
			return -1
		}
		// rawjson.Next is not called: this is where the time goes.
		if i = rawjson.Space(b, i); i >= len(b) {
			return -1
		}
		switch b[i] {
		case ',':
			i = rawjson.Space(b, i+1)
		case '}':
			return i + 1
		default:
			return -1
		}
	}
}

// properties goes into the object of a diagnostic-setting record. Some
// pipelines turn it into text, which is left to the exact path.
func (d *Decoder) properties(b []byte, i int, l level) int {
	switch {
	case l == inner || i >= len(b) || b[i] == 'n':
		return rawjson.Skip(b, i, int(l)+1)
	case b[i] == '{':
		d.fields.put(outer, fProperties, rawjson.Value{Kind: rawjson.Object})
		return d.members(b, i+1, inner)
	}
	return -1
}
