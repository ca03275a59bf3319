package entra

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Grants is what the access token itself says it may do. Microsoft keeps the
// right to change what is inside a token, so these values serve explanations and
// `doctor`, never a decision; a token that cannot be read gives none.
type Grants struct {
	// Tenant is the directory that issued the token.
	Tenant string
	// Client is the app registration or managed identity it was issued to.
	Client string
	// Delegated is whether a person signed in, rather than the app itself.
	Delegated bool
	// Permissions are the granted permissions of Microsoft Graph, such as
	// AuditLog.Read.All, sorted.
	Permissions []string
	// Roles are the template ids of the person's directory roles; empty for an
	// app.
	Roles []string
	// Expires is when the token ends.
	Expires time.Time
}

// Has reports whether a permission of this name is granted. Where a permission
// includes another one (Directory.ReadWrite.All, Directory.Read.All) the wider
// one counts.
func (g Grants) Has(permission string) bool {
	wider := strings.Replace(permission, ".Read.", ".ReadWrite.", 1)
	return slices.Contains(g.Permissions, permission) || slices.Contains(g.Permissions, wider)
}

// readGrants reads the middle of a token without verifying it; only Graph can do
// that.
func readGrants(token string) (Grants, bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return Grants{}, false
	}
	raw, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return Grants{}, false
	}
	var claims struct {
		Tenant  string   `json:"tid"`
		App     string   `json:"appid"`
		Party   string   `json:"azp"`
		Kind    string   `json:"idtyp"`
		Scopes  string   `json:"scp"`
		Roles   []string `json:"roles"`
		Wids    []string `json:"wids"`
		Expires int64    `json:"exp"`
	}
	if json.Unmarshal(raw, &claims) != nil {
		return Grants{}, false
	}
	g := Grants{
		Tenant:      claims.Tenant,
		Client:      claims.App,
		Delegated:   claims.Kind == "user" || claims.Kind == "" && claims.Scopes != "",
		Permissions: append(claims.Roles, strings.Fields(claims.Scopes)...),
		Expires:     time.Unix(claims.Expires, 0).UTC(),
	}
	if g.Client == "" {
		g.Client = claims.Party
	}
	if g.Delegated {
		g.Roles = claims.Wids
	}
	slices.Sort(g.Permissions)
	g.Permissions = slices.Compact(g.Permissions)
	return g, true
}
