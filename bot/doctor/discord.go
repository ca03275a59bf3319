package doctor

import (
	"context"
	"time"

	"legacyauth/adapters/discord"
)

// ExamineDiscord tries what Discord needs, and whether the places that are named
// are in one of the servers. Open gives how it is reached, or why that cannot be
// told.
func ExamineDiscord(ctx context.Context, now func() time.Time, open func() (discord.Config, error), servers []string, named []Named) Tenant {
	e := &examination{now: now, found: Tenant{Name: discord.Platform, Platform: true}}
	var findings []discord.Finding
	if !e.try("configuration and token", func() (string, error) {
		c, err := open()
		if err != nil {
			return "", err
		}
		findings, err = discord.Examine(ctx, c)
		return "the token is there", err
	}) {
		return e.found
	}
	for _, f := range findings {
		c := Check{Name: f.Name, Outcome: OK, Detail: f.Detail}
		switch {
		case f.Err != nil && ctx.Err() != nil:
			c = stopped
		case f.Err != nil:
			c.Outcome, c.Detail = Failed, f.Err.Error()
		case f.Warn:
			c.Outcome = Warn
		}
		e.add(c)
	}
	e.within(discord.Platform, "server", servers, named)
	return e.found
}
