package entratest

import (
	"crypto/sha256"
	"fmt"
)

// graphPrincipal is the id of Graph's own service principal in every tenant
// served here; in life each tenant has its own.
const graphPrincipal = "5b3c8a70-1111-4d2e-9c1a-2f60a1b0c0de"

// roleID is the id of one of Graph's application permissions:
// https://learn.microsoft.com/graph/permissions-reference.
// A permission that is not listed here gets an id of its own.
func roleID(name string) string {
	if id, known := map[string]string{
		"Application.Read.All":              "9a5d68dd-52b0-4cc2-bd40-abcf3ac3a30c",
		"AuditLog.Read.All":                 "b0afded3-3588-46d8-8b3d-9842eff778da",
		"DelegatedPermissionGrant.Read.All": "81b4724a-58aa-41c1-8a55-84ef97466587",
		"Directory.Read.All":                "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
		"Directory.ReadWrite.All":           "19dbc75e-c2e2-444c-a770-ec69d8559fc7",
		"Mail.Read":                         "810c84a8-4a9e-49e6-bf7d-12d183f40d01",
		"Organization.Read.All":             "498476ce-e0fe-48b0-b801-37ba7e2685c6",
		"Policy.Read.All":                   "246dd0d5-5bd0-4def-940b-0421030a5b68",
		"Policy.Read.ConditionalAccess":     "37730810-e9ba-4e46-b07e-8ca78d182097",
		"Reports.Read.All":                  "230c1aed-a721-4c5d-9cb4-a90514e508ef",
		"User.Read.All":                     "df021288-bdef-4463-88db-98f22de89214",
	}[name]; known {
		return id
	}
	return stableGUID("role " + name)
}

// graphRoles are the appRoles of Graph's service principal, as far as the
// tenant's applications hold them or the program asks for them.
func (t *Tenant) graphRoles() []object {
	names := []string{
		"Application.Read.All", "AuditLog.Read.All", "DelegatedPermissionGrant.Read.All", "Directory.Read.All",
		"Organization.Read.All", "Policy.Read.All", "Policy.Read.ConditionalAccess", "User.Read.All",
	}
	for i := range t.Apps {
		names = append(names, t.Apps[i].Roles...)
	}
	roles, seen := []object{}, make(map[string]bool)
	for _, name := range names {
		if seen[name] {
			continue
		}
		seen[name] = true
		roles = append(roles, object{
			"id": roleID(name), "value": name, "displayName": name, "description": name, "isEnabled": true,
			"allowedMemberTypes": []string{"Application"}, "origin": "Application",
		})
	}
	return roles
}

// stableGUID is the same identifier for the same name.
func stableGUID(name string) string {
	b := sha256.Sum256([]byte(name))
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:16])
}
