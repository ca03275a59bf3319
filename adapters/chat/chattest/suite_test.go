package chattest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// flawed is a sender with one thing wrong.
type flawed struct {
	*Client
	before func(m *chat.Message)
	after  func(m chat.Message, ref chat.Ref, err error) (chat.Ref, error)
	ctx    func(context.Context) context.Context
	find   func(ref chat.Ref, found bool) (chat.Ref, bool)
	update func(at chat.Ref, m chat.Message) (chat.Ref, chat.Message, error)
}

func (s flawed) Send(ctx context.Context, m chat.Message) (chat.Ref, error) {
	if s.before != nil {
		s.before(&m)
	}
	if s.ctx != nil {
		ctx = s.ctx(ctx)
	}
	ref, err := s.Client.Send(ctx, m)
	if s.after != nil {
		return s.after(m, ref, err)
	}
	return ref, err
}

func (s flawed) Find(ctx context.Context, m chat.Message) (chat.Ref, bool, error) {
	ref, found, err := s.Client.Find(ctx, m)
	if s.find != nil {
		ref, found = s.find(ref, found)
	}
	return ref, found, err
}

func (s flawed) Update(ctx context.Context, at chat.Ref, m chat.Message) error {
	if s.update != nil {
		var err error
		if at, m, err = s.update(at, m); err != nil {
			return err
		}
	}
	return s.Client.Update(ctx, at, m)
}

