package entra

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"
)

// DeviceCode lets a person sign in with a browser on any device: delegated, for
// an administrator who tries the program once. The person needs a directory role
// that may read reports.
type DeviceCode struct {
	// Prompt shows the code to the person and returns at once.
	Prompt func(ctx context.Context, p Prompt) error
}

// Prompt is what to tell the person who signs in.
type Prompt struct {
	URL     string    // where to enter the code
	Code    string    // what to enter
	Expires time.Time // until when
}

// graphCommandLine is Microsoft Graph Command Line Tools, the public client that
// Connect-MgGraph signs in with, known in every tenant.
// https://learn.microsoft.com/powershell/microsoftgraph/authentication-commands (read 2026-11-23)
const graphCommandLine = "14d82eec-204b-4c2f-b7e8-296a70dab67e"

// Kind is "device-code".
func (DeviceCode) Kind() string { return "device-code" }

func (d DeviceCode) check(t Tenant) error {
	if d.Prompt == nil {
		return t.configError("Signing in with a device code needs a person, and there is none here.", "Run the command in a terminal, or use a certificate.")
	}
	// MSAL makes the device code's address by replacing every "token" in the
	// token endpoint's, which has the tenant in it.
	if strings.Contains(strings.ToLower(t.TenantID), "token") {
		return t.configError("Its tenant ID contains the word token, which the sign-in library cannot use with a device code.", "Write the tenant's ID instead of its domain.")
	}
	return nil
}

func (d DeviceCode) open(s setup) (login, error) {
	if s.tenant.ClientID == "" {
		s.tenant.ClientID = graphCommandLine
		s.words.tenant.ClientID = graphCommandLine
	}
	client, err := public.New(s.tenant.ClientID,
		public.WithAuthority(s.at()),
		public.WithHTTPClient(s.authority),
		public.WithCache(s.cache),
		public.WithInstanceDiscovery(false),
		public.WithClientCapabilities([]string{"CP1"}),
	)
	if err != nil {
		return login{}, s.tenant.configError("The sign-in library does not accept its tenant ID.", "Check it.")
	}
	flow := deviceFlow{setup: s, client: client, prompt: d.Prompt}
	return login{bearer: flow.bearer, forget: s.cache.forget, what: "device code"}, nil
}

type deviceFlow struct {
	setup
	client public.Client
	prompt func(context.Context, Prompt) error
}

// scopes name the permissions one by one, so that the person is asked to consent
// where nobody has yet.
func (f deviceFlow) scopes() []string {
	graph := f.tenant.cloud().Graph + "/"
	return []string{graph + AuditLogRead, graph + DirectoryRead}
}

func (f deviceFlow) bearer(ctx context.Context, claims string) (bearer, error) {
	if got, err := f.silent(ctx, claims); err == nil || temporary(err) || ctx.Err() != nil {
		return got, err
	}
	var options []public.AcquireByDeviceCodeOption
	if claims != "" {
		options = append(options, public.WithClaims(claims))
	}
	code, err := f.client.AcquireTokenByDeviceCode(ctx, f.scopes(), options...)
	if err != nil {
		return bearer{}, err
	}
	if err := f.prompt(ctx, Prompt{URL: code.Result.VerificationURL, Code: code.Result.UserCode, Expires: code.Result.ExpiresOn}); err != nil {
		return bearer{}, err
	}
	result, err := code.AuthenticationResult(ctx)
	if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		return bearer{}, f.words.signInRefused(0, refusal{Error: "expired_token"})
	}
	if err != nil {
		return bearer{}, err
	}
	return bearer{token: NewSecret(result.AccessToken)}, nil
}

// silent uses the sign-in of an earlier run, if its refresh token still works.
func (f deviceFlow) silent(ctx context.Context, claims string) (bearer, error) {
	accounts, err := f.client.Accounts(ctx)
	if err != nil {
		return bearer{}, err
	}
	last := errors.New("nobody has signed in before")
	for _, account := range accounts {
		options := []public.AcquireSilentOption{public.WithSilentAccount(account)}
		if claims != "" {
			options = append(options, public.WithClaims(claims))
		}
		result, err := f.client.AcquireTokenSilent(ctx, f.scopes(), options...)
		if err == nil {
			return bearer{
				token:  NewSecret(result.AccessToken),
				cached: result.Metadata.TokenSource == public.TokenSourceCache,
			}, nil
		}
		last = err
	}
	return bearer{}, last
}

func temporary(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Temporary()
}
