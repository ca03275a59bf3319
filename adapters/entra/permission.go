package entra

import (
	"fmt"
	"regexp"
	"strings"
)

// The permissions of Microsoft Graph that reading sign-ins needs.
const (
	AuditLogRead  = "AuditLog.Read.All"
	DirectoryRead = "Directory.Read.All"
)

// appRoles are the ids of application permissions, which commands ask for.
// https://learn.microsoft.com/graph/permissions-reference (read 2026-11-23)
var appRoles = map[string]string{
	AuditLogRead:      "b0afded3-3588-46d8-8b3d-9842eff778da",
	DirectoryRead:     "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
	"Policy.Read.All": "246dd0d5-5bd0-4def-940b-0421030a5b68",
}

// graphApp is Microsoft Graph itself, the same in every tenant.
const graphApp = "00000003-0000-0000-c000-000000000000"

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
			fmt.Sprintf("Assign it, which the portal cannot do: `New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $identity -PrincipalId $identity -ResourceId (Get-MgServicePrincipal -Filter \"appId eq '%s'\").Id -AppRoleId %s`, $identity being its object ID. Azure keeps the old token for up to 24 hours.", graphApp, roleID(permission)))
	case delegated:
		return w.explained(code,
			fmt.Sprintf("The sign-in has no delegated permission %s for Microsoft Graph.", permission),
			"An administrator consents to it at {consent}")
	default:
		return w.explained(code,
			fmt.Sprintf("App registration {client} has no application permission %s for Microsoft Graph in tenant {tenant}.", permission),
			fmt.Sprintf("`az ad app permission add --id {client} --api %s --api-permissions %s=Role` adds it; then an administrator consents at {consent}", graphApp, roleID(permission)))
	}
}

func roleID(permission string) string {
	if id, ok := appRoles[permission]; ok {
		return id
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
		{"/serviceprincipals", "Application.Read.All"},
		{"/applications", "Application.Read.All"},
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
