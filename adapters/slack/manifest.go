package slack

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Manifest says how the app is to be made.
type Manifest struct {
	Name string // of the app and the bot; at most 35 characters
	// URL is the address under which Slack reaches signed requests, such as
	// https://bot.contoso.com; empty: Socket Mode.
	URL string
	// Groups asks to read user groups, so that roles can be given to them; History
	// asks to read history, so that no message is ever sent twice.
	Groups, History bool
	// Organization lets the app be installed in a whole Enterprise Grid
	// organization.
	Organization bool
}

// appName is what Slack takes as the name of an app and its bot; a quotation mark
// or a colon in it would need YAML of another form.
var appName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9 ._-]{0,34}$`) })

// Text gives the manifest as YAML, to be pasted at https://api.slack.com/apps.
// Its fields are those of
// https://docs.slack.dev/reference/app-manifest, read 2026-11-23.
func (m Manifest) Text() (string, error) {
	if !appName().MatchString(m.Name) {
		return "", errors.New("the app's name is 1 to 35 letters, digits, spaces, dots, hyphens and underscores")
	}
	address, err := m.address()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	line := func(format string, args ...any) { _, _ = fmt.Fprintf(&b, format+"\n", args...) }
	line("# The app of legacyauth for Slack. Paste it at https://api.slack.com/apps > Create New App > From a manifest.")
	line("display_information:")
	line("  name: %s", m.Name)
	line("  description: Finds what still signs in to Microsoft 365 with a password, and says how to move it.")
	line("features:")
	line("  app_home:")
	line("    home_tab_enabled: true # an admin's queue, everybody else's own devices")
	line("    messages_tab_enabled: true # files and steps reach people here")
	line("    messages_tab_read_only_enabled: false # people type commands here too")
	line("  bot_user:")
	line("    display_name: %s", m.Name)
	line("    always_online: false")
	line("  slash_commands:")
	line("    - command: /legacyauth")
	if address != "" {
		line("      url: %s", address)
	}
	line("      description: Legacy authentication in Microsoft 365")
	line("      usage_hint: help")
	line("      should_escape: true # @name becomes an id, for link and reassign")
	line("oauth_config:")
	line("  scopes:")
	line("    bot:")
	for _, s := range m.scopes() {
		line("      - %s # %s", s.Name, s.Why)
	}
	line("settings:")
	line("  event_subscriptions:")
	if address != "" {
		line("    request_url: %s", address)
	}
	line("    bot_events:")
	line("      - app_home_opened # needs no scope")
	line("  interactivity:")
	line("    is_enabled: true # buttons, menus and forms")
	if address != "" {
		line("    request_url: %s", address)
	}
	line("  org_deploy_enabled: %t", m.Organization)
	line("  socket_mode_enabled: %t", address == "")
	line("  token_rotation_enabled: false")
	return b.String(), nil
}

// address is where Slack sends requests; empty: Socket Mode.
func (m Manifest) address() (string, error) {
	if m.URL == "" {
		return "", nil
	}
	u, err := url.Parse(m.URL)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.User != nil || strings.ContainsAny(m.URL, " #\n\r\t") {
		return "", errors.New("the address is not https://HOST: Slack sends requests over TLS only")
	}
	if u.Path == "" || u.Path == "/" {
		u.Path = Path
	}
	return u.String(), nil
}

func (m Manifest) scopes() []Scope {
	all := slices.Clone(Scopes())
	if m.Groups {
		all = append(all, Scope{Groups, "roles for user groups"})
	}
	if m.History {
		for _, name := range History() {
			all = append(all, Scope{name, "finds out whether a message arrived, before it is sent again; can read what others write"})
		}
	}
	return all
}

// Next says what to do with the manifest.
func (m Manifest) Next() string {
	steps := `3. Basic Information > App-Level Tokens > Generate, with the scope connections:write: that is SLACK_APP_TOKEN (xapp-…).
4. Add to legacyauth.yaml:

slack:
  - bot-token: {env: SLACK_BOT_TOKEN}
    app-token: {env: SLACK_APP_TOKEN}
`
	if m.URL != "" {
		steps = `3. Basic Information > Signing Secret: that is SLACK_SIGNING_SECRET.
4. Add to legacyauth.yaml, and have a proxy with a certificate hand ` + Path + ` to that address:

slack:
  - bot-token: {env: SLACK_BOT_TOKEN}
    signing-secret: {env: SLACK_SIGNING_SECRET}
    listen: 127.0.0.1:8322
`
	}
	return `1. https://api.slack.com/apps > Create New App > From a manifest: choose the workspace and paste the manifest.
2. Install App > Install to Workspace: the Bot User OAuth Token is SLACK_BOT_TOKEN (xoxb-…).
` + steps + `
5. legacyauth doctor tries it; then start legacyauth serve and invite the bot into the admins' channel.
`
}
