package doctor

import (
	"context"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/slack"
)

// ExamineSlack tries what the Slack workspaces of the configuration need. Open
// gives how they are reached, or why that cannot be told.
func ExamineSlack(ctx context.Context, now func() time.Time, open func() (slack.Options, error)) Tenant {
	return examinePlatform(ctx, now, slack.Name, "configuration and tokens", func() ([]chat.Finding, string, error) {
		o, err := open()
		if err != nil {
			return nil, "", err
		}
		findings, err := slack.Examine(ctx, o)
		return findings, "every token is there and of its form", err
	})
}
