package slackfake

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// Act is something a person does. Delivery names it: the same once more is a
// repeat by Slack; empty: a new one.
type Act struct {
	Delivery, User, Channel string
	// Team is where it is done; empty: in the server's own workspace. Another one
	// shares the app, its connection or its organization.
	Team string
	// Text is what is typed after the command, in Slack's escapes.
	Text string
	// Message is the time of the message whose button is pressed, in Thread if it
	// stands in one. Value is the button's, Overflow says that it is an option of
	// such a menu.
	Message, Thread, Value string
	Overflow               bool
	// OnHome says that the button is on the start page.
	OnHome bool
	// Ephemeral says that only the person sees the message.
	Ephemeral bool
}

// team is where the act is done.
func (s *Server) team(a Act) string { return cmp.Or(a.Team, s.options.Team) }

func (s *Server) user(a Act) object {
	return object{"id": a.User, "username": "someone", "name": "someone", "team_id": s.team(a)}
}

// trigger gives the trigger of a delivery; s.mu is held.
func (s *Server) trigger(delivery string) string {
	if delivery == "" {
		delivery = s.id("act")
	}
	trigger := "123." + s.options.Team + "." + delivery // unlike that of any other workspace
	if _, ok := s.triggers[trigger]; !ok {
		s.triggers[trigger] = time.Now()
	}
	return trigger
}

// Command types /legacyauth and a text.
func (s *Server) Command(a Act) (Delivered, error) {
	s.mu.Lock()
	payload := object{
		"token": "verification", "team_id": s.team(a), "team_domain": "contoso", "channel_id": a.Channel, "channel_name": "general",
		"user_id": a.User, "user_name": "someone", "command": "/legacyauth", "text": a.Text, "api_app_id": App,
		"is_enterprise_install": strconv.FormatBool(s.options.Wide), "response_url": s.hookFor(a.Channel, a.User, nil), "trigger_id": s.trigger(a.Delivery),
	}
	if s.options.Enterprise != "" {
		payload["enterprise_id"], payload["enterprise_name"] = s.options.Enterprise, "Contoso Group"
	}
	s.mu.Unlock()
	d, err := s.deliver("slash_commands", a.envelope(), payload)
	if err != nil {
		return d, err
	}
	var said struct{ Text string }
	if json.Unmarshal(d.Payload, &said) == nil && said.Text != "" {
		s.mu.Lock()
		s.messages = append(s.messages, &Message{Channel: a.Channel, TS: s.stamp(), Text: said.Text, For: a.User, User: BotUser})
		s.touch()
		s.mu.Unlock()
	}
	return d, nil
}

func (a Act) envelope() string {
	if a.Delivery == "" {
		return ""
	}
	return "envelope-" + a.Delivery
}

// Press presses a button.
func (s *Server) Press(a Act) (Delivered, error) {
	action := object{"action_id": "press-0", "block_id": "b1", "type": "button", "value": a.Value, "text": object{"type": "plain_text", "text": "x"}, "action_ts": fmt.Sprint(time.Now().Unix(), ".000000")}
	if a.Overflow {
		action = object{"action_id": "menu", "block_id": "b1", "type": "overflow", "action_ts": fmt.Sprint(time.Now().Unix(), ".000000"), "selected_option": object{"text": object{"type": "plain_text", "text": "x"}, "value": a.Value}}
	}
	payload := s.payload("block_actions", a)
	payload["actions"] = []object{action}
	s.mu.Lock()
	if a.OnHome {
		payload["container"] = object{"type": "view", "view_id": "V1"}
		payload["view"] = object{"id": "V1", "type": "home", "blocks": []object{}}
	} else {
		payload["container"] = object{"type": "message", "message_ts": a.Message, "channel_id": a.Channel, "is_ephemeral": a.Ephemeral}
		payload["channel"] = object{"id": a.Channel, "name": "general"}
		payload["response_url"] = s.hookFor(a.Channel, a.User, s.at(a.Channel, a.Message))
		if a.Thread != "" {
			payload["container"].(object)["thread_ts"] = a.Thread //nolint:forcetypeassert,errcheck // made above
		}
		if !a.Ephemeral {
			payload["message"] = object{"type": "message", "ts": a.Message, "text": "x"}
		}
	}
	s.mu.Unlock()
	return s.deliver("interactive", a.envelope(), payload)
}

