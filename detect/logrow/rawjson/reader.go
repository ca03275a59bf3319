package rawjson

import (
	"bytes"

	"github.com/go-json-experiment/json/jsontext"
)

// Reader reads b by the JSON library. It tolerates what real logs contain: one
// key twice, and text that was cut in the middle of a character.
func Reader(b []byte) *jsontext.Decoder {
	return jsontext.NewDecoder(bytes.NewReader(b), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
}
