package chattest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// counter is a Surface without a platform: a person at a counter and a clerk.
// The fields say what it does wrong.
type counter struct {
	loseWords, loseMessage, loseDelivery, loseTime bool
	anyButton, alwaysPublic, neverPublic           bool
	blocking, appends, tellsErrors, silentErrors   bool
	dropsForms, hidesWrong, hurries, stray         bool

	mu      sync.Mutex
	inbox   chan visit
	replies []Reply
	forms   []chat.Form
	changed chan struct{}
	work    sync.WaitGroup
}

// visit is a request on its way; answered is closed with what is wrong in it.
type visit struct {
	request  chat.Request
	answered chan map[string]string
}

var (
	anna  = chat.Person{Platform: "counter", Workspace: "w", ID: "u1", Name: "Anna"}
	desk1 = chat.Place{Platform: "counter", Workspace: "w", Channel: "one"}
)

func (c *counter) Run(ctx context.Context, h chat.Handler) error {
	for {
		select {
		case v := <-c.inbox:
			c.work.Add(1)
			go c.answer(ctx, h, v)
		case <-ctx.Done():
			if !c.hurries {
				c.work.Wait()
			}
			if c.stray {
				return errors.New("the door is stuck")
			}
			return nil
		}
	}
}

func (c *counter) answer(ctx context.Context, h chat.Handler, v visit) {
	defer c.work.Done()
	at := -1
	a, err := h.Handle(ctx, v.request)
	for err == nil && a.Later != nil {
		c.show(&at, a)
		a, err = a.Later(ctx, func(half card.Card) { c.show(&at, chat.Answer{Card: half}) })
	}
	if err != nil {
		text := "Something broke here."
		if c.tellsErrors {
			text = err.Error()
		}
		a = chat.Answer{Card: card.Card{Title: []card.Span{card.Text(text)}}}
		if c.silentErrors {
			v.answered <- nil
			return
		}
	}
	if c.hidesWrong {
		v.answered <- nil
		return
	}
	v.answered <- a.Wrong
	if a.Wrong != nil {
		return
	}
	if a.Form != nil {
		c.touch(func() {
			if !c.dropsForms {
				c.forms = append(c.forms, *a.Form)
			}
		})
		return
	}
	c.show(&at, a)
}

func (c *counter) show(at *int, a chat.Answer) {
	c.touch(func() {
		r := Reply{Text: chat.Plain(a.Card), Public: (a.Public || c.alwaysPublic) && !c.neverPublic}
		if *at < 0 || c.appends {
			*at = len(c.replies)
			c.replies = append(c.replies, r)
			return
		}
		c.replies[*at] = r
	})
}

func (c *counter) touch(do func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	do()
	close(c.changed)
	c.changed = make(chan struct{})
}

func (c *counter) deliver(r chat.Request) (visit, error) {
	r.From, r.In, r.At = anna, desk1, time.Unix(1, 0)
	if c.loseWords && len(r.Words) > 1 {
		r.Words = r.Words[:1]
	}
	if c.loseMessage {
		r.Message = ""
	}
	if c.loseDelivery {
		r.Delivery = ""
	}
	if c.loseTime {
		r.At = time.Time{}
	}
	v := visit{r, make(chan map[string]string, 1)}
	select {
	case c.inbox <- v:
		return v, nil
	case <-time.After(100 * time.Millisecond):
		return v, errors.New("nobody comes to the counter")
	}
}

func (c *counter) fixture() Receiving {
	c.inbox, c.changed = make(chan visit), make(chan struct{})
	return Receiving{
		Surface: c, From: anna, In: desk1, Repeats: true,
		Type: func(delivery string, words ...string) error {
			v, err := c.deliver(chat.Request{Delivery: delivery, Words: words})
			if c.blocking && err == nil {
				<-v.answered
			}
			return err
		},
		Press: func(delivery, button string) error {
			press, err := chat.ParsePress(button)
			if err != nil && !c.anyButton {
				return err
			}
			_, err = c.deliver(chat.Request{Delivery: delivery, Pressed: press, Words: press.Words(), Message: "m1"})
			return err
		},
		Submit: func(delivery string, form chat.Press, fields map[string]string) (map[string]string, error) {
			v, err := c.deliver(chat.Request{Delivery: delivery, Pressed: form, Words: form.Words(), Fields: fields})
			if err != nil {
				return nil, err
			}
			return <-v.answered, nil
		},
		Forms: func() []chat.Form {
			c.mu.Lock()
			defer c.mu.Unlock()
			return slices.Clone(c.forms)
		},
		Replies: func() []Reply {
			c.mu.Lock()
			defer c.mu.Unlock()
			return slices.Clone(c.replies)
		},
		Changed: func() <-chan struct{} {
			c.mu.Lock()
			defer c.mu.Unlock()
			return c.changed
		},
	}
}

func TestCounterPasses(t *testing.T) {
	t.Parallel()
	Surfaces(t, func(testing.TB) Receiving { return new(counter).fixture() })
}

func TestEveryFlawOfASurfaceIsFound(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		check string
		flaw  *counter
	}{
		"words lost":         {"typed words arrive", &counter{loseWords: true}},
		"delivery lost":      {"typed words arrive", &counter{loseDelivery: true}},
		"time lost":          {"typed words arrive", &counter{loseTime: true}},
		"hostile words lost": {"hostile words arrive as they are", &counter{loseWords: true}},
		"message lost":       {"a button arrives", &counter{loseMessage: true}},
		"any button":         {"somebody else's button does nothing", &counter{anyButton: true}},
		"shouts":             {"only the asker sees the answer", &counter{alwaysPublic: true}},
		"whispers":           {"a public answer is seen by everyone", &counter{neverPublic: true}},
		"work in the way":    {"acknowledged while the handler works", &counter{blocking: true}},
		"progress stays":     {"slow work shows how far it is", &counter{appends: true}},
		"error told":         {"an error is answered and not told", &counter{tellsErrors: true}},
		"wrong field hidden": {"a form is filled in wrong, then right", &counter{hidesWrong: true}},
		"form not shown":     {"a form is filled in wrong, then right", &counter{dropsForms: true}},
		"error unanswered":   {"an error is answered and not told", &counter{silentErrors: true}},
		"leaves at once":     {"the end waits for the handlers", &counter{hurries: true}},
		"ends in error":      {"typed words arrive", &counter{stray: true}},
	}
	named := map[string]surfaceCheck{}
	for _, c := range surfaceChecks() {
		named[c.name] = c
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, ok := named[tt.check]
			if !ok {
				t.Fatalf("there is no check %q", tt.check)
			}
			if found := c.problems(t, tt.flaw.fixture(), time.Second); len(found) == 0 {
				t.Errorf("%q finds nothing wrong", tt.check)
			}
		})
	}
}