func (s *Server) payload(kind string, a Act) object {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := object{
		"type": kind, "team": object{"id": s.team(a), "domain": "contoso"}, "user": s.user(a), "api_app_id": App, "token": "verification",
		"trigger_id": s.trigger(a.Delivery), "is_enterprise_install": s.options.Wide, "enterprise": nil,
	}
	if s.options.Enterprise != "" {
		p["enterprise"] = object{"id": s.options.Enterprise, "name": "Contoso Group"}
	}
	return p
}

// Submit fills in the newest modal that is open with this callback, and gives what
// is wrong beside its fields.
func (s *Server) Submit(a Act, callback string, fields map[string]string) (map[string]string, error) {
	s.mu.Lock()
	var v *View
	for _, other := range s.views {
		if other.Callback == callback && !other.closed {
			v = other
		}
	}
	s.mu.Unlock()
	if v == nil {
		return nil, fmt.Errorf("no form %s is open", callback)
	}
	payload := s.payload("view_submission", a)
	values := object{}
	for _, f := range v.Fields() {
		value := fields[f.Name]
		if f.Choice {
			values[f.Name] = object{f.Action: object{"type": "static_select", "selected_option": object{"value": value}}}
			continue
		}
		values[f.Name] = object{f.Action: object{"type": "plain_text_input", "value": value}}
	}
	payload["view"] = object{
		"id": v.ID, "team_id": s.team(a), "type": "modal", "callback_id": v.Callback, "private_metadata": v.Private, "title": v.Title,
		"blocks": v.Blocks, "state": object{"values": values}, "app_id": App, "bot_id": Bot,
	}
	d, err := s.deliver("interactive", a.envelope(), payload)
	if err != nil {
		return nil, err
	}
	var said struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   json.RawMessage   `json:"view"`
	}
	if len(d.Payload) > 0 {
		if err := json.Unmarshal(d.Payload, &said); err != nil {
			return nil, fmt.Errorf("the answer to a form: %w", err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.touch()
	switch said.Action {
	case "errors":
		for name := range said.Errors {
			if _, ok := values[name]; !ok {
				return nil, fmt.Errorf("an error beside %q, which is no block of the form", name)
			}
		}
		return said.Errors, nil
	case "update", "push":
		next, err := s.view(string(said.View), "modal")
		if err != nil {
			return nil, err
		}
		s.views = append(s.views, next)
	case "", "clear":
	default:
		return nil, fmt.Errorf("response_action %q", said.Action)
	}
	v.closed = true
	return nil, nil
}

// Input is one field of a form.
type Input struct {
	Name, Action, Label string
	Long, Choice        bool
	Values              []string
}

// Fields gives the fields of a modal.
func (v View) Fields() []Input {
	var blocks []struct {
		Type    string `json:"type"`
		BlockID string `json:"block_id"`
		Label   text   `json:"label"`
		Element struct {
			Type      string `json:"type"`
			ActionID  string `json:"action_id"`
			Multiline bool   `json:"multiline"`
			Options   []struct {
				Value string `json:"value"`
			} `json:"options"`
		} `json:"element"`
	}
	if json.Unmarshal(v.Blocks, &blocks) != nil {
		return nil
	}
	var all []Input
	for _, b := range blocks {
		if b.Type != "input" {
			continue
		}
		f := Input{Name: b.BlockID, Action: b.Element.ActionID, Label: b.Label.Text, Long: b.Element.Multiline, Choice: b.Element.Type == "static_select"}
		for _, o := range b.Element.Options {
			f.Values = append(f.Values, o.Value)
		}
		all = append(all, f)
	}
	return all
}

// OpenHome opens the start page.
func (s *Server) OpenHome(a Act) (Delivered, error) {
	s.mu.Lock()
	event := a.Delivery
	if event == "" {
		event = s.id("Ev" + s.options.Team)
	}
	s.mu.Unlock()
	payload := object{
		"token": "verification", "team_id": s.team(a), "api_app_id": App, "type": "event_callback", "event_id": event, "event_time": time.Now().Unix(),
		"event": object{"type": "app_home_opened", "user": a.User, "channel": "D" + a.User, "tab": "home", "event_ts": "1.0"},
	}
	if s.options.Enterprise != "" {
		payload["enterprise_id"] = s.options.Enterprise
	}
	return s.deliver("events_api", a.envelope(), payload)
}

// Reopen opens a copy of a modal with this private metadata that was closed, as if
// the person had the form open twice.
func (s *Server) Reopen(private string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range s.views {
		if v.Private == private && v.closed {
			again := *v
			again.ID, again.closed = s.id("V"), false
			s.views = append(s.views, &again)
			return
		}
	}
}
