package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/slack-go/slack"
)

// A response_url takes five messages in thirty minutes
// (https://docs.slack.dev/interactivity/handling-user-interaction#message_responses,
// read 2026-11-23). The last minute is left alone.
const (
	maxUses = 5
	usable  = 29 * time.Minute
)

// errSpent is a response_url that takes nothing more.
var errSpent = errors.New("the address for answers takes nothing more")

// uses counts how often each response_url was used. Forms carry them from one
// request to the next.
type uses struct {
	mu    sync.Mutex
	spent map[string]spending
}

type spending struct {
	n     int
	until time.Time
}

// take says whether a response_url that was given at since can be used once more,
// and counts that.
func (u *uses) take(address string, since, now time.Time) bool {
	if address == "" || now.After(since.Add(usable)) {
		return false
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.spent == nil {
		u.spent = map[string]spending{}
	}
	if len(u.spent) > peopleKept {
		for key, s := range u.spent {
			if now.After(s.until) {
				delete(u.spent, key)
			}
		}
	}
	s := u.spent[address]
	if s.n >= maxUses {
		return false
	}
	u.spent[address] = spending{s.n + 1, since.Add(usable)}
	return true
}

// response is a message to a response_url.
type response struct {
	Type    string        `json:"response_type"`
	Replace bool          `json:"replace_original"`
	Text    string        `json:"text"`
	Blocks  []slack.Block `json:"blocks,omitempty"`
	Thread  string        `json:"thread_ts,omitempty"`
}

// respond posts to a response_url. The SDK's own way fails on an answer without
// a Content-Type, so this is ours.
func (p *Platform) respond(ctx context.Context, to reply, r response) error {
	if !p.uses.take(to.URL, time.Unix(to.Since, 0), p.options.Now()) {
		return errSpent
	}
	if !p.ours(to.URL) {
		return errors.New("answer: the address for answers is not Slack's")
	}
	body, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, to.URL, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("answer: %w", explain(err))
	}
	q.Header.Set("Content-Type", "application/json; charset=utf-8")
	answer, err := p.http.Do(q)
	if err != nil {
		return fmt.Errorf("answer: %w", explain(err))
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(answer.Body, 1<<16))
	if err != nil {
		return fmt.Errorf("answer: %w", explain(err))
	}
	var told slack.SlackResponse
	if json.Unmarshal(text, &told) == nil && !told.Ok && told.Error != "" {
		return fmt.Errorf("answer: %w", answered(told.Error, told.Needed))
	}
	return nil // "ok", or an empty answer
}
