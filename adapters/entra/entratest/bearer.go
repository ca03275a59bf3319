package entratest

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// bearer is what an access token says; the claims are those of a v1.0 access
// token for Graph: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
type bearer struct {
	Audience string   `json:"aud"`
	Issuer   string   `json:"iss"`
	IssuedAt int64    `json:"iat"`
	From     int64    `json:"nbf"`
	Expires  int64    `json:"exp"`
	AppID    string   `json:"appid"`
	AppName  string   `json:"app_displayname,omitempty"`
	Type     string   `json:"idtyp"`
	Object   string   `json:"oid"`
	Roles    []string `json:"roles,omitempty"`
	Scope    string   `json:"scp,omitempty"`
	Subject  string   `json:"sub"`
	Tenant   string   `json:"tid"`
	UPN      string   `json:"upn,omitempty"`
	ID       string   `json:"uti"`
	Version  string   `json:"ver"`
}

// issue makes an access token for an application, or for a person who uses it.
func (s *Server) issue(t *Tenant, a *App, u *User, audience string) (string, error) {
	now := s.now()
	b := bearer{
		Audience: audience, Issuer: "https://sts.windows.net/" + t.ID + "/",
		IssuedAt: now.Unix(), From: now.Unix(), Expires: now.Add(s.config.TokenLife).Unix(),
		AppID: a.ClientID, AppName: a.Name, Type: "app", Object: a.ObjectID, Subject: a.ObjectID,
		Roles: a.Roles, Tenant: t.ID, ID: newGUID(), Version: "1.0",
	}
	if u != nil {
		b.Type, b.Object, b.Subject, b.UPN = "user", u.ID, u.ID, u.UPN
		b.Roles, b.Scope = nil, strings.Join(a.Scopes, " ")
	}
	return signJWT(s.signing, jwtHeader{Key: s.keyID}, b)
}

// signingKey signs the tokens of every server of the process, because a key
// takes longer to make than all the rest of a server. What tells their tokens
// apart is the key's id, which each server makes up and the signature covers.
var signingKey = sync.OnceValues(func() (*rsa.PrivateKey, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, fmt.Errorf("make the token key: %w", err)
	}
	return key, nil
})

// authenticate reads and checks a Graph request's token.
func (s *Server) authenticate(r *http.Request) (bearer, *refusal) {
	kind, text, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(kind, "Bearer") || strings.TrimSpace(text) == "" {
		return bearer{}, badToken("Access token is empty.")
	}
	token, err := parseJWT(text)
	if err != nil {
		return bearer{}, badToken("IDX14100: JWT is not well formed, there are no dots (.).")
	}
	if token.header.Algorithm != "RS256" || token.header.Key != s.keyID || token.verify(&s.signing.PublicKey) != nil {
		return bearer{}, badToken("Access token validation failure. Invalid signature.")
	}
	var b bearer
	if err := json.Unmarshal(token.claims, &b); err != nil {
		return bearer{}, badToken("Access token validation failure.")
	}
	now := s.now()
	switch {
	case now.Unix() >= b.Expires:
		return bearer{}, badToken("Lifetime validation failed, the token is expired.")
	// Microsoft's services forgive five minutes of clock difference.
	case now.Add(5*time.Minute).Unix() < b.From:
		return bearer{}, badToken("Lifetime validation failed, the token is not yet valid.")
	case !s.isGraph(b.Audience) || !audienceFits(b.Audience, r.Host):
		return bearer{}, badToken("Access token validation failure. Invalid audience.")
	case s.tenant(b.Tenant) == nil:
		return bearer{}, badToken("Access token validation failure. Invalid tenant.")
	}
	return b, nil
}

// isGraph says whether a resource names this Graph.
func (s *Server) isGraph(resource string) bool {
	resource = strings.TrimSuffix(resource, "/")
	return resource == graphAppID || resource == s.GraphURL() ||
		slices.Contains(graphNames(), strings.TrimPrefix(resource, "https://"))
}

// audienceFits says whether a token for one national cloud's Graph is shown to
// that one, where it is called by its real name.
func audienceFits(audience, host string) bool {
	if !slices.Contains(graphNames(), host) || audience == graphAppID {
		return true
	}
	return strings.TrimSuffix(audience, "/") == "https://"+host
}

// may says whether the token carries one of the permissions, as an application
// or on behalf of a person.
func (b bearer) may(permissions ...string) bool {
	granted := b.Roles
	if b.Type == "user" {
		granted = strings.Fields(b.Scope)
	}
	return slices.ContainsFunc(permissions, func(p string) bool { return slices.Contains(granted, p) })
}
