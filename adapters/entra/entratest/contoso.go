package entratest

import (
	"encoding/json"
	"iter"
)

// What Contoso's one application is called, and a policy of its.
const (
	ContosoID      = "aaaabbbb-0000-cccc-1111-dddd2222eeee"
	ContosoClient  = "00001111-aaaa-2222-bbbb-3333cccc4444"
	contosoApp     = "11112222-bbbb-3333-cccc-4444dddd5555"
	samplePolicy   = "22223333-cccc-4444-dddd-5555eeee6666"
	applePrincipal = "33334444-dddd-5555-eeee-6666ffff7777"
	appleApp       = "f8d98a96-0999-43f5-8af3-69971c7bb423"
	exchangeID     = "44445555-eeee-6666-ffff-7777aaaa8888"
)

// Contoso is a tenant with one application that may read everything the
// program asks for and has the secret given, an administrator to approve
// device codes (admin@contoso.com), a report-only policy that would block
// legacy authentication, and Apple Internet Accounts with consent. Change what
// it returns to make the tenant that a test is about.
func Contoso(secret string, rows iter.Seq[Row]) Tenant {
	return Tenant{
		ID: ContosoID, Name: "Contoso", Domains: []string{"contoso.com", "contoso.onmicrosoft.com"},
		Apps: []App{{
			ClientID: ContosoClient, ObjectID: contosoApp, Name: "legacyauth",
			Secrets: []Secret{{Value: secret}}, Public: true,
			Roles:  []string{"AuditLog.Read.All", "Directory.Read.All", "Policy.Read.All"},
			Scopes: []string{"AuditLog.Read.All", "Directory.Read.All", "Policy.Read.All"},
		}},
		Users: []User{{
			ID: "55556666-ffff-7777-aaaa-8888bbbb9999", UPN: "admin@contoso.com", Name: "Ada Admin",
			Roles: []string{"Security Reader"},
		}},
		Rows: rows,
		Settings: Settings{
			ServicePrincipals: []json.RawMessage{
				object{
					"id": applePrincipal, "appId": appleApp, "displayName": "Apple Internet Accounts", "accountEnabled": true,
					"servicePrincipalType": "Application",
				}.json(),
				object{
					"id": exchangeID, "appId": exchangeAppID, "displayName": "Office 365 Exchange Online",
					"accountEnabled": true, "servicePrincipalType": "Application",
				}.json(),
			},
			Grants: []json.RawMessage{object{
				"id": "grant-apple", "clientId": applePrincipal, "consentType": "AllPrincipals", "principalId": nil,
				"resourceId": exchangeID, "scope": "EAS.AccessAsUser.All EWS.AccessAsUser.All",
			}.json()},
			Policies: []json.RawMessage{BlockPolicy("enabledForReportingButNotEnforced")},
			SKUs: []json.RawMessage{object{
				"id": ContosoID + "_078d2b04-f1bd-4111-bbd4-b4b1b354cef4", "skuId": "078d2b04-f1bd-4111-bbd4-b4b1b354cef4",
				"skuPartNumber": "AAD_PREMIUM", "capabilityStatus": "Enabled", "appliesTo": "User", "consumedUnits": 20,
				"prepaidUnits": object{"enabled": 25, "suspended": 0, "warning": 0},
				"servicePlans": []object{{
					"servicePlanId": "41781fb2-bc02-4b7c-bd55-b576c07bb09d", "servicePlanName": "AAD_PREMIUM",
					"provisioningStatus": "Success", "appliesTo": "User",
				}},
			}.json()},
		},
	}
}

// BlockPolicy is a Conditional Access policy that blocks both kinds of legacy
// client for everyone but one break-glass account, in the state given:
// "enabled", "disabled" or "enabledForReportingButNotEnforced".
func BlockPolicy(state string) json.RawMessage {
	return object{
		"id": samplePolicy, "displayName": "Block legacy authentication", "state": state, "templateId": nil,
		"createdDateTime": "2026-02-03T09:00:00Z", "modifiedDateTime": nil,
		"conditions": object{
			"clientAppTypes": []string{"exchangeActiveSync", "other"}, "userRiskLevels": []string{}, "signInRiskLevels": []string{},
			"servicePrincipalRiskLevels": []string{},
			"applications": object{
				"includeApplications": []string{"All"}, "excludeApplications": []string{}, "includeUserActions": []string{},
				"includeAuthenticationContextClassReferences": []string{},
			},
			"users": object{
				"includeUsers": []string{"All"}, "excludeUsers": []string{"66667777-aaaa-8888-bbbb-9999cccc0000"},
				"includeGroups": []string{}, "excludeGroups": []string{}, "includeRoles": []string{}, "excludeRoles": []string{},
			},
		},
		"grantControls": object{
			"operator": "OR", "builtInControls": []string{"block"}, "customAuthenticationFactors": []string{},
			"termsOfUse": []string{},
		},
		"sessionControls": nil,
	}.json()
}
