package export

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// bytes gives a scalar as text with its escapes resolved; nothing for null,
// objects and arrays. The result is valid as long as the row.
func (d *decoder) bytes(v value) []byte {
	switch v.kind {
	case vString:
		return d.unescape(v.raw)
	case vPlain, vNumber, vTrue, vFalse:
		return valid(v.raw)
	}
	return nil
}

// text is bytes as a string that stays valid.
func (d *decoder) text(v value) string { return d.strings.string(d.bytes(v)) }

func (d *decoder) unescape(raw []byte) []byte {
	if bytes.IndexByte(raw, '\\') < 0 {
		return valid(raw)
	}
	from := len(d.scratch)
	d.quoted = append(append(append(d.quoted[:0], '"'), raw...), '"')
	out, err := jsontext.AppendUnquote(d.scratch, d.quoted)
	if err != nil && len(out) == from {
		return valid(raw)
	}
	d.scratch = out
	return out[from:len(out):len(out)]
}

func valid(b []byte) []byte {
	if utf8.Valid(b) {
		return b
	}
	return bytes.ToValidUTF8(b, []byte("\uFFFD"))
}

// object gives the JSON object that v is or that its text holds: Log Analytics
// writes objects into cells as text. It gives nil for anything else.
func (d *decoder) object(v value) []byte { return d.composite(v, vObject, '{') }

// array is object for arrays.
func (d *decoder) array(v value) []byte { return d.composite(v, vArray, '[') }

func (d *decoder) composite(v value, k kind, open byte) []byte {
	if v.kind == k {
		return v.raw
	}
	if v.kind != vString && v.kind != vPlain {
		return nil
	}
	b := d.bytes(v)
	if i := space(b, 0); i < len(b) && b[i] == open {
		return b[i:]
	}
	return nil
}

// pick reads up to four members of an object by their lower-cased names. It
// gives false when the object is not JSON.
func (d *decoder) pick(object []byte, names *[4]string) (got [4]value, ok bool) {
	if !d.plain {
		if got, ok = pickFast(object, names); ok {
			return got, true
		}
	}
	return pickExact(object, names)
}

func which(key []byte, names *[4]string) int {
	for i, name := range names {
		if len(key) == len(name) && len(name) > 0 && equalFold(key, name) {
			return i
		}
	}
	return -1
}

// equalFold compares a key with a lower-cased name of the same length.
func equalFold(key []byte, lower string) bool {
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

func pickFast(b []byte, names *[4]string) (got [4]value, ok bool) {
	i := space(b, 1)
	if i < len(b) && b[i] == '}' {
		return got, space(b, i+1) == len(b)
	}
	for i < len(b) && b[i] == '"' {
		end := text(b, i+1)
		if end < 0 {
			return got, false
		}
		key := b[i+1 : end-1]
		if bytes.IndexByte(key, '\\') >= 0 {
			return got, false
		}
		if i = space(b, end); i >= len(b) || b[i] != ':' {
			return got, false
		}
		v, end := take(b, space(b, i+1), 1)
		if end < 0 {
			return got, false
		}
		if n := which(key, names); n >= 0 && v.kind != vNull {
			got[n] = v
		}
		if i = space(b, end); i >= len(b) {
			return got, false
		}
		if b[i] == '}' {
			return got, space(b, i+1) == len(b)
		}
		if b[i] != ',' {
			return got, false
		}
		i = space(b, i+1)
	}
	return got, false
}

func pickExact(b []byte, names *[4]string) (got [4]value, ok bool) {
	r := jsontext.NewDecoder(bytes.NewReader(b), lenient...)
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
			got[n] = exactValue(raw)
		}
	}
	if _, err := r.ReadToken(); err != nil {
		return got, false
	}
	_, err := r.ReadToken()
	return got, errors.Is(err, io.EOF)
}

// elements calls visit for each element of an array until visit gives false;
// elements after a fault in the JSON are not seen.
func elements(array []byte, visit func(value) bool) {
	i := space(array, 1)
	if i < len(array) && array[i] == ']' {
		return
	}
	for i < len(array) {
		v, end := take(array, i, 1)
		if end < 0 || !visit(v) {
			return
		}
		if i = space(array, end); i >= len(array) || array[i] != ',' {
			return
		}
		i = space(array, i+1)
	}
}
