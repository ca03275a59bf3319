package chattest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// Client is the Sender of a Channel: real HTTP, no retries. It is an Updater, a
// Finder and Paced; Plain takes these away.
type Client struct {
	url      string
	http     *http.Client
	pace     chat.Pace
	platform string // empty: every platform
}

// Limits of a message in a Channel.
var limits = card.Limits{Title: 150, Fallback: 150, Blocks: 50, Block: 3000, Total: 12000, Facts: 10, Actions: 5, Label: 75}

// Dial gives a client for the channel at an address, which may be in another
// process. A request that takes longer than patience is given up; 0: never.
func Dial(address string, patience time.Duration) *Client {
	return &Client{url: address, http: &http.Client{
		Transport:     &http.Transport{},
		Timeout:       patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Sender gives a client for the channel that waits five seconds for an answer.
func (c *Channel) Sender() *Client { return Dial(c.URL(), 5*time.Second) }

// Plain is the client as a Sender that can do nothing else.
func (c *Client) Plain() chat.Sender { return plain{c} }

type plain struct{ c *Client }

func (p plain) Send(ctx context.Context, m chat.Message) (chat.Ref, error) { return p.c.Send(ctx, m) }

// Only is a client that refuses places of other platforms. Dial's takes every
// place.
func (c *Client) Only(platform string) *Client {
	one := *c
	one.platform = platform
	return &one
}

func (c *Client) check(m chat.Message) error {
	if err := m.Check(); err != nil {
		return err
	}
	if c.platform != "" && m.To.Platform != c.platform {
		return fmt.Errorf("message %s: %s is not in %s", m.Key, m.To, c.platform)
	}
	return nil
}

// SetPace sets what Pace tells; no limit at first. Call it before use.
func (c *Client) SetPace(p chat.Pace) { c.pace = p }

// Pace is what SetPace was given.
func (c *Client) Pace() chat.Pace { return c.pace }

// Send posts the message.
func (c *Client) Send(ctx context.Context, m chat.Message) (chat.Ref, error) {
	if err := c.check(m); err != nil {
		return "", err
	}
	got, err := c.do(ctx, http.MethodPost, "/messages", toNote(m))
	if err != nil {
		return "", fmt.Errorf("send: %w", err)
	}
	return chat.Ref(got.Ref), nil
}

// Update changes the message at ref.
func (c *Client) Update(ctx context.Context, at chat.Ref, m chat.Message) error {
	if err := c.check(m); err != nil {
		return err
	}
	_, err := c.do(ctx, http.MethodPut, "/messages/"+url.PathEscape(string(at)), toNote(m))
	if isNotThere(err) {
		return fmt.Errorf("change: %w", chat.ErrNoMessage)
	}
	if err != nil {
		return fmt.Errorf("change: %w", err)
	}
	return nil
}

// Find asks the channel for a message with the key.
func (c *Client) Find(ctx context.Context, m chat.Message) (chat.Ref, bool, error) {
	query := url.Values{"place": {m.To.String()}, "key": {m.Key}}
	got, err := c.do(ctx, http.MethodGet, "/messages?"+query.Encode(), note{})
	if isNotThere(err) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("find: %w", err)
	}
	return chat.Ref(got.Ref), true, nil
}

func toNote(m chat.Message) note {
	fitted, _ := chat.Fit(m.Card, limits)
	n := note{
		Key: m.Key, Place: m.To.String(), Title: chat.Line(fitted), Text: chat.Plain(fitted),
		Under: string(m.Under), Replaces: m.Replaces,
	}
	if len(m.Files) > 0 {
		n.Text += "\n\n" + chat.FileList(m.Files)
	}
	for _, f := range m.Files {
		n.Files = append(n.Files, f.Name)
	}
	for _, b := range fitted.Blocks {
		if e, ok := b.(card.Entry); ok {
			n.Actions = append(n.Actions, ids(e.Menu)...)
		}
	}
	n.Actions = append(n.Actions, ids(fitted.Actions)...)
	return n
}

// notThere is an answer of 404.
type notThere struct{ error }

func isNotThere(err error) bool {
	_, ok := err.(notThere) //nolint:errorlint // do gives it unwrapped
	return ok
}

func (c *Client) do(ctx context.Context, method, path string, n note) (note, error) {
	if err := chat.Canceled(ctx); err != nil {
		return note{}, err
	}
	body, err := json.Marshal(n)
	if err != nil {
		return note{}, fmt.Errorf("write the message: %w", err)
	}
	r, err := http.NewRequestWithContext(ctx, method, c.url+"/hook/"+Secret+path, bytes.NewReader(body))
	if err != nil {
		return note{}, err
	}
	r.Header.Set("Content-Type", "application/json")
	// Each attempt is one request: net/http repeats one on a reused connection
	// that breaks, if it believes that it may.
	r.GetBody = nil
	answer, err := c.http.Do(r)
	if err != nil {
		return note{}, chat.TransportError(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if err := chat.StatusError(answer.StatusCode, answer.Header, time.Now()); err != nil {
		if answer.StatusCode == http.StatusNotFound && method != http.MethodPost {
			return note{}, notThere{err}
		}
		return note{}, err
	}
	var got note
	if err := json.NewDecoder(http.MaxBytesReader(nil, answer.Body, maxBody)).Decode(&got); err != nil {
		return note{}, &chat.RetryError{Maybe: true, Err: fmt.Errorf("read the answer: %w", err)}
	}
	return got, nil
}

func ids(actions []card.Action) []string {
	var all []string
	for _, a := range actions {
		all = append(all, a.ID)
	}
	return all
}
