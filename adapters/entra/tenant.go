package entra

import (
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"strings"
	"sync"
)

// Tenant is the configuration of one tenant: which one, in which cloud, and how
// to sign in to it. It holds places of secrets, never secrets.
type Tenant struct {
	// Name is what people call it; it stands in messages and names state files.
	Name string
	// TenantID is the directory's id, or one of its verified domains.
	TenantID string
	// ClientID is the id of the app registration. A managed identity has none,
	// and device code without one signs in as Microsoft Graph Command Line Tools.
	ClientID string
	// Cloud is where the tenant lives; the zero value means Global.
	Cloud Cloud
	// Credential is how to sign in.
	Credential Credential
}

var (
	guid = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	})
	domain = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$`)
	})
)

// name is compiled when it is needed: letters of every script, 64 times over,
// take two megabytes and a fifth of the program's start.
var name = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\pL\pN][\pL\pN ._-]{0,63}$`) })

// Check says what is wrong with the configuration, as an *Error, without reading
// any file or asking anybody; nil means that signing in can be tried.
func (t Tenant) Check() error {
	switch {
	case !name().MatchString(t.Name):
		return configError(fmt.Sprintf("A tenant is called %q.", shorten(t.Name)),
			"Give it a name of up to 64 letters, digits, spaces, dots, hyphens or underscores that starts with a letter or digit.")
	case t.Credential == nil:
		return t.configError("It has no credential.", "Name one: certificate, secret, federation, managed-identity or device-code.")
	case t.TenantID == "":
		return t.configError("Its tenant ID is missing.", "Copy the Tenant ID from the overview page of "+t.cloud().Portal+".")
	case multiTenant(t.TenantID):
		return t.configError(fmt.Sprintf("Its tenant ID is %q, which stands for any tenant.", t.TenantID),
			"Write this tenant's own ID or one of its domains.")
	case !guid().MatchString(t.TenantID) && !domain().MatchString(t.TenantID):
		return t.configError(fmt.Sprintf("Its tenant ID %q is neither an ID nor a domain.", shorten(t.TenantID)),
			"Copy the Tenant ID from the overview page of "+t.cloud().Portal+", or write a domain such as contoso.onmicrosoft.com.")
	case t.ClientID != "" && !guid().MatchString(t.ClientID):
		return t.configError(fmt.Sprintf("Its client ID %q is not an ID.", shorten(t.ClientID)),
			"Copy the Application (client) ID of the app registration; `legacyauth entra-app` creates one.")
	}
	return t.Credential.check(t)
}

// Consent is the address at which an administrator grants the app registration's
// permissions in this tenant.
// https://learn.microsoft.com/entra/identity-platform/v2-admin-consent (read 2026-11-23)
func (t Tenant) Consent() string {
	return t.cloud().Authority + "/" + url.PathEscape(t.TenantID) + "/adminconsent?client_id=" + url.QueryEscape(t.ClientID)
}

// String names the tenant and how it signs in, without any secret.
func (t Tenant) String() string {
	kind := "no credential"
	if t.Credential != nil {
		kind = t.Credential.Kind()
	}
	return fmt.Sprintf("%s (%s, %s, %s)", t.Name, t.TenantID, t.cloud().Name, kind)
}

// LogValue is String, so that a log never walks into the credential.
func (t Tenant) LogValue() slog.Value { return slog.StringValue(t.String()) }

func (t Tenant) cloud() Cloud {
	if t.Cloud.Name == "" {
		return Global()
	}
	return t.Cloud
}

func (t Tenant) configError(reason, do string) *Error {
	return configError(fmt.Sprintf("Tenant %s: %s", t.Name, reason), do)
}

func multiTenant(id string) bool {
	switch strings.ToLower(id) {
	case "common", "organizations", "consumers":
		return true
	}
	return false
}
