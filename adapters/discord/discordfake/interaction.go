package discordfake

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// Interaction is what somebody did, and what came of it.
type Interaction struct {
	ID, Token string
	// Sent and Acknowledged are when it was delivered and when its first answer
	// came; zero: not yet.
	Sent, Acknowledged time.Time
	// First is the type of the first answer; 0: none yet.
	First int
	// Choices are the completions, Modal the form that was shown.
	Choices []Choice
	Modal   map[string]any

	raw     map[string]any
	channel string
	source  *Message // whose button it was
	own     *Message // the first answer's message
	more    []*Message
	acked   chan struct{}
}

// Choice is a completion.
type Choice struct{ Name, Value string }

// Doing is what somebody does.
type Doing struct {
	// ID makes the interaction's id; the same is a repeat. Empty: a new one.
	ID      string
	Server  string // empty: in a direct message
	Channel string
	Person  string
	Roles   []string
	// Type is that of the interaction: 2 a command, 3 a button, 4 a completion, 5
	// a form.
	Type int
	Data map[string]any
	// Message is the message that is acted on.
	Message *Message
	// Twice delivers it two times.
	Twice bool
	// Endpoint is where it goes over HTTP; empty: through the gateway.
	Endpoint string
}

// errNobody is an interaction that nobody is there to take.
var errNobody = errors.New("no session of the gateway is there")

// Do delivers what somebody does and waits for the acknowledgment, as long as
// Patience says.
func (s *Server) Do(ctx context.Context, d Doing) (*Interaction, error) {
	i, err := s.Deliver(ctx, d)
	if err != nil {
		return i, err
	}
	s.mu.Lock()
	timer := time.NewTimer(s.first)
	s.mu.Unlock()
	defer timer.Stop()
	select {
	case <-i.acked:
		return i, nil
	case <-timer.C:
		return i, errors.New("the application did not respond")
	case <-ctx.Done():
		return i, ctx.Err()
	}
}

// Deliver delivers what somebody does and does not wait. Through the gateway it
// is kept for a session that will be resumed.
func (s *Server) Deliver(ctx context.Context, d Doing) (*Interaction, error) {
	s.mu.Lock()
	i := &Interaction{ID: d.ID, Token: "aW50.canary-" + s.id(), channel: d.Channel, source: d.Message, acked: make(chan struct{}), Sent: s.now()}
	if i.ID == "" {
		i.ID = s.id()
	}
	for _, known := range s.pending {
		if known.ID == i.ID {
			i = known // a repeat has the same token
		}
	}
	s.pending[i.Token] = i
	i.raw = s.described(i, d)
	times := 1
	if d.Twice {
		times = 2
	}
	if d.Endpoint == "" {
		defer s.mu.Unlock()
		if s.gate.current == nil {
			return i, errNobody
		}
		for range times {
			s.dispatch(s.gate.current, "INTERACTION_CREATE", i.raw)
		}
		return i, nil
	}
	s.mu.Unlock()
	for n := range times {
		if err := s.deliverHTTP(ctx, d.Endpoint, i); err != nil && n == 0 {
			return i, err
		}
	}
	return i, nil
}

// described is the interaction as it is delivered; s.mu is held.
func (s *Server) described(i *Interaction, d Doing) map[string]any {
	person := map[string]any{"id": d.Person, "username": "anna", "global_name": "Anna"}
	raw := map[string]any{
		"id": i.ID, "application_id": Application, "type": d.Type, "token": i.Token, "version": 1, "channel_id": d.Channel,
		"data": d.Data, "locale": "de", "attachment_size_limit": 10 << 20, "authorizing_integration_owners": map[string]any{"0": d.Server}, "entitlements": []any{},
	}
	if c := s.channels[d.Channel]; c != nil {
		raw["channel"] = c.json()
	}
	if d.Server != "" {
		raw["guild_id"], raw["guild_locale"], raw["context"] = d.Server, "en-US", 0
		raw["member"] = map[string]any{"user": person, "roles": append([]string{}, d.Roles...), "permissions": "0", "joined_at": "2026-01-01T00:00:00Z"}
	} else {
		raw["user"], raw["context"] = person, 1
	}
	if d.Message != nil {
		m := d.Message.json()
		raw["message"] = m
	}
	return raw
}

// Signed gives a request as Discord sends it.
func (s *Server) Signed(ctx context.Context, endpoint string, body []byte, at time.Time) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	stamp := strconv.FormatInt(at.Unix(), 10)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Signature-Timestamp", stamp)
	r.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(s.private, append([]byte(stamp), body...))))
	return r, nil
}

func (s *Server) deliverHTTP(ctx context.Context, endpoint string, i *Interaction) error {
	body, err := json.Marshal(i.raw)
	if err != nil {
		return err
	}
	r, err := s.Signed(ctx, endpoint, body, s.Now())
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	switch response.StatusCode {
	case http.StatusOK:
	case http.StatusAccepted:
		return nil
	default:
		return fmt.Errorf("the endpoint answers %s", response.Status)
	}
	a, err := read(&http.Request{Method: http.MethodPost, URL: r.URL, Header: response.Header, Body: io.NopCloser(bytes.NewReader(raw))})
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, Request{Method: http.MethodPost, Path: "/api/v9/interactions/" + i.ID + "/" + i.Token + "/callback", Kind: a.kind, Body: a.json, Files: a.names, Status: http.StatusOK})
	if given := s.acknowledge(i, a); given.status/100 != 2 {
		return fmt.Errorf("the first answer is refused: %v", given.body)
	}
	return nil
}

