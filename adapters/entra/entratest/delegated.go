package entratest

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
)

// session is what a refresh token stands for.
type session struct {
	Tenant string `json:"tid"`
	App    string `json:"app"`
	User   string `json:"oid"`
	Scope  string `json:"scope"`
}

// identity is an ID token's content.
type identity struct {
	Audience string `json:"aud"`
	Issuer   string `json:"iss"`
	IssuedAt int64  `json:"iat"`
	From     int64  `json:"nbf"`
	Expires  int64  `json:"exp"`
	Name     string `json:"name"`
	Object   string `json:"oid"`
	UPN      string `json:"preferred_username"`
	Subject  string `json:"sub"`
	Tenant   string `json:"tid"`
	Version  string `json:"ver"`
}

// delegated grants tokens for an application that a person uses.
func (s *Server) delegated(t *Tenant, a *App, u *User, scope string) (*granted, *failure) {
	if u.Disabled {
		return nil, refusedRequest(50057, "invalid_grant", "The user account is disabled.")
	}
	resource, asked := graphAppID, []string{}
	for part := range strings.FieldsSeq(scope) {
		if i := strings.LastIndex(part, "/"); i > 0 {
			if !s.isGraph(part[:i]) {
				return nil, refusedRequest(500011, "invalid_resource", "The resource principal named %s was not found in the tenant named %s.", part[:i], t.label())
			}
			resource, asked = part[:i], append(asked, part)
		}
	}
	if len(a.Scopes) == 0 || slices.ContainsFunc(asked, func(part string) bool { return !a.consented(part) }) {
		return nil, noConsent(a)
	}
	access, err := s.issue(t, a, u, resource)
	if err != nil {
		return nil, refusedRequest(90033, "temporarily_unavailable", "A transient error has occurred. Please try again.")
	}
	now, life := s.now(), s.config.TokenLife
	id, err := signJWT(s.signing, jwtHeader{Key: s.keyID}, identity{
		Audience: a.ClientID, Issuer: s.AuthorityURL() + "/" + t.ID + "/v2.0", IssuedAt: now.Unix(), From: now.Unix(),
		Expires: now.Add(life).Unix(), Name: u.Name, Object: u.ID, UPN: u.UPN, Subject: u.ID, Tenant: t.ID, Version: "2.0",
	})
	if err != nil {
		return nil, refusedRequest(90033, "temporarily_unavailable", "A transient error has occurred. Please try again.")
	}
	refresh, err := s.sealSession(session{t.ID, a.ClientID, u.ID, scope})
	if err != nil {
		return nil, refusedRequest(90033, "temporarily_unavailable", "A transient error has occurred. Please try again.")
	}
	// The answer names the scopes granted, and those asked for among them.
	for _, name := range a.Scopes {
		asked = append(asked, resource+"/"+name)
	}
	info := base64.RawURLEncoding.EncodeToString([]byte(`{"uid":"` + u.ID + `","utid":"` + t.ID + `"}`))
	return &granted{
		Type: "Bearer", Scope: strings.Join(asked, " "), ExpiresIn: int(life.Seconds()), ExtExpiresIn: int(life.Seconds()),
		Access: access, Refresh: refresh, Identity: id, ClientInfo: info,
	}, nil
}

// consented says whether a scope asked for was consented to; .default asks for
// no more than was.
func (a *App) consented(scope string) bool {
	name := scope[strings.LastIndex(scope, "/")+1:]
	return name == ".default" || slices.ContainsFunc(a.Scopes, func(s string) bool { return strings.EqualFold(s, name) })
}

func (s *Server) sealSession(v session) (string, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	return s.seal.sealText(text), nil
}

// refresh renews the tokens of a person.
func (s *Server) refresh(form url.Values, t *Tenant, a *App) (*granted, *failure) {
	var v session
	text, err := s.seal.openText(form.Get("refresh_token"))
	if err != nil || json.Unmarshal(text, &v) != nil || v.Tenant != t.ID || v.App != a.ClientID {
		return nil, refusedRequest(9002313, "invalid_grant", "Invalid request. Request is malformed or invalid.")
	}
	u := t.user(v.User)
	if u == nil {
		return nil, noUser(v.User, t)
	}
	scope := form.Get("scope")
	if scope == "" {
		scope = v.Scope
	}
	return s.delegated(t, a, u, scope)
}
