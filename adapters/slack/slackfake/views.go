package slackfake

import (
	"encoding/json"
	"time"
)

// View is a modal or a start page.
type View struct {
	ID, User string
	Type     string          `json:"type"`
	Title    text            `json:"title"`
	Callback string          `json:"callback_id"`
	Private  string          `json:"private_metadata"`
	Blocks   json.RawMessage `json:"blocks"`
	Raw      json.RawMessage `json:"-"`
	closed   bool
}

type text struct {
	Type string `json:"type"`
	Text string `json:"text"`
}

// triggerLife is for how long a modal can be opened.
const triggerLife = 3 * time.Second

// Views gives the modals that were opened, oldest first, closed ones too.
func (s *Server) Views() []View {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []View
	for _, v := range s.views {
		all = append(all, *v)
	}
	return all
}

// Home gives a person's start page; false: there is none.
func (s *Server) Home(user string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.homes[user]
	if !ok {
		return View{}, false
	}
	return *v, true
}

func viewsOpen(s *Server, c call) (object, error) {
	given, ok := s.triggers[c.get("trigger_id")]
	switch {
	case !ok:
		return fail("invalid_trigger_id")
	case given.IsZero():
		return fail("exchanged_trigger_id")
	case time.Since(given) > triggerLife:
		return fail("expired_trigger_id")
	}
	v, err := s.view(c.get("view"), "modal")
	if err != nil {
		return nil, err
	}
	s.triggers[c.get("trigger_id")] = time.Time{}
	s.views = append(s.views, v)
	return object{"view": object{"id": v.ID, "type": v.Type, "callback_id": v.Callback, "private_metadata": v.Private}}, nil
}

func viewsUpdate(s *Server, c call) (object, error) {
	for _, v := range s.views {
		if v.ID == c.get("view_id") && !v.closed {
			next, err := s.view(c.get("view"), "modal")
			if err != nil {
				return nil, err
			}
			next.ID, next.User = v.ID, v.User
			*v = *next
			return object{"view": object{"id": v.ID, "type": v.Type}}, nil
		}
	}
	return fail("not_found")
}

func viewsPublish(s *Server, c call) (object, error) {
	if s.people[c.get("user_id")] == nil {
		return fail("user_not_found")
	}
	v, err := s.view(c.get("view"), "home")
	if err != nil {
		return nil, err
	}
	v.User = c.get("user_id")
	s.homes[v.User] = v
	return object{"view": object{"id": v.ID, "type": v.Type}}, nil
}

// view checks a view; s.mu is held.
func (s *Server) view(raw, kind string) (*View, error) {
	v := &View{ID: s.id("V"), Raw: json.RawMessage(raw)}
	if json.Unmarshal(v.Raw, v) != nil || v.Type != kind {
		return nil, failure{"invalid_arguments", []string{"[ERROR] view is not a " + kind}}
	}
	switch {
	case kind == "modal" && (v.Title.Text == "" || len([]rune(v.Title.Text)) > 24):
		return nil, failure{"invalid_arguments", []string{"[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"}}
	case len(v.Private) > 3000:
		return nil, failure{"invalid_arguments", []string{"[ERROR] private_metadata is longer than 3000"}}
	case len(v.Callback) > 255:
		return nil, failure{"invalid_arguments", []string{"[ERROR] callback_id is longer than 255"}}
	}
	if err := checkBlocks(v.Blocks, 100, false); err != nil {
		return nil, err
	}
	return v, nil
}
