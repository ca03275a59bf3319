package logrow

import "legacyauth/detect/logrow/rawjson"

// level tells the outer object of a diagnostic-setting record from its
// properties. Other rows have only the outer one.
type level uint8

const (
	outer level = iota
	inner
)

// fields holds the values of one row.
type fields struct {
	set    [2]uint64
	values [2][nFields]rawjson.Value
}

func (f *fields) clear() { f.set = [2]uint64{} }

// put keeps v; of a repeated key the last value that is not null counts.
func (f *fields) put(l level, at field, v rawjson.Value) {
	bit := uint64(1) << at
	if f.set[l]&bit != 0 && v.Kind == rawjson.Null {
		return
	}
	f.set[l] |= bit
	f.values[l][at] = v
}

// has says whether the row has the key, be it null.
func (f *fields) has(at field) bool { return (f.set[outer]|f.set[inner])>>at&1 != 0 }

// get gives the value of properties when there is one that is not null, else
// the outer one; null when the row has neither.
func (f *fields) get(at field) rawjson.Value {
	bit := uint64(1) << at
	if f.set[inner]&bit != 0 && f.values[inner][at].Kind != rawjson.Null {
		return f.values[inner][at]
	}
	if f.set[outer]&bit != 0 {
		return f.values[outer][at]
	}
	return rawjson.Value{}
}
