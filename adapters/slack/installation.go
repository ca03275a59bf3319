package slack

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/slack-go/slack"
)

// installation is one token and who it is.
type installation struct {
	given Installation
	api   *slack.Client

	mu  sync.Mutex
	who identity
}

// identity is what Slack says of a bot token.
type identity struct {
	workspace    string // the workspace's id, or the organization's for one that is wide
	organization string // empty outside of Enterprise Grid
	wide         bool   // installed for the whole organization
	bot, user    string // the bot's ids
	team         string // the workspace's name
	scopes       []string
}

// has says whether the token was granted a scope, as far as Slack has told.
func (w identity) has(scope string) bool { return slices.Contains(w.scopes, scope) }

// identify asks once who the token is, and again after a failure.
func (i *installation) identify(ctx context.Context) (identity, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.who.workspace != "" {
		return i.who, nil
	}
	answer, err := i.api.AuthTestContext(ctx)
	if err != nil {
		return identity{}, fmt.Errorf("ask Slack whose token this is: %w", before(err))
	}
	who := identity{
		workspace: answer.TeamID, organization: answer.EnterpriseID, bot: answer.BotID, user: answer.UserID,
		team: answer.Team, scopes: scopesIn(answer.Header.Get("X-OAuth-Scopes")),
	}
	who.wide = who.organization != "" && who.workspace == who.organization
	if who.workspace == "" {
		return identity{}, fmt.Errorf("ask Slack whose token this is: %w", errNoAnswer)
	}
	i.who = who
	return who, nil
}

func scopesIn(header string) []string {
	var scopes []string
	for scope := range strings.SplitSeq(header, ",") {
		if scope = strings.TrimSpace(scope); scope != "" {
			scopes = append(scopes, scope)
		}
	}
	return scopes
}
