package folder

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
)

// digestOf names a content: two files with one digest are the same export.
func digestOf(r io.Reader) (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
