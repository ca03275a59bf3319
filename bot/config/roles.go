package config

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"legacyauth/adapters/chat"
)

// Role is what somebody may do in chat. Who is not on a list is Everyone.
type Role string

// The roles; each may do what those before it may.
const (
	Everyone Role = "everyone" // see their own devices, ask what a line means, read the steps
	Helpdesk Role = "helpdesk" // see everybody's clients, scan, help people
	Admin    Role = "admin"    // make exceptions, export, say who hears what and who is who
)

// AllRoles lists the roles, the least first.
func AllRoles() []Role { return []Role{Everyone, Helpdesk, Admin} }

// May says whether somebody of the role may do what needs a role.
func (r Role) May(needed Role) bool {
	return slices.Index(AllRoles(), r) >= slices.Index(AllRoles(), needed) && slices.Contains(AllRoles(), needed)
}

// Roles lists who has which role, by ids of the platforms, since anybody can
// take another's name. An empty list is nobody.
//
//	slack:T0123:@U0456     a person of a workspace
//	slack:T0123:&S0789     a user group of it; on Discord a role of a server
type Roles struct {
	Admin    []string `yaml:"admin"`
	Helpdesk []string `yaml:"helpdesk"`
}

// Of gives what a person may do who has these groups of their platform. Whoever
// sits at the terminal can read the database anyway and is an admin.
func (r Roles) Of(p chat.Person, groups []string) Role {
	if p.Platform == chat.Terminal {
		return Admin
	}
	ids := []string{p.Who()}
	for _, g := range groups {
		ids = append(ids, Group(p, g))
	}
	for _, role := range []struct {
		role Role
		list []string
	}{{Admin, r.Admin}, {Helpdesk, r.Helpdesk}} {
		if slices.ContainsFunc(role.list, func(listed string) bool { return slices.Contains(ids, listed) }) {
			return role.role
		}
	}
	return Everyone
}

// ByGroup says whether a group of the platform has a role; of this workspace of it,
// where one is named.
func (r Roles) ByGroup(platform, workspace string) bool {
	prefix := platform + ":"
	if workspace != "" {
		prefix = Group(chat.Person{Platform: platform, Workspace: workspace}, "")
	}
	return slices.ContainsFunc(slices.Concat(r.Admin, r.Helpdesk), func(entry string) bool {
		return strings.HasPrefix(entry, prefix) && strings.Contains(entry, ":&")
	})
}

// Group gives a group of a person's platform and workspace as Roles lists it.
func Group(p chat.Person, id string) string {
	return marked(chat.Place{Platform: p.Platform, Workspace: p.Workspace, Channel: id})
}

func marked(group chat.Place) string {
	text := group.String()
	i := strings.LastIndexByte(text, ':') + 1
	return text[:i] + "&" + text[i:]
}

// checkRoles makes each entry the one text that a person or a group has.
func (c *Config) checkRoles(path string) error {
	for _, list := range [][]string{c.Roles.Admin, c.Roles.Helpdesk} {
		for i, text := range list {
			entry, err := roleEntry(text)
			if err != nil {
				return &Error{
					File: path, Line: cmp.Or(c.lines["roles"], 1), What: "An entry of a role is " + err.Error() + ".",
					Do: `Write "PLATFORM:WORKSPACE:@PERSON" or "PLATFORM:WORKSPACE:&GROUP" in quotation marks, as in "slack:T0123:@U0456"; /legacyauth roles shows everybody their own.`,
				}
			}
			list[i] = entry
		}
	}
	return nil
}

func roleEntry(text string) (string, error) {
	head, group, isGroup := strings.Cut(text, ":&")
	if isGroup {
		text = head + ":" + group
	}
	p, err := chat.ParsePlace(text)
	switch {
	case err != nil:
		return "", errors.New("not written as an id")
	case p.Thread != "":
		return "", errors.New("a thread")
	case isGroup && p.Person != "":
		return "", errors.New("both a person and a group")
	case isGroup:
		return marked(p), nil
	case p.Person == "":
		return "", errors.New("neither a person, with @ before the id, nor a group, with &")
	}
	return p.String(), nil
}
