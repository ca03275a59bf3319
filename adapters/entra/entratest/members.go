package entratest

import (
	"encoding/json"
	"net/http"
)

// mostMembers is the largest page of a group's members:
// https://learn.microsoft.com/graph/api/group-list-transitivemembers, read 2026-11-29.
const mostMembers = 999

// members answers /groups/{id}/members and /groups/{id}/transitiveMembers. Who
// may read the group and not its users gets their kind and id alone.
func (c *call) members(t *Tenant, group, relation string) *refusal {
	if relation != "members" && relation != "transitiveMembers" {
		return badRequest("Resource not found for the segment '" + relation + "'.")
	}
	if !c.bearer.may(groupReaders()...) {
		return denied()
	}
	if c.options.top > mostMembers {
		return &refusal{status: http.StatusBadRequest, code: "Request_UnsupportedQuery", message: "Invalid page size specified: must be between 1 and 999 inclusive."}
	}
	found := find(t.Settings.Groups, "id", group)
	if found == nil {
		return notFound(group)
	}
	known := t.directory(c.bearer.may(userReaders()...))
	var list []json.RawMessage
	seen := map[string]bool{}
	var visit func(id string)
	visit = func(id string) {
		for _, member := range t.Settings.Members[id] {
			if seen[member] {
				continue
			}
			seen[member] = true
			o, ok := known[member]
			if !ok {
				o = object{"@odata.type": "#microsoft.graph.device", "id": member}
			}
			list = append(list, o.json())
			if relation == "transitiveMembers" {
				visit(member)
			}
		}
	}
	visit(property(found, "id"))
	// The kind is told whatever is selected.
	if len(c.options.selected) > 0 {
		c.options.selected = append(c.options.selected, "@odata.type")
	}
	return c.collection(denied(), groupReaders(), list)
}

// directory gives users and groups by their ids as they stand in a collection of
// objects of several kinds; users are whether users may be read.
func (t *Tenant) directory(users bool) map[string]object {
	all := map[string]object{}
	add := func(kind string, list []json.RawMessage) {
		for _, raw := range list {
			var o object
			if json.Unmarshal(raw, &o) != nil {
				continue
			}
			id, _ := o["id"].(string)
			o["@odata.type"] = kind
			all[id] = o
		}
	}
	add("#microsoft.graph.user", t.people())
	if !users {
		for id := range all {
			all[id] = object{"@odata.type": "#microsoft.graph.user", "id": id, "userPrincipalName": nil, "displayName": nil, "mail": nil}
		}
	}
	add("#microsoft.graph.group", t.Settings.Groups)
	return all
}
