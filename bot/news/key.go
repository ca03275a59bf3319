package news

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// keyOf names an event by its kind and the facts that make it this event. Each
// fact is hashed with its end, so that no two lists of facts give one key.
func keyOf(k Kind, facts ...string) string {
	h := sha256.New()
	for _, f := range append([]string{string(k)}, facts...) {
		h.Write([]byte(f))
		h.Write([]byte{0})
	}
	sum := h.Sum(nil)
	return string(k) + "-" + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:15]))
}