// Times of an interaction
// (https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction,
// read 2026-11-29).
const (
	firstLife = 3 * time.Second
	tokenLife = 15 * time.Minute
)

func (s *Server) callback(a *asked) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.pending[a.PathValue("token")]
	if i == nil || i.ID != a.PathValue("id") {
		return refuse(http.StatusNotFound, 10062, "Unknown interaction")
	}
	return s.acknowledge(i, a)
}

// acknowledge takes the first answer; s.mu is held.
func (s *Server) acknowledge(i *Interaction, a *asked) answer {
	switch {
	case i.First != 0:
		return refuse(http.StatusBadRequest, 40060, "Interaction has already been acknowledged.")
	case s.now().Sub(i.Sent) > s.first:
		return refuse(http.StatusNotFound, 10062, "Unknown interaction")
	}
	body := a.value()
	data, _ := body["data"].(map[string]any)
	kind := number(body["type"])
	switch kind {
	case 4, 5:
		m := &Message{ID: s.id(), Channel: i.channel, Author: Self, Flags: number(data["flags"]) & (1 << 6), At: s.now(), Loading: kind == 5}
		if kind == 4 {
			if wrong := fault(data, a.files); wrong != "" {
				return refuse(http.StatusBadRequest, 50035, wrong)
			}
			m.set(a, data)
		}
		i.own = m
		s.messages = append(s.messages, m)
	case 6, 7:
		if i.source == nil {
			return refuse(http.StatusBadRequest, 50035, "there is no message to change")
		}
		if kind == 7 {
			if wrong := fault(data, a.files); wrong != "" {
				return refuse(http.StatusBadRequest, 50035, wrong)
			}
			s.kept(i.source).set(a, data)
		}
		i.own = s.kept(i.source)
	case 8:
		list, _ := data["choices"].([]any)
		for _, one := range list {
			c, _ := one.(map[string]any)
			name, _ := c["name"].(string)
			value, _ := c["value"].(string)
			i.Choices = append(i.Choices, Choice{name, value})
		}
	case 9:
		if i.raw["type"] == 5 {
			return refuse(http.StatusBadRequest, 50035, "a form cannot follow on a form")
		}
		i.Modal = data
	default:
		return refuse(http.StatusBadRequest, 50035, "type")
	}
	i.First, i.Acknowledged = kind, s.now()
	close(i.acked)
	s.touch()
	return answer{status: http.StatusNoContent}
}

// kept is the message itself for a copy of it; s.mu is held.
func (s *Server) kept(copied *Message) *Message {
	for _, m := range s.messages {
		if m.ID == copied.ID {
			return m
		}
	}
	m := *copied
	s.messages = append(s.messages, &m)
	return &m
}

// alive finds the interaction of a webhook; s.mu is held.
func (s *Server) alive(a *asked) (*Interaction, answer, bool) {
	i := s.pending[a.PathValue("token")]
	switch {
	case i == nil || a.PathValue("application") != Application:
		return nil, refuse(http.StatusNotFound, 10015, "Unknown Webhook"), false
	case s.now().Sub(i.Sent) > tokenLife:
		return nil, refuse(http.StatusUnauthorized, 50027, "Invalid Webhook Token"), false
	case i.First == 0:
		return nil, refuse(http.StatusNotFound, 10015, "Unknown Webhook"), false
	}
	return i, answer{}, true
}

func (s *Server) followUp(a *asked) answer {
	body := a.value()
	s.mu.Lock()
	defer s.mu.Unlock()
	i, given, ok := s.alive(a)
	if !ok {
		return given
	}
	if wrong := fault(body, a.files); wrong != "" {
		return refuse(http.StatusBadRequest, 50035, wrong)
	}
	if i.own != nil && i.own.Loading { // the first one takes the place of what was announced
		i.own.set(a, body)
		s.touch()
		return answer{http.StatusOK, i.own.json()}
	}
	m := &Message{ID: s.id(), Channel: i.channel, Author: Self, Flags: number(body["flags"]) & (1 << 6), At: s.now()}
	m.set(a, body)
	i.more = append(i.more, m)
	s.messages = append(s.messages, m)
	s.touch()
	return answer{http.StatusOK, m.json()}
}

// mine finds a message of the interaction; s.mu is held.
func (i *Interaction) mine(id string) *Message {
	if id == "@original" {
		return i.own
	}
	for _, m := range append([]*Message{i.own}, i.more...) {
		if m != nil && m.ID == id {
			return m
		}
	}
	return nil
}

func (s *Server) editAnswer(a *asked) answer {
	body := a.value()
	s.mu.Lock()
	defer s.mu.Unlock()
	i, given, ok := s.alive(a)
	if !ok {
		return given
	}
	m := i.mine(a.PathValue("message"))
	if m == nil {
		return refuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	if wrong := fault(body, a.files); wrong != "" {
		return refuse(http.StatusBadRequest, 50035, wrong)
	}
	m.set(a, body)
	m.Edits++
	s.touch()
	return answer{http.StatusOK, m.json()}
}

func (s *Server) deleteAnswer(a *asked) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, given, ok := s.alive(a)
	if !ok {
		return given
	}
	m := i.mine(a.PathValue("message"))
	if m == nil {
		return refuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	for n, one := range s.messages {
		if one == m {
			s.messages = append(s.messages[:n:n], s.messages[n+1:]...)
			break
		}
	}
	s.touch()
	return answer{status: http.StatusNoContent}
}
