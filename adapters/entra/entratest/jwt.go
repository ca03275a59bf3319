package entratest

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// jwtHeader is the part of a JSON Web Token's header that is looked at.
type jwtHeader struct {
	Algorithm string `json:"alg"`
	Type      string `json:"typ,omitempty"`
	Key       string `json:"kid,omitempty"`
	SHA1      string `json:"x5t,omitempty"`
	SHA256    string `json:"x5t#S256,omitempty"`
}

// jwt is a compact JSON Web Token taken apart, its signature not yet checked.
type jwt struct {
	header    jwtHeader
	claims    []byte
	signed    string
	signature []byte
}

var errJWT = errors.New("not a JSON Web Token")

func parseJWT(text string) (jwt, error) {
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		return jwt{}, errJWT
	}
	var raw [3][]byte
	for i, part := range parts {
		b, err := base64.RawURLEncoding.DecodeString(part)
		if err != nil {
			return jwt{}, errJWT
		}
		raw[i] = b
	}
	t := jwt{claims: raw[1], signed: parts[0] + "." + parts[1], signature: raw[2]}
	if err := json.Unmarshal(raw[0], &t.header); err != nil || !json.Valid(t.claims) {
		return jwt{}, errJWT
	}
	return t, nil
}

// verify checks the signature with a key. Any algorithm but RS256 and PS256 is
// refused, none above all.
func (t jwt) verify(key *rsa.PublicKey) error {
	digest := sha256.Sum256([]byte(t.signed))
	switch t.header.Algorithm {
	case "RS256":
		return rsa.VerifyPKCS1v15(key, crypto.SHA256, digest[:], t.signature)
	case "PS256":
		return rsa.VerifyPSS(key, crypto.SHA256, digest[:], t.signature, nil)
	default:
		return fmt.Errorf("algorithm %q is not accepted", t.header.Algorithm)
	}
}

// signJWT makes a token with RS256.
func signJWT(key *rsa.PrivateKey, header jwtHeader, claims any) (string, error) {
	header.Algorithm, header.Type = "RS256", "JWT"
	h, err := json.Marshal(header)
	if err != nil {
		return "", fmt.Errorf("sign a token: %w", err)
	}
	c, err := json.Marshal(claims)
	if err != nil {
		return "", fmt.Errorf("sign a token: %w", err)
	}
	signed := base64.RawURLEncoding.EncodeToString(h) + "." + base64.RawURLEncoding.EncodeToString(c)
	digest := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, digest[:])
	if err != nil {
		return "", fmt.Errorf("sign a token: %w", err)
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature), nil
}
