package ask_test

import (
	"slices"
	"strings"
	"testing"

	"legacyauth/adapters/chat"
)

func TestWhomACampaignIsFor(t *testing.T) {
	t.Parallel()
	d := newDesk(t, usual())
	for _, tc := range []struct {
		name, line string
		members    []string
		says       []string
	}{
		{"everybody", "campaign start a1", []string{"user0", "user1", "user2"}, []string{"would tell 3 people about 3 clients", "campaign confirm a1 3"}},
		{"a group by name", `campaign start a2 --group "Sales team"`, []string{"user1", "user2"}, []string{"would tell 2 people", "For group Sales team, 3 users"}},
		{"a group by address", "campaign start a3 --group sales@contoso.com", []string{"user1", "user2"}, []string{"would tell 2 people"}},
		{"a group by id", "campaign start a4 --group " + pilotID, []string{"user1", "user2"}, []string{"group Sales team"}},
		{"a list", `campaign start a5 --list "user2@contoso.com, User0@contoso.com;nobody@contoso.com"`, []string{"user0", "user2"}, []string{"would tell 2 people", "a list of 3 addresses"}},
		{"a pilot by group", `campaign start a6 --pilot "Sales team"`, []string{"user1 first", "user2 first", "user0"}, []string{"Pilot: 2"}},
		{"a pilot by address", "campaign start a7 --pilot user2@contoso.com", []string{"user2 first", "user0", "user1"}, []string{"Pilot: 1"}},
		{"no such group", "campaign start b1 --group Sals", nil, []string{`there is no group "Sals" in the tenant`, "Entra admin center"}},
		{"both", "campaign start b2 --group Sals --list a@contoso.com", nil, []string{"for a group or for a list"}},
		{"a list of no address", "campaign start b3 --list Sales", nil, []string{"holds no work address", "--group NAME"}},
		{"a name that is too long", "campaign start " + strings.Repeat("é", 41), nil, []string{"letters, digits, hyphens"}},
		{"a name that begins with a dot", "campaign start .smtp", nil, []string{"letters, digits, hyphens"}},
		{"a name that cannot be typed again", `campaign start "two words"`, nil, []string{"letters, digits, hyphens"}},
		{"no such protocol", "campaign start b4 --protocol smpt", nil, []string{`"smpt" is no protocol`}},
		{"a wave of none", "campaign start b5 --wave 0", nil, []string{"from 1 to 10000"}},
	} {
		a := d.ask(tc.line)
		d.says(a, tc.says...)
		name := []string{"", tc.line[15:17]}[1]
		if got := d.members(name); !slices.Equal(got, tc.members) {
			t.Errorf("%s: members %v, want %v", tc.name, got, tc.members)
		}
	}
}

// A list is pasted into a form, as a mail program and a spreadsheet copy it.
func TestAPastedList(t *testing.T) {
	t.Parallel()
	d := newDesk(t, usual())
	a := d.ask("campaign start pasted --protocol smtp --wave 2 --paste")
	if a.Form == nil {
		t.Fatalf("no form:\n%s", chat.Plain(a.Card))
	}
	if err := a.Form.Check(); err != nil {
		t.Fatal(err)
	}
	a = d.handle(chat.Request{Pressed: a.Form.ID, Words: a.Form.ID.Words(), Fields: map[string]string{"list": "User Zero <user0@contoso.com>;\nmailto:USER2@contoso.com\r\nuser2@contoso.com\t"}})
	d.says(a, "would tell 2 people", "a list of 2 addresses", "People a day: 2")
	d.says(d.press(a), "has started", "2 people are told")
	if got := d.members("pasted"); !slices.Equal(got, []string{"user0", "user2"}) {
		t.Errorf("members %v", got)
	}
}

func TestAGroupThatMayNotBeRead(t *testing.T) {
	t.Parallel()
	g := usual()
	g.roles = []string{"AuditLog.Read.All"}
	d := newDesk(t, g)
	for _, line := range []string{`campaign start sales --group "Sales team"`, `block plan --users "Sales team"`, `block verify --users "Sales team"`} {
		d.says(d.ask(line), "The group cannot be read.", "no application permission Directory.Read.All", "az ad app permission add")
	}
	if got := d.members("sales"); got != nil {
		t.Errorf("a campaign of %v stands", got)
	}
}
