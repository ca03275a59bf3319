package ask

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/members"
	"legacyauth/bot/command"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// Groups reads who belongs to a group of a tenant. A *members.Error and an
// *entra.Error say what can be put right.
type Groups interface {
	Group(ctx context.Context, tenant, group string) (members.Group, error)
}

// listed gives words joined by commas, spaces or line ends, as a mail program or a
// spreadsheet copies them; nil for none, since an empty list of users would choose
// nobody.
func listed(text string) []string {
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '<' || r == '>' || unicode.IsSpace(r) })
	if len(words) == 0 {
		return nil
	}
	return words
}

// people gives the addresses and ids of a pasted list. Names beside addresses, as
// a mail program writes them, are left out.
func addresses(text string) ([]string, error) {
	var all []string
	var strange int
	for _, word := range listed(text) {
		word = strings.TrimPrefix(strings.Trim(word, `"'()`), "mailto:")
		switch {
		case strings.Contains(word, "@") || members.IsID(word):
			all = append(all, strings.ToLower(word))
		default:
			strange++
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	if len(all) == 0 {
		return nil, &command.Mistake{Words: fmt.Sprintf("The list holds no work address, but %d other words; write addresses as they stand in the sign-in log: ana@contoso.com,ben@contoso.com. A group has an option of its own: --group NAME.", strange)}
	}
	return all, nil
}

// group reads a group; what can be put right comes as a *command.Mistake.
func (a *Asked) group(ctx context.Context, tenant int64, name string) (members.Group, error) {
	if a.Groups == nil {
		return members.Group{}, &command.Mistake{Words: "Groups cannot be read here, since this program was started without access to tenants; give a list of addresses."}
	}
	called, err := a.tenantName(ctx, tenant)
	if err != nil {
		return members.Group{}, err
	}
	group, err := a.Groups.Group(ctx, called, name)
	var told *members.Error
	var refused *entra.Error
	switch {
	case errors.As(err, &told):
		return group, &command.Mistake{Words: "Nobody was chosen: " + told.Words + "."}
	case errors.As(err, &refused):
		return group, &command.Mistake{Words: "The group cannot be read. " + refused.Error()}
	}
	return group, err
}

// names gives every name and id of a group's users, either of which may stand in
// the log.
func names(g members.Group) []string {
	all := []string{}
	for _, u := range g.Users {
		for _, name := range []string{u.Name, u.ID} {
			if name != "" {
				all = append(all, strings.ToLower(name))
			}
		}
	}
	return all
}

// users gives accounts by what was typed: addresses and ids as they are, other
// words as groups, of each user the name that the clients know.
func (a *Asked) users(ctx context.Context, tenant int64, text string, clients []storage.Client) ([]string, error) {
	known := map[string]string{}
	for i := range clients {
		u := clients[i].User
		name := strings.ToLower(cmp.Or(u.Name, u.ID))
		known[strings.ToLower(u.Name)], known[strings.ToLower(u.ID)] = name, name
	}
	delete(known, "")
	var all []string
	for _, word := range split(text) {
		if _, is := known[strings.ToLower(word)]; is || strings.Contains(word, "@") {
			all = append(all, cmp.Or(known[strings.ToLower(word)], strings.ToLower(word)))
			continue
		}
		group, err := a.group(ctx, tenant, word)
		if err != nil {
			return nil, err
		}
		for _, u := range group.Users {
			all = append(all, cmp.Or(known[strings.ToLower(u.ID)], known[strings.ToLower(u.Name)], strings.ToLower(cmp.Or(u.Name, u.ID))))
		}
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// split gives what is joined by commas or line ends; a name of a group may hold
// spaces, a list of addresses may too.
func split(text string) []string {
	var all []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' || r == '\r' }) {
		part = strings.TrimSpace(part)
		switch {
		case part == "":
		case strings.Contains(part, "@"):
			all = append(all, listed(part)...)
		default:
			all = append(all, part)
		}
	}
	return all
}

// later does what asks the tenant, which may take longer than a moment; a mistake
// is then shown as it would have been at once.
func later(meanwhile card.Card, f func(ctx context.Context) (chat.Answer, error)) chat.Answer {
	return chat.Answer{Card: meanwhile, Later: func(ctx context.Context, _ func(card.Card)) (chat.Answer, error) {
		answer, err := f(ctx)
		var m *command.Mistake
		if errors.As(mistaken(err), &m) {
			return chat.Answer{Card: said(card.Warning, "Nothing was done", m.Words), Outcome: chat.Misasked}, nil
		}
		return answer, err
	}}
}
