package entra

import (
	"context"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
)

// confidential completes a login as the app itself with MSAL.
func (s setup) confidential(credential confidential.Credential, as login, extra ...confidential.Option) (login, error) {
	options := append([]confidential.Option{
		confidential.WithHTTPClient(s.authority),
		confidential.WithCache(s.cache),
		// The authorities are a closed list, so asking the worldwide cloud which
		// ones exist would only add a host to let through.
		confidential.WithInstanceDiscovery(false),
		// Without this, MSAL_FORCE_REGION in the environment makes MSAL look for
		// a region at an address outside Azure.
		confidential.WithAzureRegion("DisableMsalForceRegion"),
		// CP1 says that claims challenges are understood, which lets Graph refuse
		// a revoked token and name what a new one needs.
		confidential.WithClientCapabilities([]string{"CP1"}),
	}, extra...)
	client, err := confidential.New(s.at(), s.tenant.ClientID, credential, options...)
	if err != nil {
		// MSAL's text is left out: it may quote what it was given.
		return login{}, s.tenant.configError("The sign-in library does not accept its tenant ID or credential.", "Check both.")
	}
	as.forget = s.cache.forget
	as.bearer = func(ctx context.Context, claims string) (bearer, error) {
		var options []confidential.AcquireByCredentialOption
		if claims != "" {
			options = append(options, confidential.WithClaims(claims))
		}
		result, err := client.AcquireTokenByCredential(ctx, s.scopes(), options...)
		if err != nil {
			return bearer{}, err
		}
		return bearer{
			token:  NewSecret(result.AccessToken),
			cached: result.Metadata.TokenSource == confidential.TokenSourceCache,
		}, nil
	}
	return as, nil
}
