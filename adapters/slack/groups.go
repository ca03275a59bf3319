package slack

import (
	"context"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"legacyauth/adapters/chat"
)

// groupsKept is how long the members of user groups are believed.
const groupsKept = 5 * time.Minute

// groups are the user groups of workspaces, where the app may read them.
type groups struct {
	unread sync.Once

	mu    sync.Mutex
	known map[string]knownGroups
}

type knownGroups struct {
	of    map[string][]string // groups by member
	until time.Time
}

// groupsOf gives the ids of a person's user groups. Nil: the app lacks the scope for
// it, or they cannot be read; a role is then not given.
func (p *Platform) groupsOf(ctx context.Context, i *installation, of chat.Person) []string {
	who, err := i.identify(ctx)
	if err != nil {
		return nil
	}
	if !who.has(Groups) {
		if p.options.RolesByGroup {
			p.groups.unread.Do(func() {
				p.options.Log.ErrorContext(ctx, "slack: "+groupsUnread+"; legacyauth doctor says what to do", "scope", Groups)
			})
		}
		return nil
	}
	now := p.options.Now()
	p.groups.mu.Lock()
	defer p.groups.mu.Unlock()
	known, ok := p.groups.known[of.Workspace]
	if !ok || !now.Before(known.until) {
		// The app of an organization has to say which workspace it asks about:
		// https://docs.slack.dev/reference/methods/usergroups.list, read 2026-11-29.
		all, err := i.api.GetUserGroupsContext(ctx, slack.GetUserGroupsOptionIncludeUsers(true), slack.GetUserGroupsOptionTeamID(of.Workspace))
		if err != nil {
			p.options.Log.WarnContext(ctx, "slack: user groups could not be read; nobody has a role by group", "error", explain(err))
			return nil
		}
		known = knownGroups{of: map[string][]string{}, until: now.Add(groupsKept)}
		for _, g := range all {
			for _, user := range g.Users {
				known.of[user] = append(known.of[user], g.ID)
			}
		}
		if p.groups.known == nil {
			p.groups.known = map[string]knownGroups{}
		}
		p.groups.known[of.Workspace] = known
	}
	return append([]string{}, known.of[of.ID]...)
}
