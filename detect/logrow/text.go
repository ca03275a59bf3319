package logrow

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"legacyauth/detect/logrow/rawjson"
)

// bytes gives a scalar as text with its escapes resolved; nothing for null,
// objects and arrays. The result is valid as long as the row.
func (d *Decoder) bytes(v rawjson.Value) []byte {
	switch v.Kind {
	case rawjson.String:
		return d.unescape(v.Raw)
	case rawjson.Plain, rawjson.Number, rawjson.True, rawjson.False:
		return d.valid(v.Raw)
	}
	return nil
}

// text is bytes as a string that stays valid.
func (d *Decoder) text(v rawjson.Value) string { return d.strings.string(d.bytes(v)) }

// same is text of a field that mostly says what it said in the row before.
func (d *Decoder) same(f *fields, at field) string {
	v, last := f.get(at), &d.last[at]
	if *last == string(v.Raw) && (v.Kind == rawjson.String || v.Kind == rawjson.Plain) {
		return *last
	}
	s := d.text(v)
	// Kept is only what stands in the row as it is read.
	if *last = ""; s == string(v.Raw) && strings.IndexByte(s, '\\') < 0 {
		*last = s
	}
	return s
}

func (d *Decoder) unescape(raw []byte) []byte {
	if isPlain(raw) {
		return raw
	}
	if bytes.IndexByte(raw, '\\') < 0 {
		return d.valid(raw)
	}
	from := len(d.scratch)
	d.quoted = append(append(append(d.quoted[:0], '"'), raw...), '"')
	out, err := jsontext.AppendUnquote(d.scratch, d.quoted)
	if err != nil && len(out) == from {
		return d.valid(raw)
	}
	d.garbled = d.garbled || err != nil
	d.scratch = out
	return out[from:len(out):len(out)]
}

func (d *Decoder) valid(b []byte) []byte {
	if utf8.Valid(b) {
		return b
	}
	d.garbled = true
	return bytes.ToValidUTF8(b, []byte("\uFFFD"))
}

// object gives the JSON object that v is or that its text holds: Log Analytics
// writes objects into cells as text. It gives nil for anything else.
func (d *Decoder) object(v rawjson.Value) []byte { return d.composite(v, rawjson.Object, '{') }

// array is object for arrays.
func (d *Decoder) array(v rawjson.Value) []byte { return d.composite(v, rawjson.Array, '[') }

func (d *Decoder) composite(v rawjson.Value, k rawjson.Kind, open byte) []byte {
	if v.Kind == k {
		return v.Raw
	}
	if v.Kind != rawjson.String && v.Kind != rawjson.Plain {
		return nil
	}
	b := d.bytes(v)
	if i := rawjson.Space(b, 0); i < len(b) && b[i] == open {
		return b[i:]
	}
	return nil
}

func (d *Decoder) pick(object []byte, names *[4]string) ([4]rawjson.Value, bool) {
	if d.plain {
		return rawjson.PickPlain(object, names)
	}
	return rawjson.Pick(object, names)
}