// TestEveryFlawIsFound is the proof that the suite can fail.
func TestEveryFlawIsFound(t *testing.T) {
	t.Parallel()
	onError := func(change func(err error) error) flawed {
		return flawed{after: func(_ chat.Message, ref chat.Ref, err error) (chat.Ref, error) {
			if err != nil {
				err = change(err)
			}
			return ref, err
		}}
	}
	sent := 0
	tests := map[string]struct {
		check string
		flaw  flawed
		shown func(Shown) Shown
	}{
		"no ref":            {check: "a message arrives", flaw: flawed{after: func(_ chat.Message, _ chat.Ref, err error) (chat.Ref, error) { return "", err }}},
		"another ref":       {check: "a message arrives", flaw: flawed{after: func(_ chat.Message, _ chat.Ref, err error) (chat.Ref, error) { return "x", err }}},
		"elsewhere":         {check: "a message arrives", flaw: flawed{before: func(m *chat.Message) { m.To.Channel = "other" }}},
		"forgets":           {check: "a message arrives", shown: func(s Shown) Shown { s.Text = ""; return s }},
		"card changed":      {check: "every kind of block arrives", flaw: flawed{before: func(m *chat.Message) { m.Card.Blocks[0] = m.Card.Blocks[1] }}},
		"block lost":        {check: "every kind of block arrives", flaw: flawed{before: func(m *chat.Message) { m.Card.Blocks = m.Card.Blocks[2:] }}},
		"link lost":         {check: "every kind of block arrives", shown: func(s Shown) Shown { s.Text = strings.ReplaceAll(s.Text, "https://", ""); return s }},
		"menu lost":         {check: "menus keep their ids", flaw: flawed{before: func(m *chat.Message) { m.Card.Blocks = m.Card.Blocks[2:] }}},
		"button lost":       {check: "buttons keep their ids", flaw: flawed{before: func(m *chat.Message) { m.Card.Actions = m.Card.Actions[1:] }}},
		"thread forgotten":  {check: "a thread is answered", flaw: flawed{before: func(m *chat.Message) { m.To.Thread = "" }}},
		"file forgotten":    {check: "a file is sent or named", flaw: flawed{before: func(m *chat.Message) { m.Files = nil }}},
		"bad key retried":   {check: "what cannot be sent is final", flaw: onError(func(err error) error { return &chat.RetryError{Err: err} })},
		"rate without time": {check: "the pace makes sense", flaw: flawed{Client: &Client{pace: chat.Pace{All: chat.Rate{Count: 1}}}}},
		"never found":       {check: "a key is found", flaw: flawed{find: func(chat.Ref, bool) (chat.Ref, bool) { return "", false }}},
		"always found":      {check: "a key is found", flaw: flawed{find: func(chat.Ref, bool) (chat.Ref, bool) { return "1", true }}},
		"not found later":   {check: "a key is found among a hundred", flaw: flawed{find: func(chat.Ref, bool) (chat.Ref, bool) { return "", false }}},
		"loss not found":    {check: "a key is found after a lost answer", flaw: flawed{find: func(chat.Ref, bool) (chat.Ref, bool) { return "", false }}},
		"loss is certain":   {check: "a key is found after a lost answer", flaw: onError(func(err error) error { return &chat.RetryError{Err: err} })},
		"key forgotten":     {check: "a key sent again is shown once", flaw: flawed{before: func(m *chat.Message) { sent++; m.Key = fmt.Sprint(m.Key, sent) }}},
		"changes another":   {check: "a message is changed in its place", flaw: flawed{update: func(_ chat.Ref, m chat.Message) (chat.Ref, chat.Message, error) { return "2", m, nil }}},
		"changes nothing": {check: "a message is changed in its place", flaw: flawed{update: func(at chat.Ref, m chat.Message) (chat.Ref, chat.Message, error) {
			m.Card = card.Card{}
			return at, m, nil
		}}},
		"change only once": {check: "a change may be repeated", flaw: flawed{update: func(at chat.Ref, m chat.Message) (chat.Ref, chat.Message, error) {
			m.Card = card.Card{}
			return at, m, nil
		}}},
		"gone as no place": {check: "a message that is gone is said", flaw: flawed{update: func(at chat.Ref, m chat.Message) (chat.Ref, chat.Message, error) { return at, m, chat.ErrNoPlace }}},
		"deaf to cancel":   {check: "nothing is sent once canceled", flaw: flawed{ctx: context.WithoutCancel}},
		"cancel is final":  {check: "nothing is sent once canceled", flaw: onError(func(error) error { return context.Canceled })},
		"cancel unsaid":    {check: "an attempt under way can be canceled", flaw: onError(func(error) error { return &chat.RetryError{Maybe: true, Err: errors.New("broken")} })},
		"deadline certain": {check: "an attempt keeps to its deadline", flaw: onError(func(err error) error { return &chat.RetryError{Err: err} })},
		"a link to follow": {check: "hostile text stays text: bare address", shown: func(s Shown) Shown { s.Links = []string{"https://evil.example"}; return s }},
		"a mention":        {check: "hostile text stays text: Discord everyone", shown: func(s Shown) Shown { s.Mentions = []string{"everyone"}; return s }},
		"text eaten":       {check: "hostile text stays text: Discord markup", shown: func(s Shown) Shown { s.Text = strings.ReplaceAll(s.Text, "**", ""); return s }},
		"escape sequence":  {check: "text that was not cleaned shows no controls", shown: func(s Shown) Shown { s.Text += "\x1b[2J"; return s }},
		"direction":        {check: "text that was not cleaned shows no controls", shown: func(s Shown) Shown { s.Notice += "\u202e"; return s }},
		"cut unsaid":       {check: "a card of any size fits: everything at once", shown: func(s Shown) Shown { s.Text = notice.ReplaceAllString(s.Text, ""); return s }},
		"cut for nothing":  {check: "a card of any size fits: 10 blocks", shown: func(s Shown) Shown { s.Text += chat.CutNotice(2); return s }},
		"half a program":   {check: "a card of any size fits: a program of 5000 characters", shown: func(s Shown) Shown { s.Text += mark(2) + "zzz"; return s }},
		"size refused":     {check: "a card of any size fits: 26 buttons", flaw: flawed{after: func(chat.Message, chat.Ref, error) (chat.Ref, error) { return "", errors.New("too large") }}},
		"other buttons":    {check: "a card of any size fits: 26 buttons", shown: func(s Shown) Shown { s.Buttons = []string{"other::0"}; return s }},
		"429 is final":     {check: "the platform answers 429", flaw: onError(func(error) error { return errors.New("too many") })},
		"429 for no time":  {check: "the platform answers 429 with Retry-After", flaw: onError(func(err error) error { return &chat.RetryError{Err: err} })},
		"500 is certain":   {check: "the platform answers 500", flaw: onError(func(err error) error { return &chat.RetryError{Err: err} })},
		"400 again":        {check: "the platform answers 400", flaw: onError(func(err error) error { return &chat.RetryError{Err: err} })},
		"404 unexplained":  {check: "the platform answers 404", flaw: onError(func(error) error { return errors.New("not found") })},
		"secret told":      {check: "the platform answers 403", flaw: onError(func(err error) error { return fmt.Errorf("%s: %w", Secret, err) })},
		"failure hidden":   {check: "the platform answers 502", flaw: flawed{after: func(chat.Message, chat.Ref, error) (chat.Ref, error) { return "1", nil }}},
		"tries by itself":  {check: "the platform answers 500 but recorded", flaw: flawed{before: nil}},
		"down is Maybe":    {check: "a platform that is down is tried again", flaw: onError(func(err error) error { return &chat.RetryError{Maybe: true, Err: err} })},
		"order lost":       {check: "messages keep their order", flaw: flawed{after: func(m chat.Message, _ chat.Ref, err error) (chat.Ref, error) { return chat.Ref(m.Key), err }}},
		"one is lost":      {check: "many senders at once", shown: func(s Shown) Shown { s.Text = strings.ReplaceAll(s.Text, "from 3", "from 2"); return s }},
	}
	named := map[string]check{}
	for _, c := range checks() {
		named[c.name] = c
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, ok := named[tt.check]
			if !ok {
				t.Fatalf("there is no check %q", tt.check)
			}
			f := fixtureWith(t, tt.flaw, name == "tries by itself", tt.shown)
			if found := c.problems(t, f, usualPatience); len(found) == 0 {
				t.Errorf("%q finds nothing wrong", tt.check)
			}
		})
	}
}

