package discord_test

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/discord"
	"legacyauth/adapters/discord/discordfake"
)

func TestExamine(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		spoil func(*discord.Config)
		want  []string // of each finding
	}{
		"not yet served": {func(*discord.Config) {}, []string{"Discord knows the token", "are registered when"}},
		"a wrong token":  {func(c *discord.Config) { c.Token = "MTA.canary-9" }, []string{"make a new token"}},
		"another app":    {func(c *discord.Config) { c.Application = "77" }, []string{discordfake.Application}},
		"another key":    {func(c *discord.Config) { c.PublicKey = make([]byte, 32) }, []string{"public key"}},
		"not added":      {func(c *discord.Config) { c.Servers = []string{"123"} }, []string{"Discord knows the token", "manifest discord"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := config(fake(t))
			c.Servers = []string{server}
			tt.spoil(&c)
			found, err := discord.Examine(t.Context(), c)
			if err != nil || len(found) != len(tt.want) {
				t.Fatalf("found %+v, %v", found, err)
			}
			for i, f := range found {
				text := f.Detail
				if f.Err != nil {
					text = f.Err.Error()
				}
				if !strings.Contains(text, tt.want[i]) || strings.Contains(text, "canary") {
					t.Errorf("finding %d says %q, want %q", i, text, tt.want[i])
				}
			}
		})
	}
}

func TestServedCommandsAreFound(t *testing.T) {
	t.Parallel()
	f := fake(t)
	c := config(f)
	if err := open(t, c).Register(t.Context(), offers); err != nil {
		t.Fatal(err)
	}
	found, err := discord.Examine(t.Context(), c)
	if err != nil || len(found) != 3 {
		t.Fatalf("found %+v, %v", found, err)
	}
	for _, f := range found {
		if f.Err != nil || f.Warn {
			t.Errorf("%+v", f)
		}
	}
}

func TestInvitation(t *testing.T) {
	t.Parallel()
	link, err := discord.Invitation("123456789012345678")
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	// View, send, attach, history, threads: no administrator, no mentions, no
	// management of anything.
	if got := u.Query().Get("permissions"); got != fmt.Sprint(1<<10|1<<11|1<<15|1<<16|1<<38) {
		t.Errorf("permissions are %s", got)
	}
	if got := u.Query().Get("scope"); got != "bot applications.commands" {
		t.Errorf("scopes are %s", got)
	}
	if _, err := discord.Invitation("legacyauth"); err == nil || errors.Is(err, chat.ErrNoPlace) {
		t.Errorf("a name gives %v", err)
	}
}
