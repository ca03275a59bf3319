package entratest

import (
	"encoding/json"
	"maps"
	"slices"
)

// Settings are the directory resources that a check of the tenant reads, each
// as the JSON object that Graph would send. A service principal for every
// application of the tenant and for Graph itself, their role assignments, and
// the tenant's users need not be given: they are made from Tenant.Apps and
// Tenant.Users where no object here has their id.
type Settings struct {
	// ServicePrincipals have an id and an appId.
	ServicePrincipals []json.RawMessage
	// Grants are oauth2PermissionGrants, found by clientId.
	Grants []json.RawMessage
	// Assignments are appRoleAssignments, found by principalId.
	Assignments []json.RawMessage
	// Policies are the Conditional Access policies.
	Policies []json.RawMessage
	// SecurityDefaults is whether security defaults are enforced.
	SecurityDefaults bool
	// Organization is the tenant's organization object; nil means one with its
	// ID, name and domains.
	Organization json.RawMessage
	// SKUs are the subscribedSkus.
	SKUs []json.RawMessage
	// Users have an id and a userPrincipalName.
	Users []json.RawMessage
	// Groups have an id and a displayName.
	Groups []json.RawMessage
	// Members are the direct members of groups by their id: ids of users, of
	// other groups, and of objects that nothing here describes, which are devices.
	Members map[string][]string
	// Page is how many objects a page holds; zero means 100.
	Page int
}

func (s Settings) copied() Settings {
	for _, list := range []*[]json.RawMessage{&s.ServicePrincipals, &s.Grants, &s.Assignments, &s.Policies, &s.SKUs, &s.Users, &s.Groups} {
		*list = slices.Clone(*list)
	}
	s.Members = maps.Clone(s.Members)
	return s
}

// servicePrincipals are those given and those that follow from the tenant's
// applications.
func (t *Tenant) servicePrincipals() []json.RawMessage {
	all := slices.Clone(t.Settings.ServicePrincipals)
	for i := range t.Apps {
		a := &t.Apps[i]
		if find(all, "appId", a.ClientID) == nil {
			all = append(all, object{
				"id": a.ObjectID, "appId": a.ClientID, "displayName": a.Name, "accountEnabled": true,
				"appOwnerOrganizationId": t.ID, "servicePrincipalType": "Application",
			}.json())
		}
	}
	if find(all, "appId", graphAppID) == nil {
		all = append(all, object{
			"id": graphPrincipal, "appId": graphAppID, "displayName": "Microsoft Graph", "accountEnabled": true,
			"appOwnerOrganizationId": "f8cdef31-a31e-4b4a-93e4-5f571e91255a", "servicePrincipalType": "Application",
			"appRoles": t.graphRoles(),
		}.json())
	}
	return all
}

// assignments are those given and the roles of the tenant's applications.
func (t *Tenant) assignments(principal string) []json.RawMessage {
	all := filtered(t.Settings.Assignments, "principalId", principal)
	for i := range t.Apps {
		a := &t.Apps[i]
		if a.ObjectID != principal {
			continue
		}
		for _, role := range a.Roles {
			all = append(all, object{
				"id": stableGUID(a.ObjectID + role), "appRoleId": roleID(role), "principalId": a.ObjectID,
				"principalDisplayName": a.Name, "principalType": "ServicePrincipal",
				"resourceDisplayName": "Microsoft Graph", "resourceId": graphPrincipal,
				"createdDateTime": "2026-01-15T09:00:00Z",
			}.json())
		}
	}
	return all
}

// people are the users given and the tenant's.
func (t *Tenant) people() []json.RawMessage {
	all := slices.Clone(t.Settings.Users)
	for i := range t.Users {
		if u := &t.Users[i]; find(t.Settings.Users, "id", u.ID) == nil {
			all = append(all, object{
				"id": u.ID, "userPrincipalName": u.UPN, "displayName": u.Name, "mail": u.UPN,
				"accountEnabled": !u.Disabled, "userType": "Member",
			}.json())
		}
	}
	return all
}

func (t *Tenant) organization() json.RawMessage {
	if t.Settings.Organization != nil {
		return t.Settings.Organization
	}
	domains := []object{}
	for i, d := range t.Domains {
		domains = append(domains, object{"name": d, "isDefault": i == 0, "isInitial": i == 0, "type": "Managed"})
	}
	return object{"id": t.ID, "displayName": t.label(), "tenantType": "AAD", "verifiedDomains": domains}.json()
}

func (t *Tenant) securityDefaults() json.RawMessage {
	return object{
		"id": "00000000-0000-0000-0000-000000000005", "displayName": "Security Defaults",
		"description": "Security defaults is a set of basic identity security mechanisms recommended by Microsoft.",
		"isEnabled":   t.Settings.SecurityDefaults,
	}.json()
}
