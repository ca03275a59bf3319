package discord_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/discord"
	"legacyauth/adapters/discord/discordfake"
)

func completesAll(_ context.Context, r chat.Request) ([]chat.Choice, error) {
	if slices.Contains(r.Words, "--tenant=break") {
		return nil, errCanary
	}
	all := []chat.Choice{{Label: strings.Join(r.Words, " "), Value: "as asked"}, {Label: strings.Repeat("l", 300), Value: "long"}, {Label: "too long", Value: strings.Repeat("v", 101)}, {}}
	for range 40 {
		all = append(all, chat.Choice{Label: "more", Value: "more"})
	}
	return all, nil
}

var offers = []chat.Command{
	{Name: "scan", About: "Scan now", Options: []chat.Option{{Name: "tenant", About: "Which", Completes: true}, {Name: "again", About: "Once more", Switch: true}}},
	{Name: "alerts", About: "Who hears what", Commands: []chat.Command{{Name: "here", About: "Alerts here", Options: []chat.Option{{Name: "only", About: "What"}}}}},
}

func TestRegistrationIsWrittenOnce(t *testing.T) {
	t.Parallel()
	f := fake(t)
	register := func(want int, everywhere bool, offered []chat.Command) {
		t.Helper()
		c := config(f)
		c.Everywhere = everywhere
		if err := open(t, c).Register(t.Context(), offered); err != nil {
			t.Fatal(err)
		}
		if f.Writes() != want {
			t.Errorf("commands were written %d times, want %d", f.Writes(), want)
		}
	}
	register(2, false, offers)
	register(2, false, offers)
	register(4, false, offers[:1])
	register(7, true, offers[:1]) // for all, and taken away from two
	register(7, true, offers[:1])
	for _, r := range f.Requests() {
		if r.Method == "PUT" && len(r.Body) > 2 && !strings.Contains(string(r.Body), `"default_member_permissions":0`) {
			t.Errorf("not off for everyone: %s", r.Body)
		}
	}
}

func TestTooManyCommandsAreNotSent(t *testing.T) {
	t.Parallel()
	many := func(n, options int) []chat.Command {
		var all []chat.Command
		for i := range n {
			c := chat.Command{Name: fmt.Sprint("command-", i), About: "One of many"}
			for o := range options {
				c.Options = append(c.Options, chat.Option{Name: fmt.Sprint("option-", o), About: strings.Repeat("a", 50)})
			}
			all = append(all, c)
		}
		return all
	}
	for name, tt := range map[string]struct {
		offered []chat.Command
		ok      bool
	}{
		"25":              {many(25, 0), true},
		"26":              {many(26, 0), false},
		"8,000 and less":  {many(5, 25), true},
		"more than 8,000": {many(10, 25), false},
		"three levels":    {[]chat.Command{{Name: "a", About: "a", Commands: []chat.Command{{Name: "b", About: "b", Commands: many(1, 0)}}}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := fake(t)
			err := open(t, config(f)).Register(t.Context(), tt.offered)
			if (err == nil) != tt.ok || (f.Writes() > 0) != tt.ok {
				t.Errorf("Register gives %v after %d writes", err, f.Writes())
			}
			for _, r := range f.Requests() {
				if r.Status >= 400 {
					t.Errorf("Discord refuses what was sent: %s", r.Body)
				}
			}
		})
	}
}

func TestTypedOptionsAndCompletion(t *testing.T) {
	t.Parallel()
	s := play(t, fake(t), false, handler{handle: actor(nil), offers: offers, complete: completesAll}, nil)
	opt := func(name string, kind int, value any) map[string]any {
		return map[string]any{"name": name, "type": kind, "value": value}
	}
	below := func(kind int, name string, options ...map[string]any) map[string]any {
		return map[string]any{"name": name, "type": kind, "options": options}
	}
	do := func(kind int, options ...map[string]any) *discordfake.Interaction {
		return s.do(t, discordfake.Doing{Type: kind, Data: map[string]any{"name": "legacyauth", "options": options}})
	}
	tests := []struct {
		options map[string]any
		want    []string
	}{
		{below(1, "scan", opt("tenant", 3, "contoso"), opt("again", 5, true)), []string{"scan", "--tenant=contoso", "--again"}},
		{below(1, "scan", opt("again", 5, false)), []string{"scan"}},
		{below(2, "alerts", below(1, "here", opt("only", 3, "in-use, smtp"))), []string{"alerts", "here", "--only=in-use, smtp"}},
		{below(1, "of-another-version", opt("x", 3, "y")), []string{"of-another-version", "y"}},
	}
	for _, tt := range tests {
		do(2, tt.options)
		if r := <-s.handled; !slices.Equal(r.Words, tt.want) {
			t.Errorf("words %q arrive, want %q", r.Words, tt.want)
		}
	}
	focused := opt("tenant", 3, "con")
	focused["focused"] = true
	got := do(4, below(1, "scan", opt("again", 5, true), focused)).Choices
	if len(got) != 25 || got[0].Name != "scan --again --tenant=con" || got[0].Value != "as asked" || len(got[1].Name) > 102 {
		t.Errorf("offered are %+v", got)
	}
	broken := opt("tenant", 3, "break")
	broken["focused"] = true
	if got := do(4, below(1, "scan", broken)).Choices; len(got) != 0 {
		t.Errorf("a completion that fails offers %v", got)
	}
}

func TestConfigIsChecked(t *testing.T) {
	t.Parallel()
	good := discord.Config{Token: "t", Application: "1", Servers: []string{"2"}}
	if _, err := discord.New(good); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for name, spoil := range map[string]func(*discord.Config){
		"token": func(c *discord.Config) { c.Token = "" }, "application": func(c *discord.Config) { c.Application = "x" },
		"no server": func(c *discord.Config) { c.Servers = nil }, "server id": func(c *discord.Config) { c.Servers = []string{"x"} },
		"address": func(c *discord.Config) { c.API = "x" },
	} {
		c := good
		spoil(&c)
		if _, err := discord.New(c); err != nil {
			got[name] = err.Error()
		}
	}
	if diff := cmp.Diff([]string{"address", "application", "no server", "server id", "token"}, keys(got)); diff != "" {
		t.Error(diff)
	}
}

func keys(m map[string]string) []string {
	var all []string
	for k := range m {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}
