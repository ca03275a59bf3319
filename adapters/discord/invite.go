package discord

import (
	"fmt"
	"net/url"
)

// Permission is one that the bot needs in channels, and what for.
type Permission struct {
	Name string
	Why  string
	bit  uint
}

// Permissions are what the bot asks for, and all it needs
// (https://discord.com/developers/docs/topics/permissions, read 2026-11-29).
func Permissions() []Permission {
	return []Permission{
		{"View Channels", "the bot finds the channels that alerts go to", 10},
		{"Send Messages", "alerts, panels and public answers", 11},
		{"Send Messages in Threads", "the same in threads", 38},
		{"Attach Files", "charts, .reg files and profiles as files", 15},
		{"Read Message History", "the bot looks whether an alert arrived before it sends it again, and answers its own alerts", 16},
	}
}

// Invitation is the link with which an administrator of a server adds the bot.
func Invitation(application string) (string, error) {
	if !isSnowflake(application) {
		return "", fmt.Errorf("%q is no application id: it is the number on the General Information page of the developer portal", application)
	}
	sum := uint64(0)
	for _, p := range Permissions() {
		sum |= 1 << p.bit
	}
	q := url.Values{"client_id": {application}, "scope": {"bot applications.commands"}, "permissions": {fmt.Sprint(sum)}}
	return "https://discord.com/oauth2/authorize?" + q.Encode(), nil
}
