package entra

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"os"
	"testing"
	"time"

	"legacyauth/adapters/entra/entratest"
)

// assertion signs what another identity provider would write into the file.
func assertion(t *testing.T, key *rsa.PrivateKey, subject, id string, expires time.Time) []byte {
	t.Helper()
	part := func(v any) string {
		raw, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(raw)
	}
	text := part(map[string]string{"alg": "RS256", "typ": "JWT"}) + "." + part(map[string]any{
		"iss": "https://idp.example.com", "sub": subject, "aud": "api://AzureADTokenExchange", "jti": id,
		"nbf": expires.Add(-2 * time.Hour).Unix(), "iat": expires.Add(-2 * time.Hour).Unix(), "exp": expires.Unix(),
	})
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return []byte(text + "." + base64.RawURLEncoding.EncodeToString(signature) + "\n")
}

func TestFederation(t *testing.T) {
	t.Parallel()
	provider := fresh(t)
	server := fake(t, func(c *entratest.Config) {
		c.TokenLife = time.Minute // MSAL does not reuse what ends within five minutes
		c.Tenants[0].Apps[0].Federations = []entratest.Federation{{
			Issuer: "https://idp.example.com", Subject: "system:serviceaccount:legacyauth:legacyauth", Key: &provider.key.PublicKey,
		}}
	})
	const subject = "system:serviceaccount:legacyauth:legacyauth"
	soon := time.Now().Add(time.Hour)
	file := keep(t, "token", assertion(t, provider.key, subject, "1", soon))
	tenant := contoso(t)
	tenant.Credential = Federation{File: file}
	g := opened(t, tenant, quick(server))
	if _, err := page(g, firstPage); err != nil {
		t.Fatal(err)
	}
	// The provider rotates the file: each token is asked for with what is in it.
	if err := os.WriteFile(file, assertion(t, provider.key, subject, "2", time.Now().Add(-time.Hour)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := page(g, firstPage)
	want(t, err, CodeAssertionExpired)
	if err := os.WriteFile(file, assertion(t, provider.key, subject, "3", soon), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := page(g, firstPage); err != nil {
		t.Fatalf("after the rotation: %v", err)
	}
	if err := os.WriteFile(file, assertion(t, provider.key, "system:serviceaccount:other:other", "4", soon), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = page(g, firstPage)
	want(t, err, CodeFederation)
	if err := os.WriteFile(file, []byte("not an assertion"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = page(g, firstPage)
	want(t, err, CodeConfig)
}
