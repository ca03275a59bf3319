package entra

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"legacyauth/adapters/entra/appreg"
)

// The permissions of Microsoft Graph that reading sign-ins needs.
const (
	AuditLogRead  = "AuditLog.Read.All"
	DirectoryRead = "Directory.Read.All"
)

var permissionName = regexp.MustCompile(`\b[A-Z][A-Za-z-]+\.Read(?:Write)?(?:\.[A-Z][A-Za-z]+)*\b`)

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
			"An administrator consents to it at {consent}")
	default:
		return w.explained(code,
			fmt.Sprintf("App registration {client} has no application permission %s for Microsoft Graph in tenant {tenant}.", permission),
			fmt.Sprintf("`az ad app permission add --id {client} --api %s --api-permissions %s=Role` adds it; then an administrator consents at {consent}", appreg.GraphAppID, w.roleID(permission)))
	}
}

// roleID is the id of an application permission, which commands ask for. The
// cloud in China has ids of its own.
func (w words) roleID(permission string) string {
	if w.tenant.cloud().Name != "china" {
		for _, p := range slices.Concat(appreg.Required(), appreg.Optional()) {
			if p.Name == permission {
				return p.ID
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
