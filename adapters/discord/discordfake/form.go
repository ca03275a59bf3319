package discordfake

import (
	"fmt"
	"maps"
	"slices"

	"legacyauth/adapters/chat"
)

// Form reads a form as it was shown.
func Form(modal map[string]any) chat.Form {
	var f chat.Form
	f.Title, _ = modal["title"].(string)
	id, _ := modal["custom_id"].(string)
	f.ID, _ = chat.ParsePress(id)
	all, _ := modal["components"].([]any)
	for _, one := range all {
		c, _ := one.(map[string]any)
		switch number(c["type"]) {
		case 10:
			f.Intro = fmt.Sprint(c["content"])
		case 18:
			f.Fields = append(f.Fields, field(c))
		}
	}
	return f
}

func field(label map[string]any) chat.Field {
	str := func(m map[string]any, name string) string { v, _ := m[name].(string); return v }
	inner, _ := label["component"].(map[string]any)
	required, _ := inner["required"].(bool)
	f := chat.Field{
		Name: str(inner, "custom_id"), Label: str(label, "label"), Hint: str(label, "description"), Value: str(inner, "value"),
		Long: number(inner["style"]) == 2, Optional: !required,
	}
	options, _ := inner["options"].([]any)
	for _, one := range options {
		o, _ := one.(map[string]any)
		f.Choices = append(f.Choices, chat.Choice{Label: str(o, "label"), Value: str(o, "value")})
		if chosen, _ := o["default"].(bool); chosen {
			f.Value = str(o, "value")
		}
	}
	return f
}

// Filled is the data of a form that was filled in.
func Filled(id string, fields map[string]string) map[string]any {
	var all []any
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		all = append(all, map[string]any{"type": 18, "id": 1, "component": map[string]any{"type": 4, "id": 2, "custom_id": name, "value": fields[name]}})
	}
	return map[string]any{"custom_id": id, "components": all}
}

// Answers gives the messages that an interaction has by now.
func (s *Server) Answers(i *Interaction) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Message
	for _, m := range append([]*Message{i.own}, i.more...) {
		if m != nil {
			all = append(all, *m)
		}
	}
	return all
}

// Clear forgets the messages of a channel, what was done there, and every request,
// so that what the fake keeps does not look like the program's.
func (s *Server) Clear(channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = nil
	s.messages = slices.DeleteFunc(s.messages, func(m *Message) bool { return m.Channel == channel })
	maps.DeleteFunc(s.pending, func(_ string, i *Interaction) bool { return i.channel == channel })
}

// Say puts a message of the bot's own into a channel, for somebody to press its
// buttons.
func (s *Server) Say(channel string) *Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := &Message{
		ID: s.id(), Channel: channel, Author: Self, Flags: 1 << 15, At: s.now(),
		Components: numbered([]any{map[string]any{"type": 17.0, "components": []any{map[string]any{"type": 10.0, "content": "a message with buttons"}}}}),
	}
	s.messages = append(s.messages, m)
	copied := *m
	return &copied
}

// Person is whose direct messages a channel holds; empty: it is none.
func (s *Server) Person(channel string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channels[channel]; c != nil {
		return c.person
	}
	return ""
}
