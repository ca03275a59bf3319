package entratest

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"sync"
)

// keyed is a path segment with a key in parentheses.
var keyed = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\((?:(\w+)=)?'([^']*)'\)`) })

// settings answers for every resource but the sign-in log.
func (c *call) settings() *refusal {
	if _, r := parseOptions(c.r.URL); r != nil {
		return r
	}
	t := c.tenant.view()
	// servicePrincipals('ID') is servicePrincipals/ID; an alternate key keeps
	// its name.
	path := keyed().ReplaceAllStringFunc(strings.Trim(c.path, "/"), func(m string) string {
		parts := keyed().FindStringSubmatch(m)
		if parts[1] != "" {
			return "/" + parts[1] + "=" + parts[2]
		}
		return "/" + parts[2]
	})
	segments := strings.Split(path, "/")
	switch {
	case path == "identity/conditionalAccess/policies":
		return c.collection(accessDenied(), policyReaders(), t.Settings.Policies)
	case path == "policies/identitySecurityDefaultsEnforcementPolicy":
		return c.single(accessDenied(), policyReaders(), t.securityDefaults(), path)
	case path == "organization":
		return c.collection(denied(), organizationReaders(), []json.RawMessage{t.organization()})
	case path == "subscribedSkus":
		return c.collection(denied(), append(organizationReaders(), "LicenseAssignment.Read.All"), t.Settings.SKUs)
	case path == "oauth2PermissionGrants":
		return c.collection(denied(), grantReaders(), t.Settings.Grants)
	case segments[0] == "servicePrincipals":
		return c.servicePrincipal(&t, segments[1:])
	case path == "users":
		return c.collection(denied(), userReaders(), t.people())
	case path == "groups":
		return c.collection(denied(), groupReaders(), t.Settings.Groups)
	case len(segments) == 2 && segments[0] == "groups":
		return c.single(denied(), groupReaders(), find(t.Settings.Groups, "id", segments[1]), segments[1])
	case len(segments) == 3 && segments[0] == "groups":
		return c.members(&t, segments[1], segments[2])
	case len(segments) == 2 && segments[0] == "users":
		people := t.people()
		u := find(people, "id", segments[1])
		if u == nil {
			u = find(people, "userPrincipalName", segments[1])
		}
		return c.single(denied(), userReaders(), u, segments[1])
	default:
		return badRequest("Resource not found for the segment '" + segments[0] + "'.")
	}
}

func (c *call) servicePrincipal(t *Tenant, rest []string) *refusal {
	all := t.servicePrincipals()
	if len(rest) == 0 {
		return c.collection(denied(), applicationReaders(), all)
	}
	by, key := "id", rest[0]
	if name, value, alternate := strings.Cut(key, "="); alternate {
		by, key = name, value
	}
	found := find(all, by, key)
	switch {
	case len(rest) == 1:
		return c.single(denied(), applicationReaders(), found, key)
	case len(rest) > 2 || found == nil:
		return notFound(key)
	case rest[1] == "appRoleAssignments":
		return c.collection(denied(), applicationReaders(), t.assignments(property(found, "id")))
	case rest[1] == "oauth2PermissionGrants":
		return c.collection(denied(), grantReaders(), filtered(t.Settings.Grants, "clientId", property(found, "id")))
	default:
		return badRequest("Resource not found for the segment '" + rest[1] + "'.")
	}
}

// Which permissions read what, by the pages of
// https://learn.microsoft.com/graph/permissions-reference.
func policyReaders() []string {
	return []string{"Policy.Read.All", "Policy.Read.ConditionalAccess", "Policy.ReadWrite.ConditionalAccess"}
}

func applicationReaders() []string {
	return []string{"Application.Read.All", "Application.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"}
}

func grantReaders() []string {
	return []string{"DelegatedPermissionGrant.Read.All", "DelegatedPermissionGrant.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"}
}

func organizationReaders() []string {
	return []string{"Organization.Read.All", "Organization.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"}
}

func userReaders() []string {
	return []string{"User.Read.All", "User.ReadBasic.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"}
}

func groupReaders() []string {
	return []string{"GroupMember.Read.All", "Group.Read.All", "Group.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"}
}

// single answers with one object.
func (c *call) single(without *refusal, readers []string, raw json.RawMessage, name string) *refusal {
	if !c.bearer.may(readers...) {
		return without
	}
	if raw == nil {
		return notFound(name)
	}
	var o map[string]json.RawMessage
	if err := json.Unmarshal(only(raw, c.options.selected), &o); err != nil {
		return notFound(name)
	}
	o["@odata.context"] = quote(c.base() + "/" + c.version + "/$metadata#" + strings.Trim(c.path, "/") + "/$entity")
	c.out.entry.note(func(r *Request) { r.Rows = 1 })
	return c.sendValue(o)
}

// collection answers with one page of objects.
func (c *call) collection(without *refusal, readers []string, all []json.RawMessage) *refusal {
	if !c.bearer.may(readers...) {
		return without
	}
	t := c.tenant.view()
	matching, refused := selected(all, c.options.filter)
	if refused != nil {
		return refused
	}
	size := c.options.top
	if size == 0 {
		size = t.Settings.Page
	}
	if size == 0 {
		size = 100
	}
	id, from := queryOf(c.version, c.path, c.options.filter), 0
	if c.options.paged {
		token, err := c.s.seal.open(c.options.skipToken)
		if err != nil || token.Tenant != c.bearer.Tenant || token.Query != id || !c.s.now().Before(token.Until) {
			return badRequest("Token not found: token is either invalid or expired")
		}
		from = min(token.Offset, len(matching))
	}
	page := append([]json.RawMessage{}, matching[from:min(from+size, len(matching))]...)
	for i := range page {
		page[i] = only(page[i], c.options.selected)
	}
	answer := map[string]any{"@odata.context": c.base() + "/" + c.version + "/$metadata#" + strings.Trim(c.path, "/"), "value": page}
	if from+size < len(matching) {
		token, err := c.s.seal.seal(skipToken{Tenant: c.bearer.Tenant, Query: id, Offset: from + size, Until: c.s.now().Add(c.s.config.SkipTokenLife)})
		if err != nil {
			return &refusal{status: http.StatusInternalServerError, code: "InternalServerError", message: "no skip token"}
		}
		answer["@odata.nextLink"] = c.nextLink(token)
	}
	c.out.entry.note(func(r *Request) { r.Rows = len(page) })
	return c.sendValue(answer)
}
