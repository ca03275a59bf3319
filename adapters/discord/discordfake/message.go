package discordfake

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

// Message is a message as the fake keeps it.
type Message struct {
	ID, Channel string
	Author      string
	Flags       int
	Nonce       string
	Reply       string // to which message
	Components  []any
	Attachments []any
	Files       map[string][]byte
	// Loading is a message that was announced and is not there yet.
	Loading bool
	// Mentions is what allowed_mentions lets it notify.
	Mentions map[string]any
	At       time.Time
	Edits    int
}

// Ephemeral says that only one person sees it.
func (m *Message) Ephemeral() bool { return m.Flags&(1<<6) != 0 }

func (m *Message) json() map[string]any {
	return map[string]any{
		"id": m.ID, "channel_id": m.Channel, "content": "", "flags": m.Flags, "components": m.Components,
		"attachments": m.Attachments, "author": map[string]any{"id": m.Author, "bot": true}, "timestamp": m.At.Format(time.RFC3339),
	}
}

// set puts what a body says into the message.
func (m *Message) set(a *asked, body map[string]any) {
	if c, ok := body["components"].([]any); ok {
		m.Components = numbered(c)
	}
	if list, ok := body["attachments"].([]any); ok {
		m.Attachments, m.Files = list, map[string][]byte{}
		for _, one := range list {
			if v, ok := one.(map[string]any); ok {
				id, _ := v["id"].(string)
				name, _ := v["filename"].(string)
				m.Files[name] = a.files["files["+id+"]"]
			}
		}
	}
	m.Mentions, _ = body["allowed_mentions"].(map[string]any)
	m.Flags = m.Flags&(1<<6) | number(body["flags"])
	m.Loading = false
}

// numbered gives ids to components that have none.
func numbered(all []any) []any {
	n := 0
	walk(all, func(c map[string]any) {
		if number(c["id"]) == 0 {
			n++
			c["id"] = float64(n)
		}
	})
	return all
}

// walk visits every component, outer ones first.
func walk(all []any, do func(map[string]any)) {
	for _, one := range all {
		c, ok := one.(map[string]any)
		if !ok {
			continue
		}
		do(c)
		if inner, ok := c["components"].([]any); ok {
			walk(inner, do)
		}
		for _, name := range []string{"accessory", "component"} {
			if inner, ok := c[name].(map[string]any); ok {
				walk([]any{inner}, do)
			}
		}
	}
}

// visible finds a message that the bot can see.
func (s *Server) visible(channel, id string) *Message {
	i := slices.IndexFunc(s.messages, func(m *Message) bool { return m.ID == id && m.Channel == channel && !m.Ephemeral() })
	if i < 0 {
		return nil
	}
	return s.messages[i]
}

func (s *Server) list(a *asked) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	channel := a.PathValue("channel")
	if s.channels[channel] == nil {
		return refuse(http.StatusNotFound, 10003, "Unknown Channel")
	}
	limit := atoi(a.URL.Query().Get("limit"))
	if limit < 1 || limit > 100 {
		return refuse(http.StatusBadRequest, 50035, "Invalid Form Body")
	}
	list := []any{}
	for _, m := range slices.Backward(s.messages) {
		if m.Channel == channel && !m.Ephemeral() && len(list) < limit {
			list = append(list, m.json())
		}
	}
	return answer{http.StatusOK, list}
}

func (s *Server) post(a *asked) answer {
	body := a.value()
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[a.PathValue("channel")]
	if c == nil {
		return refuse(http.StatusNotFound, 10003, "Unknown Channel")
	}
	if code := s.closed[c.person]; c.person != "" && code != 0 {
		return refuse(http.StatusForbidden, code, "Cannot send messages to this user")
	}
	if fault := faultIn(a, body); fault != "" {
		return refuse(http.StatusBadRequest, 50035, fault)
	}
	nonce, _ := body["nonce"].(string)
	if enforce, _ := body["enforce_nonce"].(bool); enforce && nonce != "" {
		for _, m := range s.messages {
			if m.Channel == c.id && m.Nonce == nonce && s.now().Sub(m.At) < 5*time.Minute {
				return answer{http.StatusOK, m.json()}
			}
		}
	}
	m := &Message{ID: s.id(), Channel: c.id, Author: Self, Nonce: nonce, At: s.now()}
	if r, ok := body["message_reference"].(map[string]any); ok {
		m.Reply, _ = r["message_id"].(string)
	}
	m.set(a, body)
	s.messages = append(s.messages, m)
	s.touch()
	return answer{http.StatusOK, m.json()}
}

func (s *Server) change(a *asked) answer {
	body := a.value()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.channels[a.PathValue("channel")] == nil {
		return refuse(http.StatusNotFound, 10003, "Unknown Channel")
	}
	m := s.visible(a.PathValue("channel"), a.PathValue("message"))
	if m == nil {
		return refuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	if m.Author != Self {
		return refuse(http.StatusForbidden, 50005, "Cannot edit a message authored by another user")
	}
	if fault := faultIn(a, body); fault != "" {
		return refuse(http.StatusBadRequest, 50035, fault)
	}
	m.set(a, body)
	m.Edits++
	s.touch()
	return answer{http.StatusOK, m.json()}
}

// Messages gives what stands in the channels, oldest first, hidden answers
// included.
func (s *Server) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Message
	for _, m := range s.messages {
		all = append(all, *m)
	}
	return all
}

// faultIn says what Discord would refuse in a message.
func faultIn(a *asked, body map[string]any) string {
	if err := json.Unmarshal(a.json, &map[string]any{}); err != nil {
		return "not JSON"
	}
	return fault(body, a.files)
}
