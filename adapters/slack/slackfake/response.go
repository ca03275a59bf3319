package slackfake

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"
)

// hook is an address for answers.
type hook struct {
	channel, user string
	uses          int
	until         time.Time
	// original is the message whose button was pressed; nil for a command, whose
	// answers replace nothing: https://github.com/slackapi/bolt-js/issues/2287.
	original *Message
}

// hookFor gives a new address; s.mu is held.
func (s *Server) hookFor(channel, user string, original *Message) string {
	id := s.id("hook")
	s.hooks[id] = &hook{channel: channel, user: user, until: time.Now().Add(30 * time.Minute), original: original}
	return s.url() + "/commands/" + s.options.Team + "/" + id
}

// takeResponse takes a message to an address for answers. Like Slack it answers
// "ok" without saying what that is.
func (s *Server) takeResponse(w http.ResponseWriter, r *http.Request, id string) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		return
	}
	if s.spoil(w, r, s.mishap("response_url"), func() { _ = s.respond(id, body) }) {
		return
	}
	if err := s.respond(id, body); err != nil {
		answer(w, http.StatusOK, object{"ok": false, "error": err.Error()})
		return
	}
	w.Header()["Content-Type"] = nil
	_, _ = io.WriteString(w, "ok")
}

func (s *Server) respond(id string, body []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.touch()
	h := s.hooks[strings.TrimPrefix(id, s.options.Team+"/")]
	switch {
	case h == nil:
		return failure{code: "invalid_url"}
	case time.Now().After(h.until):
		return failure{code: "expired_url"}
	case h.uses >= 5:
		return failure{code: "used_url"}
	}
	var given struct {
		Type    string          `json:"response_type"`
		Replace bool            `json:"replace_original"`
		Delete  bool            `json:"delete_original"`
		Text    string          `json:"text"`
		Blocks  json.RawMessage `json:"blocks"`
		Thread  string          `json:"thread_ts"`
	}
	if json.Unmarshal(body, &given) != nil {
		return failure{code: "invalid_payload"}
	}
	h.uses++
	m := &Message{Channel: h.channel, TS: s.stamp(), Thread: given.Thread, Text: given.Text, Blocks: given.Blocks, User: BotUser}
	if given.Type != "in_channel" {
		m.For = h.user
	}
	if err := m.check(); err != nil {
		return err
	}
	if given.Replace && h.original != nil {
		h.original.Text, h.original.Blocks, h.original.Edited = m.Text, m.Blocks, true
		return nil
	}
	s.messages = append(s.messages, m)
	return nil
}
