package block

import (
	"cmp"
	"slices"
	"strings"

	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// User is one of the chosen users with their clients.
type User struct {
	Name, ID string
	// Ready says that nothing of theirs sends a password any more: each client has
	// verifiably moved, or sends a token.
	Ready bool
	// Open are the clients that would be hit.
	Open []storage.Client
	// ByToken are clients that send a token over a legacy protocol, moved or not.
	ByToken []storage.Client
	// Tokens are the protocols over which anything of theirs signed in with a token.
	Tokens []detect.Protocol
	// Moved are the protocols of clients that have moved.
	Moved []detect.Protocol
	// Off are those of them that a switch of the mailbox may close, Left those that
	// have a switch which is better left alone.
	Off  []detect.Protocol
	Left []Left

	verified sign                     // what the newest verification shows
	tokens   map[detect.Protocol]sign // the newest with a token over each
}

// Known is what the user is called in a list of chosen users.
func (u *User) Known() string { return strings.ToLower(cmp.Or(u.Name, u.ID)) }

// Left is a switch that is not in the plan.
type Left struct {
	Protocol detect.Protocol
	// Why is a clause.
	Why string
}

// Plan is what to do for the users who are ready, and who is not.
type Plan struct {
	Ready, NotReady []User
	// Unknown were chosen, and no client of theirs was ever seen.
	Unknown []string
}

// Make sorts the chosen users by whether they are ready. signs are those of the
// chosen users.
func Make(chosen []string, clients []storage.Client, signs *Signs) Plan {
	var plan Plan
	for _, name := range chosen {
		user := User{Name: strings.ToLower(name), Ready: true, tokens: map[detect.Protocol]sign{}}
		seen := false
		for i := range clients {
			c := &clients[i]
			if !strings.EqualFold(c.User.Name, name) && !strings.EqualFold(c.User.ID, name) || !migration.HasState(&c.Client) {
				continue
			}
			seen = true
			user.Name, user.ID = cmp.Or(c.User.Name, user.Name), cmp.Or(c.User.ID, user.ID)
			user.take(c)
		}
		user.judge(signs)
		switch {
		case !seen:
			plan.Unknown = append(plan.Unknown, strings.ToLower(name))
		case user.Ready:
			plan.Ready = append(plan.Ready, user)
		default:
			plan.NotReady = append(plan.NotReady, user)
		}
	}
	return plan
}

// take sorts in one client of the user.
func (u *User) take(c *storage.Client) {
	moved := c.State == migration.Verified || c.State == migration.Closed
	token := c.Auth.Kind == detect.Token && c.Verdict != detect.Leaked
	if token || !c.LastToken.IsZero() {
		u.tokens[c.Protocol] = u.tokens[c.Protocol].newer(sign{seen: true, last: c.LastToken})
	}
	if token || moved && c.LastToken.After(c.LastRight) {
		u.ByToken = append(u.ByToken, *c)
	}
	switch {
	case moved:
		u.Moved = append(u.Moved, c.Protocol)
		if c.State == migration.Verified {
			u.verified = u.verified.newer(verified(c, c.Since))
		}
	case !token:
		u.Ready = false
		u.Open = append(u.Open, *c)
	}
}

// judge says which switches may be turned off, once all clients are known.
func (u *User) judge(signs *Signs) {
	for _, p := range detect.Protocols() {
		if t := u.tokens[p].newer(signs.token(u, p)); t.seen {
			u.tokens[p] = t
			u.Tokens = append(u.Tokens, p)
		}
	}
	slices.Sort(u.Moved)
	u.Moved = slices.Compact(u.Moved)
	for _, p := range u.Moved {
		if _, _, ok := switchOf(p); !ok {
			continue
		}
		if why := u.against(p, signs); why != "" {
			u.Left = append(u.Left, Left{p, why})
			continue
		}
		u.Off = append(u.Off, p)
	}
}

// against says why a protocol of the user may be in use with a token; empty: nothing
// says so.
func (u *User) against(p detect.Protocol, signs *Signs) string {
	if t := u.tokens[p]; t.seen {
		return "a program signs in by it with a token" + t.words()
	}
	if modern := u.verified.newer(signs.ofModern(u)); modern.seen {
		return "they sign in with modern authentication" + modern.words() + ", and with which program is not kept: it may be a mail program that goes on by " + p.Name() + " with a token"
	}
	return ""
}
