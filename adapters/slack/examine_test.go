package slack_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"legacyauth/adapters/slack"
	"legacyauth/adapters/slack/slackfake"
)

func TestExamine(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		options slackfake.Options
		grouped bool
		spoil   func(s *slackfake.Server)
		failed  []string // what fails, and a word of why
	}{
		"all well":                    {},
		"revoked":                     {spoil: func(s *slackfake.Server) { s.Revoke("token_revoked") }, failed: []string{"bot token: install the app again"}},
		"a scope less":                {options: slackfake.Options{Scopes: []string{"commands", "chat:write", "im:write", "users:read", "files:write"}}, failed: []string{"scope users:read.email: install the app again"}},
		"six scopes":                  {options: slackfake.Options{Scopes: slackfake.Least()}},
		"six scopes, roles of groups": {options: slackfake.Options{Scopes: slackfake.Least()}, grouped: true, failed: []string{"user groups: usergroups:read"}},
		"ten scopes, roles of groups": {grouped: true},
		"no Socket Mode": {spoil: func(s *slackfake.Server) {
			s.Next("apps.connections.open", slackfake.Mishap{Error: "missing_scope", Needed: "connections:write"})
		}, failed: []string{"app token: connections:write"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := slackfake.New(t, tt.options)
			if tt.spoil != nil {
				tt.spoil(s)
			}
			found, err := slack.Examine(t.Context(), slack.Options{
				Installations: []slack.Installation{{BotToken: slackfake.BotToken, AppToken: slackfake.AppToken}}, Now: time.Now, API: s.API(),
				RolesByGroup: tt.grouped,
			})
			if err != nil {
				t.Fatal(err)
			}
			var failed []string
			for _, f := range found {
				if f.Err == nil {
					continue
				}
				failed = append(failed, f.Name)
				if n := len(failed); n <= len(tt.failed) {
					what, why, _ := strings.Cut(tt.failed[n-1], ": ")
					if f.Name != what || !strings.Contains(f.Err.Error(), why) {
						t.Errorf("%s fails with %v, want %s", f.Name, f.Err, tt.failed[n-1])
					}
				}
				if strings.Contains(f.Err.Error(), "canary") {
					t.Errorf("the error holds a token: %v", f.Err)
				}
			}
			if len(failed) != len(tt.failed) {
				t.Errorf("%v fail, want %v", failed, tt.failed)
			}
		})
	}
}

func TestTokensOfTheWrongKind(t *testing.T) {
	t.Parallel()
	for name, i := range map[string]slack.Installation{
		"user token":      {BotToken: "xoxp-canary", AppToken: "xapp-canary"},
		"swapped":         {BotToken: "xapp-canary", AppToken: "xoxb-canary"},
		"bot as app":      {BotToken: "xoxb-canary", AppToken: "xoxb-canary"},
		"nothing else":    {BotToken: "xoxb-canary"},
		"both":            {BotToken: "xoxb-canary", AppToken: "xapp-canary", SigningSecret: "canary"},
		"nowhere to hear": {BotToken: "xoxb-canary", SigningSecret: "canary"},
	} {
		_, err := slack.New(slack.Options{Installations: []slack.Installation{i}, Now: time.Now})
		if err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: New = %v, want an error without a token", name, err)
		}
	}
}

// The manifest is YAML that Slack takes: held to its fields, strictly.
func TestManifest(t *testing.T) {
	t.Parallel()
	type manifest struct {
		Display struct {
			Name        string `yaml:"name"`
			Description string `yaml:"description"`
		} `yaml:"display_information"`
		Features struct {
			Home struct {
				Home     bool `yaml:"home_tab_enabled"`
				Messages bool `yaml:"messages_tab_enabled"`
				ReadOnly bool `yaml:"messages_tab_read_only_enabled"`
			} `yaml:"app_home"`
			Bot struct {
				Name   string `yaml:"display_name"`
				Online bool   `yaml:"always_online"`
			} `yaml:"bot_user"`
			Commands []struct {
				Command     string `yaml:"command"`
				URL         string `yaml:"url"`
				Description string `yaml:"description"`
				Hint        string `yaml:"usage_hint"`
				Escape      bool   `yaml:"should_escape"`
			} `yaml:"slash_commands"`
		} `yaml:"features"`
		OAuth struct {
			Scopes struct {
				Bot []string `yaml:"bot"`
			} `yaml:"scopes"`
		} `yaml:"oauth_config"`
		Settings struct {
			Events struct {
				URL    string   `yaml:"request_url"`
				Events []string `yaml:"bot_events"`
			} `yaml:"event_subscriptions"`
			Interactivity struct {
				Enabled bool   `yaml:"is_enabled"`
				URL     string `yaml:"request_url"`
			} `yaml:"interactivity"`
			Org      bool `yaml:"org_deploy_enabled"`
			Socket   bool `yaml:"socket_mode_enabled"`
			Rotation bool `yaml:"token_rotation_enabled"`
		} `yaml:"settings"`
	}
	six := strings.Join(slackfake.Least(), " ")
	tests := map[string]struct {
		m      slack.Manifest
		url    string
		scopes string
	}{
		"socket": {slack.Manifest{Name: "legacyauth"}, "", six},
		"http":   {slack.Manifest{Name: "legacyauth", URL: "https://bot.contoso.com"}, "https://bot.contoso.com/slack/events", six},
		"more":   {slack.Manifest{Name: "Legacy Bot", Groups: true, History: true, Organization: true}, "", six + " usergroups:read channels:history groups:history im:history"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := tt.m.Text()
			if err != nil {
				t.Fatal(err)
			}
			var m manifest
			if err := yaml.NewDecoder(bytes.NewReader([]byte(text)), yaml.Strict()).Decode(&m); err != nil {
				t.Fatalf("%v in\n%s", err, text)
			}
			if got := strings.Join(m.OAuth.Scopes.Bot, " "); got != tt.scopes {
				t.Errorf("the scopes are %s, want %s", got, tt.scopes)
			}
			if m.Settings.Socket != (tt.url == "") || m.Settings.Events.URL != tt.url || m.Settings.Interactivity.URL != tt.url || m.Features.Commands[0].URL != tt.url {
				t.Errorf("requests go to %q by Socket Mode %v, want %q", m.Settings.Events.URL, m.Settings.Socket, tt.url)
			}
			if m.Display.Name != tt.m.Name || len(m.Display.Description) > 140 || m.Features.Commands[0].Command != "/legacyauth" || !m.Features.Commands[0].Escape || m.Settings.Org != tt.m.Organization {
				t.Errorf("the manifest is %+v", m)
			}
			for line := range strings.SplitSeq(text, "\n") {
				if strings.HasPrefix(line, "      - ") && !strings.Contains(line, " # ") {
					t.Errorf("%q says no reason", line)
				}
			}
		})
	}
	for name, m := range map[string]slack.Manifest{
		"no name": {}, "name of YAML": {Name: "a: b"}, "long name": {Name: strings.Repeat("a", 36)}, "plain http": {Name: "a", URL: "http://bot.contoso.com"},
		"two lines": {Name: "a", URL: "https://bot.contoso.com/\nx: y"},
	} {
		if text, err := m.Text(); err == nil {
			t.Errorf("%s: a manifest comes out:\n%s", name, text)
		}
	}
}
