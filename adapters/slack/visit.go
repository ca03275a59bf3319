package slack

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"legacyauth/adapters/chat"
)

// visit is one thing that a person did, on its way to the handler.
type visit struct {
	request      chat.Request
	organization string
	// trigger opens a modal within three seconds; empty: none can be opened.
	trigger string
	reply   reply
	// submitted says that a form was filled in: acknowledge is then called with
	// what is wrong with it, or nil.
	submitted   bool
	acknowledge func(payload any)
}

// reply is where answers to a visit go.
type reply struct {
	// URL takes a few answers for half an hour; empty: there is none.
	URL     string `json:"u,omitempty"`
	Channel string `json:"c,omitempty"`
	Thread  string `json:"t,omitempty"`
	// Message is the time of the message whose button was pressed; empty: none.
	Message string `json:"m,omitempty"`
	// Ephemeral says that only the person sees that message.
	Ephemeral bool `json:"e,omitempty"`
	// Home says that the button, or the visit itself, is on the start page.
	Home bool `json:"h,omitempty"`
	// Since is when URL was given, in seconds.
	Since int64 `json:"s,omitempty"`
}

// message is the message that holds the button.
func (r reply) message() chat.Ref {
	if r.Message == "" {
		return ""
	}
	return refTo(r.Channel, r.Message)
}

// commanded is a typed command. Slack repeats one that was not acknowledged with
// the same trigger.
func commanded(c slack.SlashCommand, envelope string, now time.Time) visit {
	return visit{
		request: chat.Request{
			Delivery: first(c.TriggerID, envelope), From: person(c.TeamID, c.UserID, c.UserName),
			In: chat.Place{Platform: Name, Workspace: c.TeamID, Channel: c.ChannelID},
			At: now, Words: split(c.Text),
		},
		organization: c.EnterpriseID, trigger: c.TriggerID,
		reply: reply{URL: c.ResponseURL, Channel: c.ChannelID, Since: now.Unix()},
	}
}

// interacted is a pressed button or a form that was filled in; false: neither, or
// not one of ours.
func interacted(c slack.InteractionCallback, envelope string, now time.Time) (visit, bool) {
	team := c.Team.ID
	if c.User.TeamID != "" && c.User.TeamID != team && (c.Enterprise.ID == "" || team == "") {
		team = c.User.TeamID // somebody of another organization in a shared channel
	}
	v := visit{
		request:      chat.Request{Delivery: first(c.TriggerID, envelope), From: person(team, c.User.ID, c.User.Name), At: now},
		organization: c.Enterprise.ID, trigger: c.TriggerID,
	}
	var ok bool
	switch c.Type {
	case slack.InteractionTypeBlockActions:
		ok = v.pressed(c, now)
	case slack.InteractionTypeViewSubmission:
		ok = v.filled(c)
	}
	v.request.In = chat.Place{Platform: Name, Workspace: team, Channel: v.reply.Channel, Thread: v.reply.Thread}
	if v.reply.Channel == "" {
		v.request.In = v.request.From.Direct()
	}
	return v, ok
}

func (v *visit) pressed(c slack.InteractionCallback, now time.Time) bool {
	if len(c.ActionCallback.BlockActions) == 0 {
		return false
	}
	action := c.ActionCallback.BlockActions[0]
	press, err := chat.ParsePress(first(action.SelectedOption.Value, action.Value))
	if err != nil {
		return false
	}
	v.request.Pressed, v.request.Words = press, press.Words()
	if at, ok := moment(action.ActionTs); ok {
		v.request.At = at
	}
	v.reply = reply{
		URL: c.ResponseURL, Channel: first(c.Channel.ID, c.Container.ChannelID), Message: first(c.Container.MessageTs, c.Message.Timestamp),
		Ephemeral: c.Container.IsEphemeral, Since: now.Unix(), Home: c.View.Type == slack.VTHomeTab || c.Container.Type == "view",
	}
	if thread := first(c.Container.ThreadTs, c.Message.ThreadTimestamp); thread != v.reply.Message {
		v.reply.Thread = thread
	}
	v.request.Message = v.reply.message()
	return true
}

func (v *visit) filled(c slack.InteractionCallback) bool {
	press, err := chat.ParsePress(c.View.CallbackID)
	if err != nil {
		return false
	}
	v.request.Pressed, v.request.Words, v.submitted = press, press.Words(), true
	v.request.Fields = map[string]string{}
	if c.View.State != nil {
		for name, actions := range c.View.State.Values {
			for _, filled := range actions {
				v.request.Fields[name] = first(filled.SelectedOption.Value, filled.Value)
			}
		}
	}
	v.reply = readReply(c.View.PrivateMetadata)
	v.request.Message = v.reply.message()
	return true
}

// opened is a start page that somebody looks at.
func opened(e slackevents.EventsAPIEvent, envelope string, now time.Time) (visit, bool) {
	home, ok := e.InnerEvent.Data.(*slackevents.AppHomeOpenedEvent)
	if !ok || home.Tab != "" && home.Tab != "home" {
		return visit{}, false
	}
	who := person(e.TeamID, home.User, "")
	delivery := envelope
	if callback, ok := e.Data.(*slackevents.EventsAPICallbackEvent); ok {
		delivery = first(callback.EventID, envelope)
	}
	return visit{
		request:      chat.Request{Delivery: delivery, From: who, In: who.Direct(), At: now, Words: []string{"home"}},
		organization: e.EnterpriseID, reply: reply{Home: true},
	}, true
}

func person(team, id, name string) chat.Person {
	return chat.Person{Platform: Name, Workspace: team, ID: id, Name: name}
}

// first is the first text that is not empty.
func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// moment reads one of Slack's times.
func moment(ts string) (time.Time, bool) {
	seconds, err := strconv.ParseFloat(strings.TrimSpace(ts), 64)
	if err != nil || !(seconds > 0) || seconds > math.MaxInt32 {
		return time.Time{}, false
	}
	return time.Unix(int64(seconds), 0), true
}
