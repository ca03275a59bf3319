package logrow

import "legacyauth/detect/logrow/rawjson"

// pass skips the value at i of a member that means nothing here: it need only be
// JSON. Objects inside it have a memory of their own, as many of them carry a
// time or an id beside what every row says.
func (d *Decoder) pass(b []byte, i int, k *member, m *memory, depth int) int {
	if b[i] != '{' && b[i] != '[' || !k.kept() {
		return rawjson.Skip(b, i, depth)
	}
	if k.within == nil {
		k.within = newMemory(m.room)
	}
	if b[i] == '{' {
		return d.members(b, i+1, k.within, outer, depth+1)
	}
	return d.elements(b, i+1, k.within, depth+1)
}

// elements passes an array whose opening bracket is at i-1 and whose objects m
// knows.
func (d *Decoder) elements(b []byte, i int, m *memory, depth int) int {
	if depth > rawjson.MaxDepth {
		return -1
	}
	if i = rawjson.Space(b, i); i < len(b) && b[i] == ']' {
		return i + 1
	}
	for more := true; more; {
		if i < len(b) && b[i] == '{' {
			i = d.members(b, i+1, m, outer, depth+1)
		} else {
			i = rawjson.Skip(b, i, depth)
		}
		if i < 0 {
			return -1
		}
		i, more = rawjson.Next(b, i, ']')
	}
	return i
}
