package entra

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"legacyauth/adapters/entra/appreg"
)

// The permissions of Microsoft Graph that reading sign-ins needs.
const (
	AuditLogRead  = "AuditLog.Read.All"
	DirectoryRead = "Directory.Read.All"
)

var permissionName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\b[A-Z][A-Za-z-]+\.Read(?:Write)?(?:\.[A-Z][A-Za-z]+)*\b`)
})

// missing explains that a permission is not granted, and how to grant it to this
// kind of credential.
func (w words) missing(permission string, delegated bool) *Error {
	code := CodePermission
	switch permission {
	case AuditLogRead:
		code = CodeAuditLogRead
	case DirectoryRead:
		code = CodeDirectoryRead
	}
	_, managed := w.tenant.Credential.(ManagedIdentity)
	switch {
	case managed:
		return w.explained(code,
			fmt.Sprintf("The managed identity has no permission %s for Microsoft Graph.", permission),
			fmt.Sprintf("Assign it, which the portal cannot do: `New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $identity -PrincipalId $identity -ResourceId (Get-MgServicePrincipal -Filter \"appId eq '%s'\").Id -AppRoleId %s`, $identity being its object ID. Azure keeps the old token for up to 24 hours.", appreg.GraphAppID, w.roleID(permission)))
	case delegated:
		return w.explained(code,
			fmt.Sprintf("The sign-in has no delegated permission %s for Microsoft Graph.", permission),
			w.delegated(permission))
	default:
		return w.explained(code,
			fmt.Sprintf("App registration {client} has no application permission %s for Microsoft Graph in tenant {tenant}.", permission),
			fmt.Sprintf("`az ad app permission add --id {client} --api %s --api-permissions %s=Role` adds it; then an administrator consents at {consent}", appreg.GraphAppID, w.roleID(permission)))
	}
}

// Missing explains how to grant a permission that the token lacks to the kind of
// credential that signed in: an app registration, a managed identity or a person.
func (g *Graph) Missing(permission string, granted Grants) *Error {
	return g.words.missing(permission, granted.Delegated)
}

// delegated says how a person's sign-in gets a permission. Microsoft's own client
// asks for consent when it signs in; a registration must list the permission.
func (w words) delegated(permission string) string {
	const role = " The person who signs in also needs a directory role that may read it, such as Security Reader or Global Reader."
	if w.tenant.ClientID == "" || w.tenant.ClientID == graphCommandLine {
		return fmt.Sprintf("An administrator runs `Connect-MgGraph -TenantId {tenant} -Scopes %s` in PowerShell and consents on behalf of the organization.", permission) + role
	}
	return fmt.Sprintf("`az ad app permission add --id {client} --api %s --api-permissions %s=Scope` adds the delegated permission; then an administrator consents at {consent} .", appreg.GraphAppID, w.idOf(permission, func(p appreg.Permission) string { return p.Scope })) + role
}

// roleID is the id of an application permission, which commands ask for.
func (w words) roleID(permission string) string {
	return w.idOf(permission, func(p appreg.Permission) string { return p.ID })
}

// idOf gives an id where it is known. The cloud in China has ids of its own.
func (w words) idOf(permission string, id func(appreg.Permission) string) string {
	if w.tenant.cloud().Name != "china" {
		for _, p := range slices.Concat(appreg.Required(), appreg.Optional()) {
			if p.Name == permission {
				return id(p)
			}
		}
	}
	return "<ID of " + permission + ">"
}

// permissionFor is the least permission that reads what a path leads to, "" when
// it is not one this program asks for.
func permissionFor(path string) string {
	path = strings.ToLower(path)
	for _, known := range []struct{ part, permission string }{
		{"/auditlogs/", AuditLogRead},
		{"/reports/", "Reports.Read.All"},
		{"/policies/", "Policy.Read.All"},
		{"/identity/", "Policy.Read.All"},
		{"/serviceprincipals", DirectoryRead},
		{"/applications", DirectoryRead},
		{"/oauth2permissiongrants", DirectoryRead},
		{"/subscribedskus", DirectoryRead},
		{"/organization", DirectoryRead},
		{"/users", DirectoryRead},
		{"/groups", DirectoryRead},
	} {
		if strings.Contains(path, known.part) {
			return known.permission
		}
	}
	return ""
}
