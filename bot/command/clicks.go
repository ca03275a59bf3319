package command

import (
	"sync"
	"time"

	"legacyauth/adapters/chat"
)

// doubled is how long the second click of a double one may come after the first.
const doubled = 3 * time.Second

// clicks knows who pressed what a moment ago. A platform numbers the two requests
// of a double click apart, so that they are no repeated delivery.
type clicks struct {
	mu   sync.Mutex
	last map[click]time.Time
}

type click struct {
	platform, workspace, person string
	message                     chat.Ref
	pressed                     chat.Press
}

// again says whether a request presses a button that the same person has just
// pressed. It is safe for concurrent use.
func (c *clicks) again(req chat.Request, now time.Time) bool {
	if req.Pressed.IsZero() {
		return false
	}
	k := click{req.From.Platform, req.From.Workspace, req.From.ID, req.Message, req.Pressed}
	c.mu.Lock()
	defer c.mu.Unlock()
	for old, at := range c.last {
		if now.Sub(at) >= doubled {
			delete(c.last, old)
		}
	}
	_, again := c.last[k]
	if c.last == nil {
		c.last = map[click]time.Time{}
	}
	c.last[k] = now
	return again
}
