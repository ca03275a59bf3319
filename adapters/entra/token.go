package entra

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"sync"

	"github.com/microsoft/kiota-abstractions-go/authentication"
)

// tokens gives Graph's access token to requests that go to Graph, and to no
// others. The SDK's own bearer provider does not look where a request goes.
type tokens struct {
	home  origin // of Graph, the only place a token is for
	login login
	words *words

	// turn is held while a token is asked for: one person gets one prompt, and
	// an expired token is renewed once however many requests wait for it.
	turn chan struct{}

	mu     sync.Mutex
	grants Grants
	read   bool
	cached bool
}

// GetAuthorizationToken returns a token for an address of Graph and an *Error
// with CodeForeignHost for any other.
func (t *tokens) GetAuthorizationToken(ctx context.Context, to *url.URL, extra map[string]any) (string, error) {
	if err := t.belongs(to); err != nil {
		return "", err
	}
	select {
	case t.turn <- struct{}{}:
		defer func() { <-t.turn }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	claims, _ := extra["claims"].(string)
	got, err := t.login.bearer(ctx, decodeClaims(claims))
	if err != nil {
		return "", t.explain(ctx, err)
	}
	if err := t.note(got); err != nil {
		return "", err
	}
	return got.token.reveal(), nil
}

// GetAllowedHostsValidator returns the SDK's form of the rule; it is empty,
// because that form knows neither scheme nor port.
func (t *tokens) GetAllowedHostsValidator() *authentication.AllowedHostsValidator {
	return &authentication.AllowedHostsValidator{}
}

// belongs refuses any address outside Graph.
func (t *tokens) belongs(to *url.URL) error {
	if originOf(to) == t.home && to.User == nil {
		return nil
	}
	host := ""
	if to != nil {
		host = shorten(to.Host)
	}
	return t.words.explained(CodeForeignHost,
		"An address leads to "+host+" and not to Microsoft Graph; no token was sent there.",
		"If an answer of Microsoft Graph named it, something on the way changes answers: check the proxy.")
}

// note keeps what the token says of itself, and refuses one for another tenant.
func (t *tokens) note(got bearer) error {
	grants, read := readGrants(got.token.reveal())
	t.mu.Lock()
	t.grants, t.read, t.cached = grants, read, got.cached
	t.mu.Unlock()
	wanted := t.words.tenant.TenantID
	if read && guid().MatchString(wanted) && guid().MatchString(grants.Tenant) && !strings.EqualFold(grants.Tenant, wanted) {
		return t.words.explained(CodeWrongTenant,
			"The sign-in with {credential} is for tenant "+grants.Tenant+", while {name} is tenant {tenant}.",
			"Correct the tenant ID, or use a credential of that tenant.")
	}
	return nil
}

// last is what the latest token says of itself, and whether it came from the
// cache rather than from Microsoft.
func (t *tokens) last() (grants Grants, read, cached bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.grants, t.read, t.cached
}

// explain reduces what MSAL returns to an *Error or a context's error. Its own
// text is dropped: it quotes whole answers, tokens included.
func (t *tokens) explain(ctx context.Context, err error) error {
	var explained *Error
	switch {
	case errors.As(err, &explained):
		return explained
	case ctx.Err() != nil:
		return ctx.Err()
	case strings.Contains(err.Error(), "declined scopes"):
		return t.words.explained(CodeConsent, "The account that signed in did not consent to all permissions.", grantConsent)
	}
	return t.words.explained(CodeSignInRefused,
		"The sign-in to tenant {name} with {credential} failed in a way that has no explanation here.",
		"`legacyauth doctor` tries each step by itself.")
}
