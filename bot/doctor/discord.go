package doctor

import (
	"context"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/discord"
)

// ExamineDiscord tries what Discord needs, and whether the places that are named
// are in one of the servers. Open gives how it is reached, or why that cannot be
// told.
func ExamineDiscord(ctx context.Context, now func() time.Time, open func() (discord.Config, error), servers []string, named []Named) Tenant {
	return examinePlatform(ctx, now, discord.Platform, "configuration and token", func() ([]chat.Finding, string, error) {
		c, err := open()
		if err != nil {
			return nil, "", err
		}
		findings, err := discord.Examine(ctx, c)
		return append(findings, within(discord.Platform, "server", servers, named)...), "the token is there", err
	})
}
