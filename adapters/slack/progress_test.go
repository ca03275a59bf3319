package slack_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/slack"
	"legacyauth/adapters/slack/slackfake"
	"legacyauth/playbooks/card"
)

// clock is a time that a test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// slow is work that shows each line that it is given, and ends with the channel.
type slow struct {
	lines chan string
	shown chan struct{}
}

func (w slow) answer() chat.Answer {
	a := says("it begins")
	a.Later = func(ctx context.Context, show func(card.Card)) (chat.Answer, error) {
		for line := range w.lines {
			show(note(line))
			w.shown <- struct{}{}
		}
		return says("the summary"), ctx.Err()
	}
	return a
}

func (w slow) say(line string) {
	w.lines <- line
	<-w.shown
}

// working gives a workspace on whose platform every command is slow work.
func working(t *testing.T) (*slackfake.Server, slow, *clock) {
	t.Helper()
	s, at := slackfake.New(t, slackfake.Options{}), &clock{at: time.Now()}
	w := slow{make(chan string), make(chan struct{})}
	run(t, platform(t, s, func(o *slack.Options) { o.Now = at.now }), func(context.Context, chat.Request) (chat.Answer, error) {
		return w.answer(), nil
	})
	return s, w, at
}

// reading gives the messages that hold a text.
func reading(s *slackfake.Server, text string) []slackfake.Message {
	return slices.DeleteFunc(s.Messages(), func(m slackfake.Message) bool { return !strings.Contains(m.See().Text, text) })
}

// A command in a channel has its progress in the direct message, in one line that
// changes by itself, and where it was typed at each press of a button; both end.
func TestProgress(t *testing.T) {
	t.Parallel()
	s, w, at := working(t)
	if _, err := s.Command(with("scan")); err != nil {
		t.Fatal(err)
	}
	until(t, s, "it begins")
	w.say("1,000 rows")
	line := until(t, s, "1,000 rows")
	at.pass(2 * time.Second)
	w.say("2,000 rows")
	if m := until(t, s, "2,000 rows"); line.Channel != "D0ANNA" || m.TS != line.TS || len(reading(s, "1,000 rows")) > 0 {
		t.Errorf("the line is %+v, and then %+v", line, m)
	}
	told := until(t, s, "in a line that changes by itself")
	if told.Channel != slackfake.General || told.For != slackfake.Anna || len(told.See().Buttons) != 1 {
		t.Fatalf("where the command was typed stands %+v", told)
	}
	press := func() {
		t.Helper()
		if _, err := s.Press(slackfake.Act{User: slackfake.Anna, Channel: told.Channel, Message: told.TS, Value: told.See().Buttons[0], Ephemeral: true}); err != nil {
			t.Fatal(err)
		}
	}
	here := func(text string) {
		t.Helper()
		s.Wait(t, text, func() bool {
			return slices.ContainsFunc(reading(s, text), func(m slackfake.Message) bool { return m.TS == told.TS && m.Edited })
		})
	}
	press()
	here("2,000 rows")
	at.pass(2 * time.Second)
	w.say("3,000 rows")
	press()
	here("3,000 rows")
	close(w.lines)
	m := until(t, s, "the summary")
	if m.Channel != slackfake.General || m.For != slackfake.Anna {
		t.Errorf("the summary is in %s for %q", m.Channel, m.For)
	}
	here("This has ended")
	if left := reading(s, "rows"); len(left) > 0 {
		t.Errorf("the progress still stands: %+v", left)
	}
	press()
	here("please ask again")
}

// A command in the direct message has its progress there, and nothing beside it.
func TestProgressWhereItWasTyped(t *testing.T) {
	t.Parallel()
	s, w, _ := working(t)
	if _, err := s.Command(slackfake.Act{User: slackfake.Anna, Channel: "D0ANNA", Text: "scan"}); err != nil {
		t.Fatal(err)
	}
	w.say("1,000 rows")
	until(t, s, "1,000 rows")
	close(w.lines)
	until(t, s, "the summary")
	if n := len(s.Messages()); n != 2 {
		t.Errorf("%d messages, want the first answer and the summary: %+v", n, s.Messages())
	}
}

// An answer that comes after Slack's half hour is a direct message, which stays.
func TestAnswerAfterHalfAnHour(t *testing.T) {
	t.Parallel()
	s, w, at := working(t)
	if _, err := s.Command(with("scan")); err != nil {
		t.Fatal(err)
	}
	w.say("1,000 rows")
	at.pass(40 * time.Minute)
	close(w.lines)
	m := until(t, s, "the summary")
	if m.Channel != "D0ANNA" || m.For != "" || !strings.Contains(m.See().Text, "You asked for this a while ago") {
		t.Errorf("the summary is in %s for %q: %s", m.Channel, m.For, m.See().Text)
	}
}

// What slow work came to is shown when Slack takes messages again.
func TestAnswerAfterAnOutage(t *testing.T) {
	t.Parallel()
	s, w, at := working(t)
	if _, err := s.Command(with("scan")); err != nil {
		t.Fatal(err)
	}
	until(t, s, "it begins")
	at.pass(40 * time.Minute)
	for range 3 {
		s.Next("chat.postMessage", slackfake.Mishap{Status: 429})
	}
	close(w.lines)
	if m := until(t, s, "the summary"); m.Channel != "D0ANNA" {
		t.Errorf("the summary is in %s", m.Channel)
	}
}

// What the program cannot finish is said as well.
func TestWorkThatIsStopped(t *testing.T) {
	t.Parallel()
	s := slackfake.New(t, slackfake.Options{})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	p := platform(t, s)
	go func() {
		ended <- p.Run(ctx, chat.HandlerFunc(func(context.Context, chat.Request) (chat.Answer, error) {
			a := says("it begins")
			a.Later = func(ctx context.Context, _ func(card.Card)) (chat.Answer, error) {
				<-ctx.Done()
				return chat.Answer{}, ctx.Err()
			}
			return a, nil
		}))
	}()
	if _, err := s.Command(with("scan")); err != nil {
		t.Fatal(err)
	}
	until(t, s, "it begins")
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if m := until(t, s, "I am being stopped"); m.For != slackfake.Anna {
		t.Errorf("it is said to %q", m.For)
	}
}
