package rawjson

import (
	"bytes"
	"errors"
	"io"
)

// Pick reads up to four members of an object by their lower-cased names, in
// their order; of a repeated one the last that is not null counts. The object
// starts at its brace. It gives false when that is not JSON.
func Pick(object []byte, names *[4]string) (got [4]Value, ok bool) {
	if got, ok = pickFast(object, names); ok {
		return got, true
	}
	return PickPlain(object, names)
}

func pickFast(b []byte, names *[4]string) (got [4]Value, ok bool) {
	i := Space(b, 1)
	if i < len(b) && b[i] == '}' {
		return got, Space(b, i+1) == len(b)
	}
	for more := true; more; {
		if i >= len(b) || b[i] != '"' {
			return got, false
		}
		end := Text(b, i+1)
		if end < 0 {
			return got, false
		}
		key := b[i+1 : end-1]
		if bytes.IndexByte(key, '\\') >= 0 {
			return got, false
		}
		if i = Colon(b, end); i < 0 {
			return got, false
		}
		var v Value
		if v, i = Take(b, i, 1); i < 0 {
			return got, false
		}
		if n := which(key, names); n >= 0 && v.Kind != Null {
			got[n] = v
		}
		i, more = Next(b, i, '}')
	}
	return got, i >= 0 && Space(b, i) == len(b)
}

// PickPlain is Pick by the JSON library alone.
func PickPlain(object []byte, names *[4]string) (got [4]Value, ok bool) {
	r := Reader(object)
	if _, err := r.ReadToken(); err != nil {
		return got, false
	}
	for r.PeekKind() != '}' {
		key, err := r.ReadToken()
		if err != nil {
			return got, false
		}
		n := which([]byte(key.String()), names)
		raw, err := r.ReadValue()
		if err != nil {
			return got, false
		}
		if n >= 0 && raw.Kind() != 'n' {
			got[n] = Copy(raw)
		}
	}
	if _, err := r.ReadToken(); err != nil {
		return got, false
	}
	_, err := r.ReadToken()
	return got, errors.Is(err, io.EOF)
}

func which(key []byte, names *[4]string) int {
	for i, name := range names {
		if len(name) > 0 && Is(key, name) {
			return i
		}
	}
	return -1
}

// Is compares a key with a lower-cased name without regard to ASCII case.
func Is(key []byte, lower string) bool {
	if len(key) != len(lower) {
		return false
	}
	for i, c := range key {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

// Elements calls visit for each element of an array, which starts at its
// bracket, until visit gives false; elements after a fault are not seen.
func Elements(array []byte, visit func(Value) bool) {
	i := Space(array, 1)
	if i < len(array) && array[i] == ']' {
		return
	}
	for more := true; more; {
		var v Value
		if v, i = Take(array, i, 1); i < 0 || !visit(v) {
			return
		}
		i, more = Next(array, i, ']')
	}
}
