package slack_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/slack/slackfake"
)

// The address for answers takes five; what comes after finds another way.
func TestMoreAnswersThanTheAddressTakes(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{})
	form := chat.Form{ID: chat.Press{Verb: "ask"}, Title: "Ask", Fields: []chat.Field{{Name: "what", Label: "What", Optional: true}}}
	var n atomic.Int32
	run(t, platform(t, s), func(_ context.Context, r chat.Request) (chat.Answer, error) {
		if r.Fields == nil {
			return chat.Answer{Form: &form}, nil
		}
		return says(fmt.Sprint("answer ", n.Add(1), ".")), nil
	})
	if _, err := s.Command(with("ask")); err != nil {
		t.Fatal(err)
	}
	s.Wait(t, "the form", func() bool { return len(s.Views()) == 1 })
	private := s.Views()[0].Private
	for i := range 7 {
		s.Reopen(private)
		if _, err := s.Submit(anna, form.ID.String(), nil); err != nil {
			t.Fatal(err)
		}
		m := until(t, s, fmt.Sprint("answer ", i+1, "."))
		if m.For != slackfake.Anna || m.Channel != slackfake.General {
			t.Errorf("answer %d is in %s for %q", i+1, m.Channel, m.For)
		}
	}
}

func TestExpiredTriggerShowsTheCard(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{})
	form := chat.Form{ID: chat.Press{Verb: "ask"}, Title: "Ask", Fields: []chat.Field{{Name: "what", Label: "What"}}}
	run(t, platform(t, s), func(context.Context, chat.Request) (chat.Answer, error) {
		return chat.Answer{Form: &form, Card: note("type it instead")}, nil
	})
	s.Next("views.open", slackfake.Mishap{Error: "expired_trigger_id"})
	if _, err := s.Command(with("ask")); err != nil {
		t.Fatal(err)
	}
	until(t, s, "type it instead")
}

// A form that is looked at for too long closes, and what is wrong is said after.
func TestFormThatTakesLong(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{})
	form := chat.Form{ID: chat.Press{Verb: "ask"}, Title: "Ask", Fields: []chat.Field{{Name: "until", Label: "Until"}}}
	closed := make(chan struct{})
	run(t, platform(t, s), func(_ context.Context, r chat.Request) (chat.Answer, error) {
		if r.Fields == nil {
			return chat.Answer{Form: &form}, nil
		}
		<-closed
		return chat.Answer{Wrong: map[string]string{"until": "a date"}}, nil
	})
	if _, err := s.Command(with("ask")); err != nil {
		t.Fatal(err)
	}
	s.Wait(t, "the form", func() bool { return len(s.Views()) == 1 })
	wrong, err := s.Submit(anna, form.ID.String(), map[string]string{"until": "soon"})
	if err != nil || wrong != nil {
		t.Errorf("the form is acknowledged with %v, %v", wrong, err)
	}
	close(closed)
	until(t, s, "until: a date.")
}
