package export

import (
	"bytes"
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

var errNotObject = errors.New("the row is not a JSON object")

// lenient tolerates what real logs contain: one key twice, and text that was
// cut in the middle of a character.
var lenient = []jsontext.Options{jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)}

// rowFault is what is wrong with a row and where in it.
type rowFault struct {
	at    int
	cause error
	cut   bool // the row ends too early
}

// exact fills f from a row by the JSON library; it is the plain path that the
// fast one is tested against.
func (d *decoder) exact(row []byte, f *fields) *rowFault {
	d.exactRows++
	r := jsontext.NewDecoder(bytes.NewReader(row), lenient...)
	if r.PeekKind() != '{' {
		if err := r.SkipValue(); err != nil {
			return fault(r, err)
		}
		return &rowFault{cause: errNotObject}
	}
	if err := exactMembers(r, outer, f); err != nil {
		return fault(r, err)
	}
	if _, err := r.ReadToken(); !errors.Is(err, io.EOF) {
		if err == nil {
			err = errors.New("more than one JSON value in the row")
		}
		return fault(r, err)
	}
	return nil
}

func exactMembers(r *jsontext.Decoder, l level, f *fields) error {
	if _, err := r.ReadToken(); err != nil {
		return err
	}
	for r.PeekKind() != '}' {
		name, err := r.ReadToken()
		if err != nil {
			return err
		}
		at := named([]byte(name.String()))
		if at == fProperties {
			if l == inner {
				at = fNone
			} else if r.PeekKind() == '{' {
				f.put(outer, fProperties, value{kind: vObject})
				if err := exactMembers(r, inner, f); err != nil {
					return err
				}
				continue
			}
		}
		if at == fNone {
			if err := r.SkipValue(); err != nil {
				return err
			}
			continue
		}
		raw, err := r.ReadValue()
		if err != nil {
			return err
		}
		v := exactValue(raw)
		if at == fProperties {
			exactText(v, f)
			continue
		}
		f.put(l, at, v)
	}
	_, err := r.ReadToken()
	return err
}

// exactText reads properties that a pipeline has turned into text. Text that is
// not an object says nothing.
func exactText(v value, f *fields) {
	if v.kind != vString {
		return
	}
	content, err := jsontext.AppendUnquote(nil, append(append([]byte{'"'}, v.raw...), '"'))
	if err != nil {
		return
	}
	var whole fields
	r := jsontext.NewDecoder(bytes.NewReader(content), lenient...)
	if r.PeekKind() != '{' || exactMembers(r, inner, &whole) != nil {
		return
	}
	f.put(outer, fProperties, value{kind: vObject})
	for at := range nFields {
		if whole.set[inner]>>at&1 != 0 {
			f.put(inner, at, whole.values[inner][at])
		}
	}
}

// exactValue copies raw, which the decoder reuses.
func exactValue(raw jsontext.Value) value {
	b := bytes.Clone(raw)
	switch raw.Kind() {
	case 'n':
		return value{}
	case '"':
		return value{vString, b[1 : len(b)-1]}
	case '{':
		return value{vObject, b}
	case '[':
		return value{vArray, b}
	case 't':
		return value{vTrue, b}
	case 'f':
		return value{vFalse, b}
	}
	return value{vNumber, b}
}

// fault locates err. The library's own message is cut down to its cause, which
// holds no more of the row than one character.
func fault(r *jsontext.Decoder, err error) *rowFault {
	at := r.InputOffset()
	cause := err
	var syntactic *jsontext.SyntacticError
	if errors.As(err, &syntactic) {
		at, cause = syntactic.ByteOffset, syntactic.Err
	}
	return &rowFault{at: int(at), cause: cause, cut: errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)}
}
