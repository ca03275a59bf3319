package entratest

import (
	"bytes"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // x5t is defined as a SHA-1 thumbprint
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// assertion is what a client assertion claims.
type assertion struct {
	Audience audience `json:"aud"`
	Issuer   string   `json:"iss"`
	Subject  string   `json:"sub"`
	ID       string   `json:"jti"`
	From     float64  `json:"nbf"`
	Expires  float64  `json:"exp"`
}

// audience is one name or a list of them.
type audience []string

func (a *audience) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*a = audience{one}
		return nil
	}
	var many []string
	if err := json.Unmarshal(b, &many); err != nil {
		return fmt.Errorf("read an audience: %w", err)
	}
	*a = many
	return nil
}

// checkAssertion checks an application's assertion: one signed with its own
// certificate (https://learn.microsoft.com/entra/identity-platform/certificate-credentials)
// or one of an issuer it trusts (federated identity credential).
func (s *Server) checkAssertion(text string, t *Tenant, a *App) *failure {
	token, err := parseJWT(text)
	if err != nil {
		return refusedClient(50027, "JWT token is invalid or malformed.")
	}
	var claims assertion
	if err := json.Unmarshal(token.claims, &claims); err != nil {
		return refusedClient(50027, "JWT token is invalid or malformed.")
	}
	if strings.EqualFold(claims.Issuer, a.ClientID) {
		return s.checkCertificateAssertion(token, claims, t, a)
	}
	return s.checkFederatedAssertion(token, claims, a)
}

func (s *Server) checkCertificateAssertion(token jwt, claims assertion, t *Tenant, a *App) *failure {
	if !strings.EqualFold(claims.Subject, a.ClientID) {
		return refusedClient(700021, "Client assertion application identifier doesn't match 'client_id' parameter. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.")
	}
	certificate, f := certificateOf(token.header, a)
	if f != nil {
		return f
	}
	key, ok := certificate.PublicKey.(*rsa.PublicKey)
	if !ok || token.verify(key) != nil {
		return refusedClient(700027, "Client assertion contains an invalid signature. [Reason - The provided signature value did not match the expected signature value.]")
	}
	if now := s.now(); now.Before(certificate.NotBefore) || now.After(certificate.NotAfter) {
		return refusedClient(700027, "The certificate with identifier used to sign the client assertion is expired on application. [Reason - The key used is expired., Found key 'Start=%s, End=%s'.]",
			certificate.NotBefore.UTC().Format("01/02/2006 15:04:05"), certificate.NotAfter.UTC().Format("01/02/2006 15:04:05"))
	}
	if !slices.ContainsFunc(claims.Audience, func(to string) bool { return s.isTokenEndpoint(to, t) }) {
		return refusedClient(700023, "Client assertion audience claim does not match Realm issuer. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.")
	}
	if f := s.checkTimes(claims); f != nil {
		return f
	}
	return s.checkOnce(a, claims)
}

// certificateOf finds the certificate that a header's thumbprint names. Some
// libraries encode thumbprints with padding and the plain alphabet.
func certificateOf(h jwtHeader, a *App) (*x509.Certificate, *failure) {
	named := h.SHA256
	if named == "" {
		named = h.SHA1
	}
	normal := strings.NewReplacer("+", "-", "/", "_", "=", "").Replace(named)
	thumbprint, err := base64.RawURLEncoding.DecodeString(normal)
	if err != nil || len(thumbprint) == 0 {
		return nil, refusedClient(50027, "JWT token is invalid or malformed.")
	}
	for _, c := range a.Certificates {
		sum256, sum1 := sha256.Sum256(c.Raw), sha1.Sum(c.Raw) //nolint:gosec // as above
		if h.SHA256 != "" && bytes.Equal(thumbprint, sum256[:]) || h.SHA256 == "" && bytes.Equal(thumbprint, sum1[:]) {
			return c, nil
		}
	}
	return nil, refusedClient(700027, "The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Thumbprint of key used by client: '%X', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '%s'.]", thumbprint, a.ClientID)
}

// isTokenEndpoint says whether an assertion is made out to this authority and
// tenant, under any of their names.
func (s *Server) isTokenEndpoint(to string, t *Tenant) bool {
	host, path, _ := strings.Cut(strings.TrimPrefix(to, "https://"), "/")
	name, rest, _ := strings.Cut(path, "/")
	if host != s.authority && s.routes[host] != s.authority {
		return false
	}
	return slices.Contains(t.names(), strings.ToLower(name)) && slices.Contains([]string{"oauth2/v2.0/token", "oauth2/token", "v2.0"}, rest)
}

func (s *Server) checkFederatedAssertion(token jwt, claims assertion, a *App) *failure {
	matching := slices.Clone(a.Federations)
	for _, part := range []struct {
		code      int
		what, got string
		holds     func(f Federation) bool
	}{
		{700211, "issuer", claims.Issuer, func(f Federation) bool { return f.Issuer == claims.Issuer }},
		{700213, "subject", claims.Subject, func(f Federation) bool { return f.Subject == claims.Subject }},
		{700212, "audience", strings.Join(claims.Audience, " "), func(f Federation) bool { return slices.Contains(claims.Audience, f.audience()) }},
	} {
		matching = slices.DeleteFunc(matching, func(f Federation) bool { return !part.holds(f) })
		if len(matching) == 0 {
			return refusedClient(part.code, "No matching federated identity record found for presented assertion %s '%s'. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation", part.what, part.got)
		}
	}
	if !slices.ContainsFunc(matching, func(f Federation) bool { return token.verify(f.Key) == nil }) {
		return refusedClient(50013, "Assertion failed signature validation. [Reason - The key was not found.]")
	}
	// A federated assertion is a file or a platform's token and is used again
	// until it expires, so its id is not looked at.
	return s.checkTimes(claims)
}

func (f Federation) audience() string {
	if f.Audience == "" {
		return exchangeScope
	}
	return f.Audience
}

// clockTolerance is the clock difference that the authority forgives in an
// assertion.
const clockTolerance = 5 * time.Minute

func (s *Server) checkTimes(claims assertion) *failure {
	now := s.now()
	from, until := time.Unix(int64(claims.From), 0), time.Unix(int64(claims.Expires), 0)
	if now.Add(clockTolerance).Before(from) || now.Add(-clockTolerance).After(until) {
		const layout = "2006-01-02T15:04:05.0000000Z"
		return refusedClient(700024, "Client assertion is not within its valid time range. Current time: %s, assertion valid from %s, expiry time of assertion %s. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.",
			now.UTC().Format(layout), from.UTC().Format(layout), until.UTC().Format(layout))
	}
	return nil
}

// replays remembers the ids of assertions for as long as the server runs.
type replays struct {
	mu  sync.Mutex
	ids map[string]bool
}

// checkOnce refuses an assertion that was used before. Microsoft's
// documentation asks for a fresh jti and names no code for a repeated one.
func (s *Server) checkOnce(a *App, claims assertion) *failure {
	if claims.ID == "" {
		return refusedClient(50027, "JWT token is invalid or malformed. The 'jti' claim is missing.")
	}
	s.seen.mu.Lock()
	defer s.seen.mu.Unlock()
	if s.seen.ids == nil {
		s.seen.ids = make(map[string]bool)
	}
	key := a.ClientID + " " + claims.ID
	if s.seen.ids[key] {
		return refusedClient(50027, "JWT token is invalid or malformed. The assertion with this 'jti' was presented before.")
	}
	s.seen.ids[key] = true
	return nil
}
