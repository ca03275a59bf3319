package members

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"sync"

	"legacyauth/adapters/entra"
)

// Getter asks Microsoft Graph v1.0. A path begins with a slash and may carry a
// query; a whole address is a next page that Graph itself gave. The answer's
// JSON is decoded into the value.
type Getter interface {
	JSON(ctx context.Context, path string, into any) error
}

// Group is a group with the users in it.
type Group struct {
	ID, Name string
	Users    []User
	// Others counts members that are no users: devices, contacts, applications.
	Others int
}

// User is a member. Name is empty where the program may read the group and not
// its users.
type User struct{ ID, Name string }

// Error is what whoever asked can put right, in words that may be shown. It names
// no member.
type Error struct{ Words string }

// Error gives the words.
func (e *Error) Error() string { return e.Words }

func wrong(format string, args ...any) error { return &Error{fmt.Sprintf(format, args...)} }

var guid = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
})

// IsID says whether a word is the id of an object of a directory.
func IsID(word string) bool { return guid().MatchString(word) }

// top is the most that one page of members takes, and pageLimit keeps an answer
// that always names a next page from going on for ever.
// https://learn.microsoft.com/graph/api/group-list-transitivemembers, read 2026-11-29
const (
	top       = 999
	pageLimit = 1000
)

// Read gives a group by its id, its name or its mail address, with everybody in
// it. An *Error says that there is no such group, more than one, or nobody in it;
// an *entra.Error that it may not be read.
func Read(ctx context.Context, g Getter, group string) (Group, error) {
	found, err := find(ctx, g, strings.TrimSpace(group))
	if err != nil {
		return Group{}, err
	}
	next := fmt.Sprintf("/groups/%s/transitiveMembers?$select=id,userPrincipalName&$top=%d", url.PathEscape(found.ID), top)
	for range pageLimit {
		var page struct {
			Value []struct {
				Kind string `json:"@odata.type"`
				ID   string `json:"id"`
				Name string `json:"userPrincipalName"`
			} `json:"value"`
			Next string `json:"@odata.nextLink"`
		}
		if err := g.JSON(ctx, next, &page); err != nil {
			return Group{}, fmt.Errorf("read the members of a group: %w", err)
		}
		for _, m := range page.Value {
			switch m.Kind {
			case "#microsoft.graph.user":
				found.Users = append(found.Users, User{ID: m.ID, Name: m.Name})
			case "#microsoft.graph.group": // its members stand here themselves
			default:
				found.Others++
			}
		}
		if next = page.Next; next == "" {
			if len(found.Users) == 0 {
				return found, wrong("group %q has no user that this program can see; the members of a group with hidden membership need the permission Member.Read.Hidden", found.Name)
			}
			return found, nil
		}
	}
	return Group{}, errors.New("read the members of a group: the answer does not end")
}

// find looks for the group itself.
func find(ctx context.Context, g Getter, group string) (Group, error) {
	type named struct {
		ID   string `json:"id"`
		Name string `json:"displayName"`
	}
	if group == "" {
		return Group{}, wrong("a group is given by its name, its address or its object id")
	}
	if IsID(group) {
		var one named
		err := g.JSON(ctx, "/groups/"+group+"?$select=id,displayName", &one)
		if entra.CodeOf(err) == entra.CodeNotFound {
			return Group{}, wrong("there is no group with the id %s in the tenant", group)
		}
		if err != nil {
			return Group{}, fmt.Errorf("look up a group: %w", err)
		}
		return Group{ID: one.ID, Name: one.Name}, nil
	}
	property := "displayName"
	if strings.Contains(group, "@") {
		property = "mail"
	}
	filter := property + " eq '" + strings.ReplaceAll(group, "'", "''") + "'"
	var page struct {
		Value []named `json:"value"`
	}
	err := g.JSON(ctx, "/groups?$filter="+strings.ReplaceAll(url.QueryEscape(filter), "+", "%20")+"&$select=id,displayName", &page)
	switch {
	case err != nil:
		return Group{}, fmt.Errorf("look up a group: %w", err)
	case len(page.Value) == 0:
		return Group{}, wrong("there is no group %q in the tenant; its name is written as in the Entra admin center under Groups, or give its object id", group)
	case len(page.Value) > 1:
		ids := make([]string, len(page.Value))
		for i, one := range page.Value {
			ids[i] = one.ID
		}
		return Group{}, wrong("%d groups are called %q; give one by its object id: %s", len(ids), group, strings.Join(ids, ", "))
	}
	return Group{ID: page.Value[0].ID, Name: page.Value[0].Name}, nil
}
