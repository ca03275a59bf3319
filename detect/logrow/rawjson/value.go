package rawjson

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"
)

// Kind is what a value looks like. Its zero value is Null.
type Kind uint8

// The kinds of values.
const (
	Null   Kind = iota
	String      // Raw is between its quotes, escapes unresolved
	Plain       // not JSON: Raw is the text itself, as in the cell of a table
	Number
	True
	False
	Object
	Array
)

// Value is one value as written. Raw is a part of the text it was found in, and
// valid as long as that; it is nil for Null.
type Value struct {
	Kind Kind
	Raw  []byte
}

// Take passes the value at i and gives what it is.
func Take(b []byte, i, depth int) (Value, int) {
	end := Skip(b, i, depth)
	if end < 0 {
		return Value{}, -1
	}
	return ValueOf(b[i:end]), end
}

// Copy gives a value that the JSON library read as one that stays valid.
func Copy(raw jsontext.Value) Value { return ValueOf(bytes.Clone(raw)) }

// ValueOf gives what the text of one value is.
func ValueOf(b []byte) Value {
	switch b[0] {
	case '"':
		return Value{String, b[1 : len(b)-1]}
	case '{':
		return Value{Object, b}
	case '[':
		return Value{Array, b}
	case 't':
		return Value{True, b}
	case 'f':
		return Value{False, b}
	case 'n':
		return Value{}
	}
	return Value{Number, b}
}
