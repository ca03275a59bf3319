package doctor

import (
	"context"
	"time"

	"legacyauth/adapters/slack"
)

// ExamineSlack tries what the Slack workspaces of the configuration need, and
// whether the places it names are in one of them. Open gives how they are reached,
// or why that cannot be told.
func ExamineSlack(ctx context.Context, now func() time.Time, open func() (slack.Options, error), named []Named) Tenant {
	e := &examination{now: now, found: Tenant{Name: slack.Name, Platform: true}}
	var o slack.Options
	var findings []slack.Finding
	if !e.try("configuration and tokens", func() (string, error) {
		var err error
		if o, err = open(); err != nil {
			return "", err
		}
		findings, err = slack.Examine(ctx, o)
		return "every token is there and of its form", err
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
	var workspaces []string
	for _, f := range findings {
		if f.Workspace != "" {
			workspaces = append(workspaces, f.Workspace)
		}
	}
	if len(workspaces) == len(o.Installations) { // each token works, and none is for a whole organization
		e.within(slack.Name, "workspace", workspaces, named)
	}
	return e.found
}
