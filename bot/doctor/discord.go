package doctor

import (
	"context"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/discord"
)

// ExamineDiscord tries what Discord needs. Open gives how it is reached, or why
// that cannot be told.
func ExamineDiscord(ctx context.Context, now func() time.Time, open func() (discord.Config, error)) Tenant {
	return examinePlatform(ctx, now, discord.Platform, "configuration and token", func() ([]chat.Finding, string, error) {
		c, err := open()
		if err != nil {
			return nil, "", err
		}
		findings, err := discord.Examine(ctx, c)
		return findings, "the token is there", err
	})
}
