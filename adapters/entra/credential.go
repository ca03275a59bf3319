package entra

import (
	"context"
	"time"
)

// Credential is a way to sign in: Certificate, ClientSecret, Federation,
// ManagedIdentity or DeviceCode. It names files and variables and holds no
// secret itself.
type Credential interface {
	// Kind is how configuration files say it.
	Kind() string

	check(t Tenant) error
	open(s setup) (login, error)
}

// setup is what a credential is opened with.
type setup struct {
	tenant    Tenant
	words     *words
	opt       Options
	authority *authority
	cache     *tokenCache
}

// login gives access tokens, from MSAL's cache or anew.
type login struct {
	// bearer gets a token; claims is Graph's answer to a token it no longer
	// accepts, "" in all other cases.
	bearer func(ctx context.Context, claims string) (bearer, error)
	// forget makes the next token a new one.
	forget func()
	// what names the credential in explanations.
	what string
	// ends is when the credential itself ends; zero means that it is not known.
	ends time.Time
}

// bearer is an access token.
type bearer struct {
	token  Secret
	cached bool // whether it was not issued for this request
}

// scopes ask for everything that was consented to, in this tenant's cloud.
func (s setup) scopes() []string { return []string{s.tenant.cloud().Graph + "/.default"} }

// at is the authority's address for this tenant.
func (s setup) at() string { return s.tenant.cloud().Authority + "/" + s.tenant.TenantID }

// needClient is the check shared by the credentials of an app registration.
func needClient(t Tenant) error {
	if t.ClientID == "" {
		return t.configError("Its client ID is missing.", "Copy the Application (client) ID of the app registration; `legacyauth entra-app` creates one.")
	}
	return nil
}
