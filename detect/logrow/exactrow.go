package logrow

import (
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"legacyauth/detect/logrow/rawjson"
)

// exact fills d.fields from a row by the JSON library; it is the plain path that
// the fast one is tested against.
func (d *Decoder) exact(row []byte) *Fault {
	d.exactRows++
	r := rawjson.Reader(row)
	if r.PeekKind() != '{' {
		return instead(r, ErrNotObject)
	}
	if err := exactMembers(r, outer, &d.fields); err != nil {
		return fault(r, err)
	}
	return ended(r)
}

// instead says what is wrong with a row that begins as it should not: cause, if
// it is JSON at all.
func instead(r *jsontext.Decoder, cause error) *Fault {
	if err := r.SkipValue(); err != nil {
		return fault(r, err)
	}
	return &Fault{Cause: cause}
}

// ended wants nothing after the value that has been read.
func ended(r *jsontext.Decoder) *Fault {
	_, err := r.ReadToken()
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case err == nil:
		err = errMore
	}
	return fault(r, err)
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
				f.put(outer, fProperties, rawjson.Value{Kind: rawjson.Object})
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
		v := rawjson.Copy(raw)
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
func exactText(v rawjson.Value, f *fields) {
	if v.Kind != rawjson.String {
		return
	}
	content, err := jsontext.AppendUnquote(nil, append(append([]byte{'"'}, v.Raw...), '"'))
	if err != nil {
		return
	}
	var whole fields
	r := rawjson.Reader(content)
	if r.PeekKind() != '{' || exactMembers(r, inner, &whole) != nil {
		return
	}
	f.put(outer, fProperties, rawjson.Value{Kind: rawjson.Object})
	for at := range nFields {
		if whole.set[inner]>>at&1 != 0 {
			f.put(inner, at, whole.values[inner][at])
		}
	}
}

// fault locates err. The library's own message is cut down to its cause, which
// holds no more of the row than one character.
func fault(r *jsontext.Decoder, err error) *Fault {
	at := r.InputOffset()
	cause := err
	var syntactic *jsontext.SyntacticError
	if errors.As(err, &syntactic) {
		at, cause = syntactic.ByteOffset, syntactic.Err
	}
	return &Fault{At: int(at), Cause: cause, Cut: errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)}
}
