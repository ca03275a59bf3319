package command

import (
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/detect/migration"
)

// by is how the trail names the asker: by role and id, never by name.
func (c *Call) by() string {
	switch {
	case c.From.Platform == chat.Terminal:
		return migration.CLI().String()
	case c.Role.May(config.Helpdesk):
		return migration.Who{Kind: "admin", ID: c.From.Who()}.String()
	}
	return migration.Who{Kind: "person", ID: c.From.Who()}.String()
}

// named is how somebody is called who stands in the trail: "you" where that is the
// asker.
func (c *Call) named(who string) string {
	if migration.IsCLI(who) {
		who = migration.CLI().String()
	}
	if who == c.by() || who == c.From.Who() || strings.HasSuffix(who, ":"+c.From.Who()) {
		return "you"
	}
	return who
}

// capital begins with a capital letter, but for names such as iPhone.
func capital(s string) string {
	if strings.HasPrefix(s, "a ") || strings.HasPrefix(s, "an ") || strings.HasPrefix(s, "software ") {
		return strings.ToUpper(s[:1]) + s[1:]
	}
	return s
}

// sentence begins with a capital letter and ends with a full stop.
func sentence(s string) string {
	if s == "" {
		return s
	}
	s = strings.ToUpper(s[:1]) + s[1:]
	if !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "?") {
		s += "."
	}
	return s
}

// Who is the asker as whoever changes something.
func (c *Call) Who() migration.Who {
	switch {
	case c.From.Platform == chat.Terminal:
		return migration.CLI()
	case c.Role == config.Admin || c.Role == config.Helpdesk:
		return migration.Who{Kind: string(c.Role), ID: c.From.Who()}
	}
	return migration.Who{Kind: "person", ID: c.From.Who()}
}

// answers is how the asker is named as somebody who answers for something.
func (c *Call) answers() string {
	if c.From.Platform == chat.Terminal {
		return migration.CLI().String()
	}
	return c.From.Who()
}
