package settings

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// Getter asks Microsoft Graph v1.0. A path begins with a slash and may carry a
// query; a whole address is a next page that Graph itself gave. The answer's
// JSON is decoded into the value.
type Getter interface {
	JSON(ctx context.Context, path string, into any) error
}

// The permissions it takes to read.
const (
	needsDirectory = "Directory.Read.All"
	needsPolicy    = "Policy.Read.All"
)

// Read asks Microsoft Graph for everything but Exchange. Self is the program's
// own application id; it is empty when the program runs with a person's own
// rights. What cannot be read is an unknown fact; the error is only that of the
// context.
func Read(ctx context.Context, g Getter, self string) (Facts, error) {
	r := reader{ctx: ctx, graph: g}
	var f Facts
	f.Permissions = r.permissions(self)
	f.Apple = r.apple()
	f.Policies = r.policies()
	f.Users, f.Groups = r.principals(f.Policies.Value)
	f.Defaults = r.defaults()
	f.Licenses = r.licenses()
	if err := ctx.Err(); err != nil {
		return Facts{}, fmt.Errorf("read the tenant's settings: %w", err)
	}
	return f, nil
}

// reader is one reading; its context lives as long as Read.
type reader struct {
	ctx   context.Context
	graph Getter
}

// unread gives a fact that an error kept from being read.
func unread[T any](needs string, err error) Fact[T] {
	return Fact[T]{Needs: needs, Why: strings.TrimSuffix(strings.Join(strings.Fields(err.Error()), " "), ".")}
}

// pageLimit keeps an answer that always names a next page from going on for
// ever: no tenant has as many policies, grants or licenses.
const pageLimit = 200

// list reads all pages of a collection.
func list[T any](r reader, path string) ([]T, error) {
	var all []T
	for range pageLimit {
		var page struct {
			Value []T    `json:"value"`
			Next  string `json:"@odata.nextLink"`
		}
		if err := r.graph.JSON(r.ctx, path, &page); err != nil {
			return nil, err
		}
		all = append(all, page.Value...)
		if page.Next == "" {
			return all, nil
		}
		path = page.Next
	}
	return nil, errors.New("the answer does not end")
}

// where gives a path with a filter and the fields wanted.
func where(path, filter, fields string) string {
	query := "$filter=" + strings.ReplaceAll(url.QueryEscape(filter), "+", "%20")
	if fields != "" {
		query += "&$select=" + fields
	}
	return path + "?" + query
}

// quoted is s as a text in a filter.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func (r reader) policies() Fact[[]Policy] {
	found, err := list[Policy](r, "/identity/conditionalAccess/policies")
	if err != nil {
		return unread[[]Policy](needsPolicy, err)
	}
	return Known(found)
}

func (r reader) defaults() Fact[bool] {
	var answer struct {
		IsEnabled *bool `json:"isEnabled"`
	}
	err := r.graph.JSON(r.ctx, "/policies/identitySecurityDefaultsEnforcementPolicy", &answer)
	switch {
	case err != nil:
		return unread[bool](needsPolicy, err)
	case answer.IsEnabled == nil:
		return Fact[bool]{Why: "the answer does not say isEnabled"}
	}
	return Known(*answer.IsEnabled)
}

func (r reader) licenses() Fact[[]License] {
	found, err := list[License](r, "/subscribedSkus?$select=skuPartNumber,capabilityStatus,servicePlans")
	if err != nil {
		return unread[[]License](needsDirectory, err)
	}
	return Known(found)
}

func (r reader) apple() Fact[Apple] {
	found, err := list[struct {
		ID       string `json:"id"`
		Name     string `json:"displayName"`
		Enabled  *bool  `json:"accountEnabled"`
		Assigned bool   `json:"appRoleAssignmentRequired"`
	}](r, where("/servicePrincipals", "appId eq "+quoted(AppleAppID), "id,displayName,accountEnabled,appRoleAssignmentRequired"))
	switch {
	case err != nil:
		return unread[Apple](needsDirectory, err)
	case len(found) == 0:
		return Known(Apple{})
	case found[0].ID == "":
		return Fact[Apple]{Why: "the answer does not say the id of the service principal"}
	case found[0].Enabled == nil:
		return Fact[Apple]{Why: "the answer does not say accountEnabled"}
	}
	return Known(Apple{
		Present: true, Name: found[0].Name, Enabled: *found[0].Enabled, Assigned: found[0].Assigned,
		Consent: r.consent(found[0].ID),
	})
}

func (r reader) consent(client string) Fact[Consent] {
	found, err := list[struct {
		Type  string `json:"consentType"`
		Scope string `json:"scope"`
		User  string `json:"principalId"`
	}](r, where("/oauth2PermissionGrants", "clientId eq "+quoted(client), ""))
	if err != nil {
		return unread[Consent](needsDirectory, err)
	}
	var c Consent
	people := map[string]bool{}
	for _, grant := range found {
		switch grant.Type {
		case "AllPrincipals":
			c.ForAll = append(c.ForAll, strings.Fields(grant.Scope)...)
		case "Principal":
			people[grant.User] = true
		}
	}
	c.People = len(people)
	return Known(c)
}
