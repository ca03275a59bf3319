package config_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
)

const discordGood = `discord:
  token: {env: DISCORD_TOKEN}
  application: "900"
  servers:
    - {id: "100", tenants: [contoso]}
`

func TestDiscord(t *testing.T) {
	t.Parallel()
	load := func(t *testing.T, discord string) (config.Config, error) {
		t.Helper()
		path := filepath.Join(t.TempDir(), "legacyauth.yaml")
		text := discord + "tenants:\n  - {name: contoso, folder: a}\n  - {name: fabrikam, folder: b}\n"
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return config.Load(path)
	}
	tests := map[string]struct{ from, to, wrong string }{
		"good":              {"", "", ""},
		"no token":          {"  token: {env: DISCORD_TOKEN}\n", "", "no token"},
		"a token in clear":  {"{env: DISCORD_TOKEN}", "canary", "token"},
		"no application":    {"  application: \"900\"\n", "", "application id"},
		"no servers":        {"  servers:\n    - {id: \"100\", tenants: [contoso]}\n", "", "no server"},
		"a name for an id":  {"\"100\"", "contoso", "server's id"},
		"no tenants":        {", tenants: [contoso]", "", "bound to no tenant"},
		"an unknown tenant": {"[contoso]", "[other]", "not in the configuration"},
		"a server twice":    {"    - {", "    - {id: \"100\", tenants: [fabrikam]}\n    - {", "there twice"},
		"no port":           {"  application", "  listen: here\n  application", "host:port"},
		"no public key":     {"  application", "  listen: 127.0.0.1:8323\n  application", "public key"},
		"a key":             {"  application", "  listen: 127.0.0.1:8323\n  public-key: " + strings.Repeat("ab", 32) + "\n  application", ""},
		"an open API":       {"  application", "  api: http://discord.contoso.com\n  application", "https"},
		"a field unknown":   {"  application", "  guild: 1\n  application", "guild"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := load(t, strings.Replace(discordGood, tt.from, tt.to, 1))
			if (err == nil) != (tt.wrong == "") || err != nil && (!strings.Contains(err.Error(), tt.wrong) || strings.Contains(err.Error(), "canary")) {
				t.Fatalf("%v, want %q", err, tt.wrong)
			}
			if err != nil {
				return
			}
			for server, want := range map[string][]string{"100": {"contoso"}, "101": nil} {
				if got := c.TenantsAt(chat.Place{Platform: "discord", Workspace: server}); !slices.Equal(got, want) {
					t.Errorf("server %s sees %v, want %v", server, got, want)
				}
			}
			if p, err := c.PlaceNamed("discord:100:200"); err != nil || p.Channel != "200" {
				t.Errorf("PlaceNamed = %+v, %v", p, err)
			}
		})
	}
}
