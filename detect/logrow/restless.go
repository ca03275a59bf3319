package logrow

import "legacyauth/detect/logrow/rawjson"

// restless passes a member that never says the same, such as an id or a time, when
// its value at i is text and the usual member follows. It gives that and its
// value's place, or nothing for any other member.
func (d *Decoder) restless(b []byte, i int, k *member, m *memory, l level) (next *member, at int) {
	next = k.next
	if k.values.rest == 0 || next == nil || b[i] != '"' || k.field == fProperties || k.field == fStop {
		return nil, 0
	}
	end := rawjson.Text(b, i+1)
	if end < 0 || !hasPrefix(b[end:], next.name) {
		return nil, 0
	}
	k.values.rest--
	d.run.end(b, i, k, m.room)
	if k.field != fNone {
		d.fields.put(l, k.field, rawjson.Value{Kind: rawjson.String, Raw: b[i+1 : end-1]})
	}
	return next, rawjson.Space(b, end+len(next.name))
}