// fixtureWith gives a channel behind a flawed sender.
func fixtureWith(t testing.TB, flaw flawed, twice bool, change func(Shown) Shown) Fixture {
	c := NewChannel(t)
	pace := chat.Pace{}
	if flaw.Client != nil {
		pace = flaw.pace
	}
	flaw.Client = c.Sender().Only("channel")
	flaw.SetPace(pace)
	if twice {
		flaw.after = func(m chat.Message, ref chat.Ref, err error) (chat.Ref, error) {
			if err != nil {
				return flaw.Client.Send(t.Context(), m)
			}
			return ref, err
		}
	}
	return Fixture{
		Sender: flaw, Again: func() chat.Sender { return flaw },
		To:     chat.Place{Platform: "channel", Workspace: "w", Channel: "general"},
		Other:  chat.Place{Platform: "channel", Workspace: "w", Channel: "random"},
		Thread: chat.Place{Platform: "channel", Workspace: "w", Channel: "general", Thread: "7"},
		Shown: func() []Shown {
			var all []Shown
			for _, r := range c.Messages() {
				place, err := chat.ParsePlace(r.Place)
				if err != nil {
					t.Fatal(err)
				}
				s := Shown{Ref: chat.Ref(r.Ref), Place: place, Text: r.Text, Buttons: r.Actions}
				if change != nil {
					s = change(s)
				}
				all = append(all, s)
			}
			return all
		},
		Idempotent: true, Gone: "99", Buttons: true,
		Next: func(b Behavior) { c.Next(b) }, Down: c.Down, Arrived: func() { c.WaitFor(t, 1) }, Secret: Secret,
	}
}
