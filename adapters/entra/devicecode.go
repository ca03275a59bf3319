package entra

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"

	"legacyauth/adapters/entra/appreg"
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
	// Without are permissions that an earlier code asked for and did not get,
	// and this one does without; what they read will be missing.
	Without []string
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
	flow := &deviceFlow{setup: s, client: client, prompt: d.Prompt}
	return login{bearer: flow.bearer, forget: s.cache.forget, what: "device code"}, nil
}

type deviceFlow struct {
	setup
	client public.Client
	prompt func(context.Context, Prompt) error

	// less says that consent stops short of the optional permissions. It lasts
	// as long as the process: consent may be given meanwhile.
	less atomic.Bool
}

// delegatedScopes are asked for one by one, so that the person is asked to consent
// where nobody has yet; the optional ones can be left out.
func (f *deviceFlow) delegatedScopes() (scopes, without []string) {
	graph := f.tenant.cloud().Graph + "/"
	for _, p := range appreg.Required() {
		scopes = append(scopes, graph+p.Name)
	}
	for _, p := range appreg.Optional() {
		if f.less.Load() {
			without = append(without, p.Name)
		} else {
			scopes = append(scopes, graph+p.Name)
		}
	}
	return scopes, without
}

func (f *deviceFlow) bearer(ctx context.Context, claims string) (bearer, error) {
	got, err := f.silent(ctx, claims)
	if err == nil || temporary(err) || ctx.Err() != nil {
		return got, err
	}
	got, err = f.ask(ctx, claims)
	if err == nil || !fewer(err) || ctx.Err() != nil || f.less.Swap(true) {
		return got, err
	}
	if got, err := f.silent(ctx, claims); err == nil {
		return got, nil
	}
	return f.ask(ctx, claims)
}

// fewer says whether a sign-in may succeed with fewer permissions: consent stops
// short of them, or the person declined at the page that asks for an
// administrator's approval.
func fewer(err error) bool {
	switch CodeOf(err) {
	case CodeConsent:
		return true
	case CodeDeviceCode:
		var e *Error
		return errors.As(err, &e) && (e.Service == "AADSTS70018" || e.Service == "authorization_declined")
	}
	// MSAL has no type for a token that holds fewer scopes than asked for.
	return strings.Contains(err.Error(), "declined scopes")
}

// ask shows the person a code and waits until it is entered.
func (f *deviceFlow) ask(ctx context.Context, claims string) (bearer, error) {
	var options []public.AcquireByDeviceCodeOption
	if claims != "" {
		options = append(options, public.WithClaims(claims))
	}
	scopes, without := f.delegatedScopes()
	code, err := f.client.AcquireTokenByDeviceCode(ctx, scopes, options...)
	if err != nil {
		return bearer{}, err
	}
	if err := f.prompt(ctx, Prompt{URL: code.Result.VerificationURL, Code: code.Result.UserCode, Expires: code.Result.ExpiresOn, Without: without}); err != nil {
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
func (f *deviceFlow) silent(ctx context.Context, claims string) (bearer, error) {
	accounts, err := f.client.Accounts(ctx)
	if err != nil {
		return bearer{}, err
	}
	last := errors.New("nobody has signed in before")
	scopes, _ := f.delegatedScopes()
	for _, account := range accounts {
		options := []public.AcquireSilentOption{public.WithSilentAccount(account)}
		if claims != "" {
			options = append(options, public.WithClaims(claims))
		}
		result, err := f.client.AcquireTokenSilent(ctx, scopes, options...)
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
