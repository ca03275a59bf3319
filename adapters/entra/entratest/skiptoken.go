package entratest

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// sealer makes tokens that nobody else can read or make.
type sealer struct{ aead cipher.AEAD }

func newSealer() (sealer, error) {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // crypto/rand.Read never returns an error
	block, err := aes.NewCipher(key)
	if err != nil {
		return sealer{}, fmt.Errorf("make the skip token key: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return sealer{}, fmt.Errorf("make the skip token key: %w", err)
	}
	return sealer{aead}, nil
}

// skipToken is where the next page starts, and of which query it is a page.
type skipToken struct {
	Tenant string    `json:"n"`
	Query  [32]byte  `json:"q"`
	After  place     `json:"p"`
	Offset int       `json:"i,omitempty"` // of a settings collection
	Until  time.Time `json:"e"`
}

// queryOf identifies a query, so that a token serves no other one.
func queryOf(parts ...string) [32]byte {
	h := sha256.New()
	for _, p := range parts {
		_, _ = fmt.Fprintf(h, "%d:%s", len(p), p) // a hash's Write never returns an error
	}
	return [32]byte(h.Sum(nil))
}

func (s sealer) seal(t skipToken) (string, error) {
	plain, err := json.Marshal(t)
	if err != nil {
		return "", fmt.Errorf("make a skip token: %w", err)
	}
	return s.sealText(plain), nil
}

func (s sealer) open(text string) (skipToken, error) {
	plain, err := s.openText(text)
	if err != nil {
		return skipToken{}, err
	}
	var t skipToken
	if err := json.Unmarshal(plain, &t); err != nil {
		return skipToken{}, errSealed
	}
	return t, nil
}

var errSealed = errors.New("not a token of this server")

func (s sealer) sealText(plain []byte) string {
	nonce := make([]byte, s.aead.NonceSize())
	_, _ = rand.Read(nonce) // as above
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal(nonce, nonce, plain, nil))
}

func (s sealer) openText(text string) ([]byte, error) {
	sealed, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(sealed) < s.aead.NonceSize() {
		return nil, errSealed
	}
	n := s.aead.NonceSize()
	plain, err := s.aead.Open(nil, sealed[:n], sealed[n:], nil)
	if err != nil {
		return nil, errSealed
	}
	return plain, nil
}
