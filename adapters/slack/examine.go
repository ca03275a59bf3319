package slack

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"legacyauth/adapters/chat"
)

// Examine tries what each installation needs: the bot token, each scope, and the
// app token. Only Installations, Now, Log and API of the options matter.
func Examine(ctx context.Context, o Options) ([]chat.Finding, error) {
	o.Listener = closed{}
	p, err := New(o)
	if err != nil {
		return nil, err
	}
	var all []chat.Finding
	for n, i := range p.installations {
		prefix := ""
		if len(p.installations) > 1 {
			prefix = fmt.Sprintf("workspace %d: ", n+1)
		}
		for _, f := range i.examine(ctx, o) {
			f.Name = prefix + f.Name
			all = append(all, f)
		}
	}
	return all, nil
}

func (i *installation) examine(ctx context.Context, o Options) []chat.Finding {
	who, err := i.identify(ctx)
	if err != nil {
		return []chat.Finding{{Name: "bot token", Err: err}}
	}
	where := "workspace"
	if who.wide {
		where = "organization"
	}
	all := []chat.Finding{{Name: "bot token", Detail: fmt.Sprintf("it is the app's in the %s %s (%s)", where, clean(who.team), who.workspace)}}
	for _, s := range Scopes() {
		f := chat.Finding{Name: "scope " + s.Name, Detail: "granted: " + s.Why}
		switch {
		case len(who.scopes) == 0:
			f.Detail, f.Warn = "Slack did not say which scopes the token has; this one is for: "+s.Why, true
		case !who.has(s.Name):
			f.Err = fmt.Errorf("not granted (%s): add it under OAuth & Permissions and install the app again", s.Why)
		}
		all = append(all, f)
	}
	all = append(all, i.optional(who, o.RolesByGroup)...)
	if i.given.AppToken != "" {
		all = append(all, i.connects(ctx))
	}
	return all
}

// optional says what the scopes that are not needed would add. Where user groups
// have roles, the one that reads them is needed.
func (i *installation) optional(who identity, grouped bool) []chat.Finding {
	groups := chat.Finding{Name: "user groups", Detail: "roles can be given to user groups (" + Groups + ")"}
	switch {
	case who.has(Groups):
	case grouped && len(who.scopes) > 0:
		groups.Err = errors.New(groupsUnread + ": add the scope " + Groups + " (legacyauth manifest slack --with groups has it) and install the app again, or name people instead")
	default:
		groups.Detail = "roles go by person; with the scope " + Groups + " they can be given to user groups too"
	}
	history := chat.Finding{Name: "repeats", Detail: "a message whose answer was lost is looked for before it is sent again"}
	for _, scope := range History() {
		if !who.has(scope) {
			history.Detail = "a message whose answer was lost is sent again, and may stand there twice; with " + strings.Join(History(), ", ") + " it is looked for first"
		}
	}
	return []chat.Finding{groups, history}
}

// groupsUnread is what it means that the app may not read user groups which have
// roles.
const groupsUnread = "the configuration gives roles to user groups, which the app may not read, so that nobody has a role by group"

// connects asks for a connection and does not open it.
func (i *installation) connects(ctx context.Context) chat.Finding {
	f := chat.Finding{Name: "app token", Detail: "Socket Mode can be opened"}
	if _, _, err := i.api.StartSocketModeContext(ctx); err != nil {
		err = explain(err)
		f.Err = fmt.Errorf("%w; the app token is made under Basic Information > App-Level Tokens with the scope connections:write, and Socket Mode has to be on", err)
	}
	return f
}

// closed is a listener that takes nothing: examining opens no address.
type closed struct{}

// Accept fails at once.
func (closed) Accept() (net.Conn, error) { return nil, net.ErrClosed }

// Close does nothing.
func (closed) Close() error { return nil }

// Addr is no address.
func (closed) Addr() net.Addr { return &net.TCPAddr{} }
