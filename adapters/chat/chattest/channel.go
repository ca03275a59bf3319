package chattest

import (
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"
)

// Channel is an HTTP server on the loopback that stands for a platform's
// channels. It records every message it takes. It is safe for use by several
// goroutines, and senders may live in other processes (Dial).
type Channel struct {
	address string

	mu         sync.Mutex
	server     *http.Server // nil: down
	listener   net.Listener
	next       []Behavior
	usual      Behavior
	idempotent bool
	blind      bool
	received   []Received
	dropped    int // repeats that idempotency kept away
	requests   []string
	changed    chan struct{} // closed and replaced at each change
	closing    chan struct{}
}

// Secret is the token that clients put into the address of a channel, as
// webhooks do. The channel repeats it in the body of each error.
const Secret = "canary-6b1d0c55f2" //nolint:gosec // a canary: it opens nothing

// Received is one message that a Channel recorded.
type Received struct {
	Ref      string
	Key      string
	Place    string // as chat.Place.String gives it
	Title    string
	Text     string // the whole card as plain text
	Under    string
	Replaces string
	Files    []string // their names
	Actions  []string // the ids of the buttons and of what stands in menus
	// Edits are the keys of the changes, in order; Title and Text are those of
	// the last.
	Edits []string
	At    time.Time // when it was recorded, by the wall clock
}

// NewChannel starts a channel that is closed when the test ends.
func NewChannel(t testing.TB) *Channel {
	t.Helper()
	c := &Channel{address: "127.0.0.1:0", changed: make(chan struct{}), closing: make(chan struct{})}
	if err := c.listen(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.close)
	return c
}

// URL is the address of the channel; it stays the same while the channel is
// down.
func (c *Channel) URL() string { return "http://" + c.address }

// Next queues behaviors, one for each of the requests that follow that send or
// change a message; after them comes the usual behavior.
func (c *Channel) Next(b ...Behavior) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.next = append(c.next, b...)
}

// Usually sets the behavior when none is queued; Fine at first.
func (c *Channel) Usually(b Behavior) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.usual = b
}

// Idempotent says whether the channel knows a key again: it then answers with
// the message that it has and records no second one. False at first.
func (c *Channel) Idempotent(on bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.idempotent = on
}

// Blind says whether the channel refuses to be searched (404 to every Find), as
// if the platform had no such thing. False at first.
func (c *Channel) Blind(on bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.blind = on
}

// Down closes the port and every connection: who calls is refused.
func (c *Channel) Down() {
	c.mu.Lock()
	server, listener := c.server, c.listener
	c.server = nil
	c.mu.Unlock()
	if server != nil {
		_ = listener.Close() // a server that has not begun to serve does not know it
		_ = server.Close()
	}
}

// Up opens the port again.
func (c *Channel) Up(t testing.TB) {
	t.Helper()
	c.mu.Lock()
	up := c.server != nil
	c.mu.Unlock()
	if up {
		return
	}
	if err := c.listen(); err != nil {
		t.Fatal(err)
	}
}

func (c *Channel) listen() error {
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", c.address)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: c, ReadHeaderTimeout: time.Minute}
	c.mu.Lock()
	c.server, c.listener, c.address = server, l, l.Addr().String()
	c.mu.Unlock()
	go func() { _ = server.Serve(l) }() // ends with server.Close
	return nil
}

func (c *Channel) close() {
	close(c.closing)
	c.Down()
}

// Messages gives what was recorded, oldest first.
func (c *Channel) Messages() []Received {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := slices.Clone(c.received)
	for i := range all {
		all[i].Edits = slices.Clone(all[i].Edits)
	}
	return all
}

// In gives what was recorded in one place, oldest first.
func (c *Channel) In(place string) []Received {
	return slices.DeleteFunc(c.Messages(), func(r Received) bool { return r.Place != place })
}

// Counts says how often each key was recorded. A key that stands there more
// than once was shown to people more than once.
func (c *Channel) Counts() map[string]int {
	counts := map[string]int{}
	for _, r := range c.Messages() {
		counts[r.Key]++
	}
	return counts
}

// Repeats says how many messages were recorded that stood there already.
func (c *Channel) Repeats() int {
	n := 0
	for _, count := range c.Counts() {
		n += count - 1
	}
	return n
}

// Dropped says how many repeats idempotency kept away.
func (c *Channel) Dropped() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.dropped
}

// Requests gives the method and path of every request that came, in order, such
// as "POST /messages". Searches carry no query.
func (c *Channel) Requests() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.requests)
}

// Wait returns when the channel satisfies done, which is asked after each
// request and each recorded message, and fails the test when ctx ends first.
func (c *Channel) Wait(ctx context.Context, t testing.TB, done func(*Channel) bool) {
	t.Helper()
	for {
		c.mu.Lock()
		changed := c.changed
		c.mu.Unlock()
		if done(c) {
			return
		}
		select {
		case <-changed:
		case <-ctx.Done():
			t.Fatalf("the channel has %d messages after %d requests: %v", len(c.Messages()), len(c.Requests()), context.Cause(ctx))
		}
	}
}

// WaitFor waits until n messages are recorded, at most a minute.
func (c *Channel) WaitFor(t testing.TB, n int) {
	t.Helper()
	ctx, cancel := context.WithTimeoutCause(context.Background(), time.Minute, errors.New("waited a minute"))
	defer cancel()
	c.Wait(ctx, t, func(c *Channel) bool { return len(c.Messages()) >= n })
}

// touch wakes those who wait; c.mu is held.
func (c *Channel) touch() {
	close(c.changed)
	c.changed = make(chan struct{})
}

// Forget removes the message at ref, as somebody does who deletes it by hand.
func (c *Channel) Forget(ref string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.received = slices.DeleteFunc(c.received, func(r Received) bool { return r.Ref == ref })
	c.touch()
}
