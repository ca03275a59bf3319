package slackfake

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

// Message is one message as it stands there.
type Message struct {
	Channel, TS, Thread, Text string
	Blocks                    json.RawMessage
	Metadata                  json.RawMessage
	// For is the only person who sees it; empty: everybody in the channel.
	For     string
	Files   []File
	Edited  bool
	User    string // who wrote it
	deleted bool
}

// Messages gives what stands there by now, oldest first.
func (s *Server) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Message
	for _, m := range s.messages {
		if !m.deleted {
			all = append(all, *m)
		}
	}
	return all
}

// Said is how many messages stand in a channel.
func (s *Server) Said(channel string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, m := range s.messages {
		if m.Channel == channel && !m.deleted {
			n++
		}
	}
	return n
}

// Forget drops the messages of a channel, as if they had never been, and says how
// many stood there.
func (s *Server) Forget(channel string) int {
	n := s.Said(channel)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.messages = slices.DeleteFunc(s.messages, func(m *Message) bool { return m.Channel == channel })
	return n
}

func postMessage(s *Server, c call) (object, error) {
	m, err := s.draft(c)
	if err != nil {
		return nil, err
	}
	if s.options.Paced {
		now := time.Now()
		if now.Sub(s.sent[m.Channel]) < time.Second {
			return fail("ratelimited")
		}
		s.sent[m.Channel] = now
	}
	s.messages = append(s.messages, m)
	return object{"channel": m.Channel, "ts": m.TS, "message": m.json(s.options.Team, true)}, nil
}

func postEphemeral(s *Server, c call) (object, error) {
	m, err := s.draft(c)
	if err != nil {
		return nil, err
	}
	if s.people[c.get("user")] == nil {
		return fail("user_not_in_channel")
	}
	m.For = c.get("user")
	s.messages = append(s.messages, m)
	return object{"message_ts": m.TS}, nil
}

// draft checks a message; s.mu is held.
func (s *Server) draft(c call) (*Message, error) {
	if err := need(c, "channel"); err != nil {
		return nil, err
	}
	at, err := s.place(c.get("channel"))
	if err != nil {
		return nil, err
	}
	m := &Message{Channel: at.id, TS: s.stamp(), Thread: c.get("thread_ts"), Text: c.get("text"), User: BotUser}
	if m.Thread != "" && s.at(at.id, m.Thread) == nil && at.person == "" && !foreign(m.Thread) {
		return nil, failure{code: "thread_not_found"}
	}
	if text := c.get("blocks"); text != "" {
		m.Blocks = json.RawMessage(text)
	}
	if text := c.get("metadata"); text != "" {
		m.Metadata = json.RawMessage(text)
	}
	return m, m.check()
}

// foreign is a thread that somebody else began before the workspace stood.
func foreign(thread string) bool {
	at, err := strconv.ParseFloat(thread, 64)
	return err == nil && at < 1.7e9
}

func (m *Message) check() error {
	switch {
	case m.Text == "" && len(m.Blocks) == 0:
		return failure{code: "no_text"}
	case len([]rune(m.Text)) > 40000:
		return failure{code: "msg_too_long"}
	}
	return checkBlocks(m.Blocks, 50, true)
}

func update(s *Server, c call) (object, error) {
	if err := need(c, "channel", "ts"); err != nil {
		return nil, err
	}
	if _, err := s.place(c.get("channel")); err != nil {
		return nil, err
	}
	m := s.at(c.get("channel"), c.get("ts"))
	switch {
	case m == nil || m.For != "":
		return fail("message_not_found")
	case m.User != BotUser:
		return fail("cant_update_message")
	}
	changed := *m
	changed.Text, changed.Blocks, changed.Edited = c.get("text"), json.RawMessage(c.get("blocks")), true
	if err := changed.check(); err != nil {
		return nil, err
	}
	*m = changed
	return object{"channel": m.Channel, "ts": m.TS, "text": m.Text}, nil
}

func deleteMessage(s *Server, c call) (object, error) {
	m := s.at(c.get("channel"), c.get("ts"))
	if m == nil {
		return fail("message_not_found")
	}
	m.deleted = true
	return object{"channel": m.Channel, "ts": m.TS}, nil
}

// at finds a message; s.mu is held.
func (s *Server) at(channel, ts string) *Message {
	i := slices.IndexFunc(s.messages, func(m *Message) bool { return m.Channel == channel && m.TS == ts && !m.deleted })
	if i < 0 {
		return nil
	}
	return s.messages[i]
}

// history gives a channel's messages, newest first, without those in threads.
func history(s *Server, c call) (object, error) {
	if _, err := s.place(c.get("channel")); err != nil {
		return nil, err
	}
	var found []*Message
	for _, m := range slices.Backward(s.messages) {
		if m.Channel == c.get("channel") && !m.deleted && m.For == "" && (m.Thread == "" || m.Thread == m.TS) {
			found = append(found, m)
		}
	}
	return s.paged(found, c)
}

// replies gives a thread, oldest first.
func replies(s *Server, c call) (object, error) {
	if _, err := s.place(c.get("channel")); err != nil {
		return nil, err
	}
	var found []*Message
	for _, m := range s.messages {
		if m.Channel == c.get("channel") && !m.deleted && m.For == "" && (m.TS == c.get("ts") || m.Thread == c.get("ts")) {
			found = append(found, m)
		}
	}
	return s.paged(found, c)
}

// paged gives one page of messages, by a cursor that counts.
func (s *Server) paged(all []*Message, c call) (object, error) {
	limit, _ := strconv.Atoi(cmp.Or(c.get("limit"), "100"))
	start, _ := strconv.Atoi(c.get("cursor"))
	if limit < 1 || limit > 999 || start < 0 || start > len(all) {
		return fail("invalid_limit")
	}
	page := []object{}
	end := min(start+limit, len(all))
	for _, m := range all[start:end] {
		page = append(page, m.json(s.options.Team, c.get("include_all_metadata") != ""))
	}
	next := ""
	if end < len(all) {
		next = strconv.Itoa(end)
	}
	return object{"messages": page, "has_more": next != "", "response_metadata": object{"next_cursor": next}}, nil
}

func (m *Message) json(team string, metadata bool) object {
	o := object{"type": "message", "ts": m.TS, "text": m.Text, "user": m.User, "team": team}
	if m.User == BotUser {
		o["bot_id"], o["app_id"] = Bot, App
	}
	if m.Thread != "" {
		o["thread_ts"] = m.Thread
	}
	if len(m.Blocks) > 0 {
		o["blocks"] = m.Blocks
	}
	if metadata && len(m.Metadata) > 0 {
		o["metadata"] = m.Metadata
	}
	return o
}
