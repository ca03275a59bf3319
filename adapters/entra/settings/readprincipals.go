package settings

import (
	"slices"
	"strings"
)

// idsPerRequest is how many values Graph takes in one "in" filter.
// https://learn.microsoft.com/graph/aad-advanced-queries, read 2026-11-23
const idsPerRequest = 15

// principals reads the names of the users and groups that policies against
// legacy clients are for or leave out. One that was deleted has no name; that is no error.
func (r reader) principals(policies []Policy) (users, groups Fact[[]Principal]) {
	ids := map[Kind][]string{}
	for _, p := range policies {
		for _, kind := range []clientKind{activeSync, otherClients} {
			s := scopeOf(p, kind)
			for _, named := range slices.Concat(s.only, s.left) {
				ids[named.Kind] = append(ids[named.Kind], named.ID)
			}
		}
	}
	return r.ofKind(User, ids[User]), r.ofKind(Group, ids[Group])
}

func (r reader) ofKind(kind Kind, ids []string) Fact[[]Principal] {
	var all []Principal
	for some := range slices.Chunk(distinct(ids), idsPerRequest) {
		found, err := r.named(kind, some)
		if err != nil {
			return unread[[]Principal](needsDirectory, err)
		}
		all = append(all, found...)
	}
	return Known(all)
}

func (r reader) named(kind Kind, ids []string) ([]Principal, error) {
	path, name := "/users", "userPrincipalName"
	if kind == Group {
		path, name = "/groups", "displayName"
	}
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = quoted(id)
	}
	found, err := list[struct {
		ID    string `json:"id"`
		User  string `json:"userPrincipalName"`
		Group string `json:"displayName"`
	}](r, where(path, "id in ("+strings.Join(texts, ",")+")", "id,"+name))
	if err != nil {
		return nil, err
	}
	principals := make([]Principal, 0, len(found))
	for _, p := range found {
		principals = append(principals, Principal{Kind: kind, ID: p.ID, Name: or(p.User, p.Group)})
	}
	return principals, nil
}

// distinct sorts ids and drops repeats.
func distinct(ids []string) []string {
	slices.Sort(ids)
	return slices.Compact(ids)
}
