package logrow

import "legacyauth/detect/logrow/rawjson"

// told remembers what a few values came to, for the rows that say the same.
type told[T any] struct{ slots [16]meaning[T] }

type meaning[T any] struct {
	kind rawjson.Kind
	raw  []byte
	is   T
}

func (t *told[T]) slot(v rawjson.Value) *meaning[T] { return &t.slots[len(v.Raw)%len(t.slots)] }

// of gives what v came to; false when that is not remembered.
func (t *told[T]) of(v rawjson.Value) (is T, ok bool) {
	s := t.slot(v)
	if v.Kind == rawjson.Null || s.kind != v.Kind || string(s.raw) != string(v.Raw) {
		return is, false
	}
	return s.is, true
}

// keep remembers what v came to, which must hang on v alone.
func (t *told[T]) keep(v rawjson.Value, is T) {
	if len(v.Raw) > longestTold {
		return
	}
	s := t.slot(v)
	*s = meaning[T]{v.Kind, append(s.raw[:0], v.Raw...), is}
}

const longestTold = 1 << 10
