package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
)

func withRoles(t *testing.T, roles string) (config.Config, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "legacyauth.yaml")
	text := "tenants:\n  - name: contoso\n    folder: exports\n  - name: fabrikam\n    folder: more\n" + roles
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return config.Load(path)
}

// Whether groups have roles is asked of a platform, or of one workspace of it.
func TestRolesByGroup(t *testing.T) {
	t.Parallel()
	c, err := withRoles(t, "roles:\n  admin: [\"slack:T1:@U1\", \"slack:T2:&S7\"]\n  helpdesk: [\"discord:G1:&R9\"]\n")
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[[2]string]bool{
		{"slack", ""}: true, {"slack", "T1"}: false, {"slack", "T2"}: true, {"slack", "T"}: false,
		{"discord", ""}: true, {"discord", "G1"}: true, {"terminal", ""}: false,
	} {
		if got := c.Roles.ByGroup(at[0], at[1]); got != want {
			t.Errorf("groups of %q have a role: %v, want %v", at, got, want)
		}
	}
}

func TestRoleOf(t *testing.T) {
	t.Parallel()
	const lists = `roles:
  admin: ["slack:T1:@U1", "discord:G1:&R9"]
  helpdesk: ["slack:T1:&S7", "slack:T1:@U1"]
`
	slack := func(workspace, id string) chat.Person {
		return chat.Person{Platform: "slack", Workspace: workspace, ID: id, Name: "U1"}
	}
	tests := map[string]struct {
		lists  string
		person chat.Person
		groups []string
		want   config.Role
	}{
		"listed":                     {lists, slack("T1", "U1"), nil, config.Admin},
		"not listed":                 {lists, slack("T1", "U2"), nil, config.Everyone},
		"another workspace":          {lists, slack("T2", "U1"), nil, config.Everyone},
		"another platform":           {lists, chat.Person{Platform: "discord", Workspace: "T1", ID: "U1"}, nil, config.Everyone},
		"by a group":                 {lists, slack("T1", "U3"), []string{"S6", "S7"}, config.Helpdesk},
		"a group elsewhere":          {lists, slack("T2", "U3"), []string{"S7"}, config.Everyone},
		"a role of a server":         {lists, chat.Person{Platform: "discord", Workspace: "G1", ID: "D1"}, []string{"R9"}, config.Admin},
		"a person's id as a group":   {lists, slack("T1", "U4"), []string{"U1", "@U1"}, config.Everyone},
		"a group's id as a person":   {lists, slack("T1", "S7"), nil, config.Everyone},
		"marked as a group":          {lists, slack("T1", "&S7"), nil, config.Everyone},
		"an id with a colon":         {lists, slack("T1", "@U1:x"), nil, config.Everyone},
		"a name is no id":            {lists, chat.Person{Platform: "slack", Workspace: "T1", ID: "U5", Name: "U1", Email: "slack:T1:@U1"}, nil, config.Everyone},
		"nobody is listed":           {"", slack("T1", "U1"), []string{"S7"}, config.Everyone},
		"nobody, and no id":          {"", chat.Person{}, []string{""}, config.Everyone},
		"whoever is at the terminal": {"", chat.Person{Platform: chat.Terminal}, nil, config.Admin},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := withRoles(t, test.lists)
			if err != nil {
				t.Fatal(err)
			}
			if got := c.Roles.Of(test.person, test.groups); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

func TestRolesMay(t *testing.T) {
	t.Parallel()
	want := map[config.Role][]config.Role{
		config.Everyone: {config.Everyone},
		config.Helpdesk: {config.Everyone, config.Helpdesk},
		config.Admin:    {config.Everyone, config.Helpdesk, config.Admin},
		"":              nil,
		"root":          nil,
	}
	for has, may := range want {
		var got []config.Role
		for _, needed := range append(config.AllRoles(), "", "root") {
			if has.May(needed) {
				got = append(got, needed)
			}
		}
		if diff := cmp.Diff(may, got); diff != "" {
			t.Errorf("%q may: %s", has, diff)
		}
	}
}

func TestWrongRoles(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ roles, want string }{
		"a name":         {`roles: {admin: ["Anna Berg"]}`, "not written as an id"},
		"a channel":      {`roles: {admin: ["slack:T1:C1"]}`, "neither a person"},
		"both":           {`roles: {helpdesk: ["slack:T1:&@U1"]}`, "both a person and a group"},
		"a thread":       {`roles: {admin: ["slack:T1:C1:5"]}`, "a thread"},
		"a file":         {`roles: {admin: ["logfile:a"]}`, "neither a person"},
		"no list":        {`roles: {admin: "slack:T1:@U1"}`, "not of the kind"},
		"an unknown one": {`roles: {owner: ["slack:T1:@U1"]}`, "roles (admin, helpdesk)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := withRoles(t, test.roles)
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "line 6") {
				t.Errorf("%v, want line 6 and %q", err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), "Anna") {
				t.Errorf("the error quotes the file: %v", err)
			}
		})
	}
}

func TestTenantsAt(t *testing.T) {
	t.Parallel()
	c, err := withRoles(t, "")
	if err != nil {
		t.Fatal(err)
	}
	c = c.With(config.Platform{Name: "slack"}).With(config.Platform{Name: "discord", Tenants: func(server string) []string {
		return map[string][]string{"G1": {"Fabrikam", "gone"}}[server]
	}})
	for name, test := range map[string]struct {
		place chat.Place
		want  []string
	}{
		"the terminal":          {chat.Place{Platform: chat.Terminal, Channel: "stdout"}, []string{"contoso", "fabrikam"}},
		"a platform of no rule": {chat.Place{Platform: "slack", Workspace: "T1", Channel: "C1"}, []string{"contoso", "fabrikam"}},
		"a bound server":        {chat.Place{Platform: "discord", Workspace: "G1", Person: "D1"}, []string{"fabrikam"}},
		"a server not bound":    {chat.Place{Platform: "discord", Workspace: "G2", Channel: "C1"}, nil},
		"a stranger":            {chat.Place{Platform: "irc", Workspace: "x", Channel: "C1"}, nil},
	} {
		if diff := cmp.Diff(test.want, c.TenantsAt(test.place)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	if p, err := c.PlaceNamed("slack:T1:C1"); err != nil || p.Channel != "C1" {
		t.Errorf("a place of a configured platform: %v, %v", p, err)
	}
	if _, err := c.PlaceNamed("irc:x:C1"); err == nil || !strings.Contains(err.Error(), "discord:WORKSPACE:CHANNEL") {
		t.Errorf("a place of no platform: %v", err)
	}
}
