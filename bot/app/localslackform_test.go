package app

import (
	"strings"
	"time"

	"github.com/gorilla/websocket"

	"legacyauth/adapters/slack/slackfake"
)

// form fills in the form that is open, wrong and then right, as the page does.
func (s *localSlack) form() {
	s.t.Helper()
	ws, answer, err := websocket.DefaultDialer.DialContext(s.t.Context(), "ws"+strings.TrimPrefix(s.base, "http")+"/ui", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	_ = answer.Body.Close()
	defer func() { _ = ws.Close() }()
	type event struct {
		T     string `json:"t"`
		State struct {
			Stack []view `json:"modalStack"`
		} `json:"state"`
		Stack  []view            `json:"stack"`
		Errors map[string]string `json:"errors"`
	}
	_ = ws.SetReadDeadline(time.Now().Add(20 * time.Second))
	next := func(what string, fine func(event) bool) event {
		s.t.Helper()
		for {
			var e event
			if err := ws.ReadJSON(&e); err != nil {
				s.t.Fatalf("waiting for %s: %v", what, err)
			}
			if fine(e) {
				return e
			}
		}
	}
	opened := next("a form", func(e event) bool { return len(e.Stack) > 0 || len(e.State.Stack) > 0 })
	form := append(opened.Stack, opened.State.Stack...)[0]
	submit := func(days string) {
		values := map[string]any{}
		for _, b := range form.Blocks {
			value := map[string]any{"type": b.Element.Type, "value": days}
			if b.BlockID != "days" {
				value["value"] = "a printer"
			}
			if b.Type == "input" {
				values[b.BlockID] = map[string]any{b.Element.ActionID: value}
			}
		}
		if err := ws.WriteJSON(map[string]any{"t": "view_submit", "user": slackfake.Anna, "values": values}); err != nil {
			s.t.Fatal(err)
		}
	}
	submit("soon")
	if wrong := next("a wrong field", func(e event) bool { return e.T == "view_errors" && len(e.Errors) > 0 }); len(wrong.Errors) == 0 {
		s.t.Error("nothing is wrong with the form")
	}
	submit("14")
	next("the form to close", func(e event) bool { return e.T == "view" && len(e.Stack) == 0 })
}

// view is a modal of local-slack.
type view struct {
	Blocks []struct {
		Type    string `json:"type"`
		BlockID string `json:"block_id"`
		Element struct {
			Type     string `json:"type"`
			ActionID string `json:"action_id"`
		} `json:"element"`
	} `json:"blocks"`
}
