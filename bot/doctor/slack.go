package doctor

import (
	"context"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/slack"
)

// ExamineSlack tries what the Slack workspaces of the configuration need, and
// whether the places that are named are in one of them. Open gives how they are
// reached, or why that cannot be told.
func ExamineSlack(ctx context.Context, now func() time.Time, open func() (slack.Options, error), named []Named) Tenant {
	return examinePlatform(ctx, now, slack.Name, "configuration and tokens", func() ([]chat.Finding, string, error) {
		o, err := open()
		if err != nil {
			return nil, "", err
		}
		findings, err := slack.Examine(ctx, o)
		var workspaces []string
		for _, f := range findings {
			if f.Workspace != "" {
				workspaces = append(workspaces, f.Workspace)
			}
		}
		if len(workspaces) == len(o.Installations) { // each token works, and none is for a whole organization
			findings = append(findings, within(slack.Name, "workspace", workspaces, named)...)
		}
		return findings, "every token is there and of its form", err
	})
}
