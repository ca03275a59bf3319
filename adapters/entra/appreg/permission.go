package appreg

import "slices"

// GraphAppID is the application id of Microsoft Graph in every tenant and cloud.
// https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in, read 2026-11-23
const GraphAppID = "00000003-0000-0000-c000-000000000000"

// Permission is a permission of Microsoft Graph that the program uses, as an
// application or on behalf of a person.
type Permission struct {
	Name string
	// ID is the id of the app role in the global and the US clouds. China has
	// other ids for some, so a script looks them up by name.
	ID string
	// Scope is the id of the delegated permission of the same name.
	Scope string
	// Why says what the program reads with it.
	Why string
	// Without says what is missing when it is not granted; empty for one that
	// is required.
	Without string
	// Instead names narrower permissions that do part of the same.
	Instead []string
}

// Ids: https://learn.microsoft.com/graph/permissions-reference. That some differ
// in China: the prerequisites module of Microsoft's security assessments,
// https://github.com/o365soa/soa. Both read 2026-11-23.
var (
	required = []Permission{
		{
			Name:  "AuditLog.Read.All",
			ID:    "b0afded3-3588-46d8-8b3d-9842eff778da",
			Scope: "e4c9e354-4dc5-45b8-9e7c-e1393b0b1a20",
			Why:   "reads the sign-in log",
		},
		{
			Name:  "Directory.Read.All",
			ID:    "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
			Scope: "06da0dbc-49e2-44d2-8312-53f166ab848a",
			Why:   "lets the sign-in log check the tenant's license, and reads licenses, applications and consents",
		},
	}
	optional = []Permission{
		{
			Name:    "Policy.Read.All",
			ID:      "246dd0d5-5bd0-4def-940b-0421030a5b68",
			Scope:   "572fea84-0151-49b2-9301-11cb16974376",
			Why:     "reads Conditional Access policies, security defaults and the policy results on each sign-in",
			Without: "nobody can say who would stop if a report-only policy were enforced",
			Instead: []string{"Policy.Read.ConditionalAccess"},
		},
	}
)

// Required lists the permissions without which a scan does not work.
func Required() []Permission { return slices.Clone(required) }

// Optional lists the permissions that a scan works without; each says what is
// missing then.
func Optional() []Permission { return slices.Clone(optional) }
