package config

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Slack is the app as it is installed in one Slack workspace, or in a whole
// organization. It receives by Socket Mode with an app token, and by signed HTTP
// with a signing secret.
type Slack struct {
	BotToken      Place `yaml:"bot-token"`
	AppToken      Place `yaml:"app-token"`
	SigningSecret Place `yaml:"signing-secret"`
	// Listen is the host:port that takes signed requests, the same for all
	// workspaces; a proxy in front of it holds the certificate.
	Listen string `yaml:"listen"`
	// Workspace is Slack's id of the workspace, such as T0123; needed only where
	// Tenants are named.
	Workspace string `yaml:"workspace"`
	// Tenants are those that people of the workspace may ask about; empty: all, as
	// long as no workspace names any.
	Tenants []string `yaml:"tenants"`
	// Workspaces are the tenants of each workspace by its id, for an app that is
	// installed in a whole organization.
	Workspaces map[string][]string `yaml:"workspaces"`
	// API is the address of another Slack than slack.com, such as
	// https://slack-gov.com/api/.
	API string `yaml:"api"`
}

// ReadBotToken gives the bot token from where the file says; empty where it says
// nothing.
func (s Slack) ReadBotToken() (string, error) { return s.BotToken.read("bot-token") }

// ReadAppToken gives the app token; see ReadBotToken.
func (s Slack) ReadAppToken() (string, error) { return s.AppToken.read("app-token") }

// ReadSigningSecret gives the signing secret; see ReadBotToken.
func (s Slack) ReadSigningSecret() (string, error) { return s.SigningSecret.read("signing-secret") }

func (p Place) read(field string) (string, error) {
	text, err := Value{Env: p.Env, File: p.File}.Read()
	if err != nil {
		return "", fmt.Errorf("slack: %s: %w", field, err)
	}
	return text, nil
}

func (p Place) given() bool { return p.Env != "" || p.File != "" }

// workspaceID is the form of Slack's ids of workspaces.
var workspaceID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^T[A-Z0-9]{2,20}$`) })

// bound gives the tenants of each workspace that names some.
func (s Slack) bound() map[string][]string {
	all := maps.Clone(s.Workspaces)
	if len(s.Tenants) > 0 {
		if all == nil {
			all = map[string][]string{}
		}
		all[s.Workspace] = s.Tenants
	}
	return all
}

// checkSlack finds what is wrong with the workspaces, and makes Slack a platform
// where there is one.
func (c *Config) checkSlack(path string) error {
	for i, s := range c.Slack {
		what, do := c.slackFault(s)
		if what != "" {
			return &Error{File: path, Line: cmp.Or(c.slackLine(i), 1), What: what, Do: do}
		}
	}
	if len(c.Slack) == 0 {
		return nil
	}
	p := Platform{Name: "slack"}
	if slices.ContainsFunc(c.Slack, func(s Slack) bool { return len(s.bound()) > 0 }) {
		p.Tenants = c.slackTenants
	}
	*c = c.With(p)
	return nil
}

func (c *Config) slackFault(s Slack) (what, do string) {
	switch {
	case !s.BotToken.given():
		return "A Slack workspace has no bot token.", "Write bot-token: {env: SLACK_BOT_TOKEN}; `legacyauth manifest slack` says where the token comes from."
	case s.AppToken.given() == s.SigningSecret.given():
		return "A Slack workspace has neither an app token nor a signing secret, or both.", "Write app-token: {env: SLACK_APP_TOKEN} for Socket Mode, or signing-secret: and listen: for HTTP."
	case s.SigningSecret.given() && !addressable(s.Listen):
		return "A Slack workspace with a signing secret has no address to listen on.", "Write listen: 127.0.0.1:8322, and have a proxy with a certificate hand requests there."
	case s.AppToken.given() && s.Listen != "":
		return "A Slack workspace in Socket Mode listens on no address.", "Take listen out, or name a signing secret in place of the app token."
	case s.Workspace != "" && !workspaceID().MatchString(s.Workspace):
		return "A Slack workspace's id is not of its form.", "Write the id as it stands in the address of Slack in a browser: T and letters or digits. An app of a whole organization names its workspaces: workspaces: {T0123: [contoso]}."
	case len(s.Tenants) > 0 && s.Workspace == "":
		return "A Slack workspace names tenants and not its id.", "Write workspace: T0123 with the id from the address of Slack in a browser."
	case s.API != "" && !slackAPI(s.API):
		return "The address of Slack's API is not https://…/api/.", "Take api out, or write api: https://slack-gov.com/api/."
	}
	for workspace, tenants := range s.bound() {
		if !workspaceID().MatchString(workspace) {
			return "The id of a Slack workspace under workspaces is not of its form.", "Write workspaces: {T0123: [contoso]} with the ids from the addresses of Slack in a browser."
		}
		for _, name := range tenants {
			if _, ok := c.named(name); !ok {
				return "A Slack workspace names a tenant that is not in the configuration.", "The tenants are " + strings.Join(c.names(), ", ") + "."
			}
		}
	}
	for _, other := range c.Slack {
		if other.Listen != "" && s.Listen != "" && other.Listen != s.Listen {
			return "Two Slack workspaces listen on different addresses.", "Write the same listen for both: their signing secrets tell them apart."
		}
		if other.API != s.API {
			return "Two Slack workspaces are on different Slacks.", "Run one legacyauth serve for each."
		}
	}
	return "", ""
}

// slackAPI takes TLS, or this machine.
func slackAPI(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || !strings.HasSuffix(u.Path, "/") {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && slices.Contains([]string{"127.0.0.1", "::1", "localhost"}, u.Hostname())
}

// slackTenants are the tenants that a workspace may ask about.
func (c Config) slackTenants(workspace string) []string {
	for _, s := range c.Slack {
		if tenants := s.bound()[workspace]; len(tenants) > 0 {
			return tenants
		}
	}
	return nil
}

// WorkspacesOf gives the workspaces of the platform that are bound to a tenant;
// false: the platform binds none to any.
func (c Config) WorkspacesOf(platform, tenant string) (workspaces []string, bound bool) {
	for _, s := range c.Slack {
		if platform != "slack" {
			break
		}
		for workspace, tenants := range s.bound() {
			bound = true
			if slices.ContainsFunc(tenants, func(t string) bool { return strings.EqualFold(t, tenant) }) {
				workspaces = append(workspaces, workspace)
			}
		}
	}
	slices.Sort(workspaces)
	return workspaces, bound
}

func (c *Config) slackLine(i int) int {
	if i < len(c.slackLines) {
		return c.slackLines[i][""]
	}
	return c.lines["slack"]
}
