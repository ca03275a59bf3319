package config_test

import (
	"path/filepath"
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
)

const onSlack = ofFolder + "slack:\n"

func TestSlack(t *testing.T) {
	t.Parallel()
	c, dir := load(t, onSlack+"  - bot-token: {file: bot.txt}\n    app-token: {env: SLACK_APP_TOKEN}\n")
	if s := c.Slack[0]; s.BotToken.File != filepath.Join(dir, "bot.txt") || s.AppToken.Env != "SLACK_APP_TOKEN" {
		t.Errorf("read %+v", s)
	}
	p, err := c.PlaceNamed("slack:T0123:C0456")
	if want := (chat.Place{Platform: "slack", Workspace: "T0123", Channel: "C0456"}); err != nil || p != want {
		t.Errorf("PlaceNamed = %+v, %v", p, err)
	}
	if got := c.TenantsAt(p); len(got) != 1 {
		t.Errorf("tenants at %s are %v, want all", p, got)
	}
	without, _ := load(t, ofFolder)
	if _, err := without.PlaceNamed("slack:T0123:C0456"); err == nil {
		t.Error("a place in Slack is taken without Slack")
	}
}

func TestSlackWorkspacesAndTenants(t *testing.T) {
	t.Parallel()
	c, _ := load(t, "tenants:\n  - {name: contoso, folder: a}\n  - {name: fabrikam, folder: b}\nslack:\n"+
		"  - {bot-token: {env: A}, app-token: {env: B}, workspace: T0ONE, tenants: [contoso]}\n"+
		"  - {bot-token: {env: C}, signing-secret: {env: D}, listen: \"127.0.0.1:0\", workspace: T0TWO, tenants: [fabrikam]}\n")
	for workspace, want := range map[string]string{"T0ONE": "contoso", "T0TWO": "fabrikam", "T0OTHER": "", "": ""} {
		got := strings.Join(c.TenantsAt(chat.Place{Platform: "slack", Workspace: workspace, Channel: "C"}), " ")
		if got != want {
			t.Errorf("the tenants of %q are %q, want %q", workspace, got, want)
		}
	}
}

// An organization binds its workspaces one by one, and people are looked for in
// those of their tenant.
func TestSlackOrganization(t *testing.T) {
	t.Parallel()
	c, _ := load(t, "tenants:\n  - {name: contoso, folder: a}\n  - {name: fabrikam, folder: b}\n  - {name: adatum, folder: c}\nslack:\n"+
		"  - {bot-token: {env: A}, app-token: {env: B}, workspaces: {T0ONE: [contoso], T0TWO: [contoso, fabrikam]}}\n"+
		"  - {bot-token: {env: C}, app-token: {env: D}, workspace: T0ALONE, tenants: [Fabrikam]}\n")
	for workspace, want := range map[string]string{"T0ONE": "contoso", "T0TWO": "contoso fabrikam", "T0ALONE": "fabrikam", "T0OTHER": ""} {
		got := strings.Join(c.TenantsAt(chat.Place{Platform: "slack", Workspace: workspace, Channel: "C"}), " ")
		if got != want {
			t.Errorf("the tenants of %q are %q, want %q", workspace, got, want)
		}
	}
	for tenant, want := range map[string]string{"contoso": "T0ONE T0TWO", "fabrikam": "T0ALONE T0TWO", "adatum": ""} {
		if got, bound := c.WorkspacesOf("slack", tenant); !bound || strings.Join(got, " ") != want {
			t.Errorf("the workspaces of %s are %q, bound %v, want %q", tenant, got, bound, want)
		}
	}
	if got, bound := c.WorkspacesOf("discord", "contoso"); bound || got != nil {
		t.Errorf("the workspaces of another platform are %q", got)
	}
	free, _ := load(t, "tenants:\n  - {name: contoso, folder: a}\nslack:\n  - {bot-token: {env: A}, app-token: {env: B}}\n")
	if _, bound := free.WorkspacesOf("slack", "contoso"); bound {
		t.Error("a tenant is bound where no workspace names any")
	}
}

func TestSlackFaults(t *testing.T) {
	t.Parallel()
	const canary = "xoxb-canary-1"
	tests := map[string]struct {
		text, says string
		line       int
	}{
		"no bot token":       {"  - app-token: {env: A}\n", "no bot token", 5},
		"no other token":     {"  - bot-token: {env: A}\n", "neither an app token nor a signing secret", 5},
		"both":               {"  - {bot-token: {env: A}, app-token: {env: B}, signing-secret: {env: C}}\n", "or both", 5},
		"no address":         {"  - {bot-token: {env: A}, signing-secret: {env: C}}\n", "no address to listen on", 5},
		"needless address":   {"  - {bot-token: {env: A}, app-token: {env: C}, listen: \"127.0.0.1:1\"}\n", "listens on no address", 5},
		"two addresses":      {"  - {bot-token: {env: A}, signing-secret: {env: C}, listen: \"127.0.0.1:1\"}\n  - {bot-token: {env: A}, signing-secret: {env: C}, listen: \"127.0.0.1:2\"}\n", "different addresses", 5},
		"organization's id":  {"  - {bot-token: {env: A}, app-token: {env: C}, workspace: E0ONE, tenants: [contoso]}\n", "workspaces: {T0123: [contoso]}", 5},
		"id in workspaces":   {"  - {bot-token: {env: A}, app-token: {env: C}, workspaces: {E0ONE: [contoso]}}\n", "under workspaces", 5},
		"tenant unknown":     {"  - {bot-token: {env: A}, app-token: {env: C}, workspace: T0ONE, tenants: [nowhere]}\n", "not in the configuration", 5},
		"tenants without id": {"  - {bot-token: {env: A}, app-token: {env: C}, tenants: [contoso]}\n", "not its id", 5},
		"no id":              {"  - {bot-token: {env: A}, app-token: {env: C}, workspace: contoso}\n", "not of its form", 5},
		"plain http":         {"  - {bot-token: {env: A}, app-token: {env: C}, api: \"http://slack.example/api/\"}\n", "API is not https", 5},
		"the secret itself":  {"  - {bot-token: " + canary + ", app-token: {env: C}}\n", "env: NAME or file: PATH", 5},
		"unknown field":      {"  - {bot-token: {env: A}, app-token: {env: C}, token: x}\n", "token", 5},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := config.Load(write(t, onSlack+tt.text))
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Fatalf("Load = %v, want %q", err, tt.says)
			}
			if strings.Contains(err.Error(), canary) {
				t.Errorf("the error holds the secret: %v", err)
			}
			if !strings.Contains(err.Error(), "line 5") {
				t.Errorf("%v, want line %d", err, tt.line)
			}
		})
	}
}
