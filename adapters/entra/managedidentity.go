package entra

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	msalerrors "github.com/AzureAD/microsoft-authentication-library-for-go/apps/errors"
	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/managedidentity"
)

// ManagedIdentity signs in as the identity that Azure (or Azure Arc) gave the
// machine, container or function the program runs on. With no field set it is
// the system-assigned one; otherwise one field names a user-assigned one.
type ManagedIdentity struct {
	ClientID, ObjectID, ResourceID string
}

// identityTimeout bounds the search for an identity where there is none.
const identityTimeout = 30 * time.Second

// Kind is "managed-identity".
func (ManagedIdentity) Kind() string { return "managed-identity" }

func (m ManagedIdentity) check(t Tenant) error {
	named := 0
	for _, id := range []string{m.ClientID, m.ObjectID, m.ResourceID} {
		if id != "" {
			named++
		}
	}
	if named > 1 {
		return t.configError("Its managed identity is named in more than one way.", "Keep one of client ID, object ID and resource ID, or none for the system-assigned identity.")
	}
	return nil
}

func (m ManagedIdentity) id() managedidentity.ID {
	switch {
	case m.ClientID != "":
		return managedidentity.UserAssignedClientID(m.ClientID)
	case m.ObjectID != "":
		return managedidentity.UserAssignedObjectID(m.ObjectID)
	case m.ResourceID != "":
		return managedidentity.UserAssignedResourceID(m.ResourceID)
	}
	return managedidentity.SystemAssigned()
}

func (m ManagedIdentity) open(s setup) (login, error) {
	client, err := managedidentity.New(m.id(), managedidentity.WithHTTPClient(&http.Client{Transport: s.opt.local(), CheckRedirect: stay}))
	if err != nil {
		return login{}, s.words.explained(CodeNoIdentity,
			"This kind of Azure machine has no managed identity as configured for tenant {name}.",
			"Use the system-assigned identity, or name a user-assigned one by its client ID.")
	}
	resource := s.tenant.cloud().Graph
	// MSAL keeps these tokens in one cache per process and looks past it only
	// for a request with claims, which it does not send anywhere.
	var anew atomic.Bool
	return login{
		what:   "managed identity",
		forget: func() { anew.Store(true) },
		bearer: func(ctx context.Context, claims string) (bearer, error) {
			limited, cancel := context.WithTimeout(ctx, identityTimeout)
			defer cancel()
			var options []managedidentity.AcquireTokenOption
			if claims != "" || anew.Swap(false) {
				options = append(options, managedidentity.WithClaims(orElse(claims, "{}")))
			}
			result, err := client.AcquireToken(limited, resource, options...)
			if err != nil {
				return bearer{}, s.words.identityRefused(ctx, err)
			}
			return bearer{
				token:  NewSecret(result.AccessToken),
				cached: result.Metadata.TokenSource == managedidentity.TokenSourceCache,
			}, nil
		},
	}, nil
}

// identityRefused explains why the machine gave no token. What it answers is not
// shown: MSAL puts whole answers into its errors.
func (w *words) identityRefused(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var call msalerrors.CallErr
	switch {
	case !errors.As(err, &call):
		return w.explained(CodeNoIdentity,
			"This machine has no managed identity: nothing gives out tokens for one here.",
			"Run on Azure or Azure Arc with an identity assigned, or use another credential.")
	case call.Resp != nil && call.Resp.StatusCode >= http.StatusInternalServerError:
		return w.explained(CodeUnavailable, "The machine's identity service failed to answer.", "Try again in a few minutes.")
	case strings.Contains(err.Error(), "dentity not found"):
		return w.explained(CodeNoIdentity,
			"This machine does not have the managed identity that is configured for tenant {name}.",
			"Assign it: `az vm identity assign` (or `az webapp`, `az containerapp identity assign`).")
	}
	return w.explained(CodeNoIdentity,
		"The machine's identity service refuses to give a token for tenant {name}.",
		"Check that the identity is assigned to this machine and still exists.")
}
