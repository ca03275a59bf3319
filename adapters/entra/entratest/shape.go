package entratest

import (
	"bytes"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// shape says which parts of a sign-in's beta form an answer shows.
type shape struct {
	v1       bool     // the properties of v1.0 only
	policies bool     // the caller may see Conditional Access policies
	unknown  bool     // the caller asked for members of enumerations added later
	selected []string // nil: every property
}

func (c *call) shape(t *Tenant) shape {
	return shape{
		v1: c.version == "v1.0",
		// Without one of these the property is left out and nothing is said:
		// https://learn.microsoft.com/graph/api/signin-list (as of 2026-10).
		policies: c.bearer.Type == "user" && t.user(c.bearer.Object) != nil && c.bearer.may("Policy.Read.All", "Policy.Read.ConditionalAccess") ||
			c.bearer.Type == "app" && c.bearer.may("Policy.Read.All", "Policy.Read.ConditionalAccess", "Policy.ReadWrite.ConditionalAccess"),
		unknown:  slices.ContainsFunc(c.r.Header.Values("Prefer"), func(v string) bool { return strings.Contains(v, "include-unknown-enum-members") }),
		selected: c.options.selected,
	}
}

// plain says whether the beta form can be sent as it is.
func (s shape) plain(raw []byte) bool {
	return !s.v1 && s.policies && s.selected == nil && (s.unknown || !bytes.Contains(raw, []byte(`"reportOnly`)) && !lateProtocol(raw))
}

func (s shape) shows(property string) bool {
	switch {
	case s.v1 && !slices.Contains(v1Properties(), property):
		return false
	case property == "appliedConditionalAccessPolicies" && !s.policies:
		return false
	default:
		return s.selected == nil || slices.Contains(s.selected, property)
	}
}

// append appends a row in the shape. A row that is no JSON object is sent as
// it is, for tests that want one.
func (s shape) append(dst, raw []byte) []byte {
	if s.plain(raw) {
		return append(dst, raw...)
	}
	start := len(dst)
	d := jsontext.NewDecoder(bytes.NewReader(raw), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if t, err := d.ReadToken(); err != nil || t.Kind() != '{' {
		return append(dst, raw...)
	}
	dst = append(dst, '{')
	for d.PeekKind() == '"' {
		name, err := d.ReadToken()
		if err != nil {
			return append(dst[:start], raw...)
		}
		property := name.String()
		value, err := d.ReadValue()
		if err != nil {
			return append(dst[:start], raw...)
		}
		if !s.shows(property) {
			continue
		}
		if len(dst) > start+1 {
			dst = append(dst, ',')
		}
		dst, _ = jsontext.AppendQuote(dst, property)
		dst = append(dst, ':')
		if !s.unknown {
			value = withoutLateMembers(property, value)
		}
		dst = append(dst, value...)
	}
	return append(dst, '}')
}

// v1Properties are the properties of v1.0's signIn, as of its metadata of
// 2026-08-03: microsoftgraph/msgraph-metadata, schemas/v1.0-Prod.csdl.
func v1Properties() []string {
	return []string{
		"id", "appDisplayName", "appId", "appliedConditionalAccessPolicies", "authenticationAppDeviceDetails",
		"clientAppUsed", "conditionalAccessStatus", "correlationId", "createdDateTime", "deviceDetail",
		"homeTenantId", "ipAddress", "isInteractive", "location", "resourceDisplayName", "resourceId",
		"resourceTenantId", "riskDetail", "riskEventTypes", "riskEventTypes_v2", "riskLevelAggregated",
		"riskLevelDuringSignIn", "riskState", "servicePrincipalId", "servicePrincipalName", "status",
		"userAgent", "userDisplayName", "userId", "userPrincipalName",
	}
}
