package slack

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"legacyauth/adapters/chat"
)

const (
	// pageSize is how many messages are looked at in one request, and pages how
	// many requests are made: more than the hundred that a Finder looks at.
	pageSize = 200
	pages    = 3
	// lookBack is how far a thread is searched, which Slack gives oldest first.
	lookBack = 24 * time.Hour
)

// Find looks for a message with the key among the last ones of its place. It
// needs a scope to read the history there, which is not among Scopes: without it
// the error is final, and says which.
func (p *Platform) Find(ctx context.Context, m chat.Message) (chat.Ref, bool, error) {
	if err := m.Check(); err != nil {
		return "", false, err
	}
	i, err := p.reach(ctx, m.To)
	if err != nil {
		return "", false, fmt.Errorf("look for a message: %w", err)
	}
	channel, err := i.channel(ctx, m.To)
	if err != nil {
		return "", false, fmt.Errorf("look for a message: %w", err)
	}
	thread := m.To.Thread
	if at, ts, err := parseRef(m.Under); err == nil && at == channel && thread == "" {
		thread = ts
	}
	who, err := i.identify(ctx)
	if err != nil {
		return "", false, fmt.Errorf("look for a message: %w", err)
	}
	cursor := ""
	for range pages {
		var found []slack.Message
		found, cursor, err = i.page(ctx, channel, thread, cursor, p.options.Now())
		if is(err, "missing_scope") {
			// Not a RetryError: the bot then sends without having looked.
			return "", false, fmt.Errorf("look for a message: %s", err.Error()) //nolint:errorlint // unwrapped on purpose
		}
		if err != nil {
			return "", false, fmt.Errorf("look for a message: %w", err)
		}
		for _, at := range found {
			if at.Metadata.EventType == event && at.Metadata.EventPayload[field] == m.Key && (at.BotID == "" || at.BotID == who.bot) {
				return refTo(channel, at.Timestamp), true, nil
			}
		}
		if cursor == "" {
			break
		}
	}
	return "", false, nil
}

// page gives one page of a channel, newest first, or of a thread.
func (i *installation) page(ctx context.Context, channel, thread, cursor string, now time.Time) ([]slack.Message, string, error) {
	if thread == "" {
		answer, err := i.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
			ChannelID: channel, Limit: pageSize, Cursor: cursor, IncludeAllMetadata: true,
		})
		if err != nil {
			return nil, "", explain(err)
		}
		return answer.Messages, answer.ResponseMetaData.NextCursor, nil
	}
	found, _, next, err := i.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
		ChannelID: channel, Timestamp: thread, Limit: pageSize, Cursor: cursor, IncludeAllMetadata: true,
		Oldest: strconv.FormatInt(now.Add(-lookBack).Unix(), 10),
	})
	return found, next, explain(err)
}
