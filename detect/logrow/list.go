package logrow

import "legacyauth/detect/logrow/rawjson"

// values takes the values of an array into d.list, in one pass when its JSON is
// plain.
func (d *Decoder) values(row []byte) *Fault {
	d.list = d.list[:0]
	if !d.plain && rawjson.Skip(row, 0, 0) == len(row) {
		if row[0] != '[' {
			return &Fault{Cause: errNotList}
		}
		rawjson.Elements(row, func(v rawjson.Value) bool {
			d.list = append(d.list, v)
			return true
		})
		return nil
	}
	r := rawjson.Reader(row)
	if r.PeekKind() != '[' {
		return instead(r, errNotList)
	}
	if _, err := r.ReadToken(); err != nil {
		return fault(r, err)
	}
	for r.PeekKind() != ']' {
		raw, err := r.ReadValue()
		if err != nil {
			return fault(r, err)
		}
		d.list = append(d.list, rawjson.Copy(raw))
	}
	if _, err := r.ReadToken(); err != nil {
		return fault(r, err)
	}
	return ended(r)
}
