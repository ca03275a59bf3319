package entra

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
)

// sealMark begins an encrypted file and names the form of what follows: a nonce
// and AES-256-GCM.
var sealMark = []byte("legacyauth-sealed-1\n")

// leastKey is the shortest key accepted. The key is stretched by HKDF, which
// adds nothing to a guessable one.
const leastKey = 32

// seal encrypts a file for one owner; with another owner's name the same key does
// not open it.
type seal struct {
	aead  cipher.AEAD
	owner []byte
}

func newSeal(key Secret, owner string) (*seal, error) {
	if len(key.reveal()) < leastKey {
		return nil, configError("The key for the token cache is too short.", "Make one with `openssl rand -base64 32`.")
	}
	stretched, err := hkdf.Key(sha256.New, []byte(key.reveal()), nil, "legacyauth token cache", 32)
	if err != nil {
		return nil, configError("The key for the token cache cannot be used.", "Make one with `openssl rand -base64 32`.")
	}
	block, err := aes.NewCipher(stretched)
	if err != nil {
		return nil, configError("The key for the token cache cannot be used.", "Make one with `openssl rand -base64 32`.")
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, configError("This machine's encryption cannot be used for the token cache.", "Leave the key out to keep it in clear text.")
	}
	return &seal{aead: aead, owner: []byte(owner)}, nil
}

func sealed(raw []byte) bool { return bytes.HasPrefix(raw, sealMark) }

func (s *seal) close(clear []byte) []byte {
	return s.aead.Seal(bytes.Clone(sealMark), nil, clear, s.owner) //nolint:gosec // this AEAD makes its own random nonce and wants nil
}

func (s *seal) open(raw []byte) ([]byte, error) {
	if !sealed(raw) {
		return nil, errors.New("not encrypted")
	}
	return s.aead.Open(nil, nil, raw[len(sealMark):], s.owner)
}
