package chattest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

func surfaceChecks() []surfaceCheck {
	forms := func(f Receiving) bool { return f.Submit != nil }
	return []surfaceCheck{
		{name: "typed words arrive", run: wordsArrive},
		{name: "hostile words arrive as they are", run: hostileWords},
		{name: "a button arrives", run: buttonArrives},
		{name: "somebody else's button does nothing", run: foreignButton},
		{name: "only the asker sees the answer", run: visible(false)},
		{name: "a public answer is seen by everyone", run: visible(true)},
		{name: "a repeat has the same delivery", run: repeatKnown, fits: func(f Receiving) bool { return f.Repeats }},
		{name: "acknowledged while the handler works", run: acknowledged},
		{name: "slow work shows how far it is", run: slowWork},
		{name: "an error is answered and not told", run: errorAnswered},
		{name: "a form is filled in wrong, then right", run: formFilled, fits: forms},
		{name: "many requests at once", run: manyRequests},
		{name: "the end waits for the handlers", run: endWaits},
	}
}

func says(text string) chat.Answer { return chat.Answer{Card: noteOf(text)} }

func echo(context.Context, chat.Request) (chat.Answer, error) { return says("the answer"), nil }

// request expects one and checks what every request has.
func (d *desk) request() (chat.Request, bool) {
	all := d.handled()
	if len(all) != 1 {
		d.p.errorf("%d requests arrive, want 1", len(all))
		return chat.Request{}, false
	}
	r := all[0]
	if !r.From.Same(d.f.From) {
		d.p.errorf("the request is from %s, want %s", r.From.Who(), d.f.From.Who())
	}
	if r.In != d.f.In {
		d.p.errorf("the request is in %s, want %s", r.In, d.f.In)
	}
	if d.f.Repeats && r.Delivery == "" {
		d.p.errorf("the request has no delivery id")
	}
	if r.At.IsZero() {
		d.p.errorf("the request has no time")
	}
	return r, true
}

func wordsArrive(f Receiving, p *problems) {
	d := open(f, p, echo)
	defer d.close()
	if err := f.Type("d1", "clients", "in-use", "smtp"); err != nil {
		p.errorf("typing: %v", err)
		return
	}
	if !d.untilRead("the answer") {
		return
	}
	if r, ok := d.request(); ok {
		if want := []string{"clients", "in-use", "smtp"}; !slices.Equal(r.Words, want) {
			p.errorf("words %q arrive, want %q", r.Words, want)
		}
		if !r.Pressed.IsZero() || r.Fields != nil {
			p.errorf("typed words arrive as the button %s with the fields %v", r.Pressed, r.Fields)
		}
	}
}

func hostileWords(f Receiving, p *problems) {
	d := open(f, p, func(_ context.Context, r chat.Request) (chat.Answer, error) {
		if len(r.Words) < 2 {
			return says("too few words"), nil
		}
		return chat.Answer{Card: card.Card{Title: []card.Span{card.Text("the answer")}, Blocks: []card.Block{card.Para{Spans: []card.Span{card.Value(r.Words[1])}}}}}, nil
	})
	defer d.close()
	const word = `*bold*_&lt;\"'@everyone`
	if err := f.Type("d1", "explain", word); err != nil {
		p.errorf("typing: %v", err)
		return
	}
	if d.untilRead("the answer") {
		p.reads(f.Replies()[0].Text, word)
		if r, ok := d.request(); ok && (len(r.Words) != 2 || r.Words[1] != word) {
			p.errorf("words %q arrive, want %q", r.Words, word)
		}
	}
}

func buttonArrives(f Receiving, p *problems) {
	d := open(f, p, echo)
	defer d.close()
	press := chat.Press{Verb: "clients", Subject: "in-use page=2: a%b", Revision: 12}
	if err := f.Press("d1", press.String()); err != nil {
		p.errorf("pressing: %v", err)
		return
	}
	if !d.untilRead("the answer") {
		return
	}
	if r, ok := d.request(); ok {
		if r.Pressed != press || !slices.Equal(r.Words, press.Words()) {
			p.errorf("button %s with the words %q arrives, want %s with %q", r.Pressed, r.Words, press, press.Words())
		}
		if r.Message == "" {
			p.errorf("the request does not say which message holds the button")
		}
	}
}

func foreignButton(f Receiving, p *problems) {
	d := open(f, p, echo)
	for i, id := range []string{"no id of ours", "done:k7", "done:k7:-1", "done:k7:01", strings.Repeat("x", chat.MaxPress+1)} {
		// The platform may refuse it; what counts is that nothing comes of it.
		_ = f.Press(fmt.Sprint("f", i), id)
	}
	if err := f.Type("d1", "help"); err != nil {
		p.errorf("typing: %v", err)
	}
	d.untilRead("the answer")
	d.close() // only then has everything arrived
	d.request()
}

func visible(public bool) func(Receiving, *problems) {
	return func(f Receiving, p *problems) {
		d := open(f, p, func(context.Context, chat.Request) (chat.Answer, error) {
			a := says("the answer")
			a.Public = public
			return a, nil
		})
		defer d.close()
		if err := f.Type("d1", "status"); err != nil {
			p.errorf("typing: %v", err)
			return
		}
		if !d.untilRead("the answer") {
			return
		}
		for _, r := range f.Replies() {
			if strings.Contains(r.Text, "the answer") && r.Public != public {
				p.errorf("the answer is public: %v, want %v", r.Public, public)
			}
		}
	}
}

func repeatKnown(f Receiving, p *problems) {
	d := open(f, p, echo)
	defer d.close()
	for _, delivery := range []string{"d1", "d1", "d2"} {
		if err := f.Type(delivery, "scan"); err != nil {
			p.errorf("typing: %v", err)
			return
		}
	}
	if !d.until("three answers", func([]Reply) bool { return len(d.handled()) >= 2 && distinct(d.handled()) >= 2 }) {
		return
	}
	if n := distinct(d.handled()); n != 2 {
		p.errorf("%d different deliveries arrive, want 2", n)
	}
}

// distinct counts the different deliveries; an adapter may drop a repeat itself.
func distinct(all []chat.Request) int {
	ids := map[string]bool{}
	for _, r := range all {
		ids[r.Delivery] = true
	}
	return len(ids)
}

func acknowledged(f Receiving, p *problems) {
	release := make(chan struct{})
	d := open(f, p, func(ctx context.Context, _ chat.Request) (chat.Answer, error) {
		select {
		case <-release:
		case <-ctx.Done():
		}
		return says("the answer"), nil
	})
	defer d.close()
	done := make(chan error, 1)
	go func() { done <- f.Type("d1", "scan") }()
	p.soon("a request is acknowledged while the handler works", done)
	close(release)
	d.untilRead("the answer")
}

func slowWork(f Receiving, p *problems) {
	step := make(chan struct{})
	d := open(f, p, func(context.Context, chat.Request) (chat.Answer, error) {
		a := says("it begins")
		a.Later = func(ctx context.Context, show func(card.Card)) (chat.Answer, error) {
			show(noteOf("half of it"))
			select {
			case <-step:
			case <-ctx.Done():
			}
			return says("all of it"), nil
		}
		return a, nil
	})
	defer d.close()
	if err := f.Type("d1", "scan"); err != nil {
		p.errorf("typing: %v", err)
		return
	}
	d.untilRead("half of it")
	close(step)
	if d.untilRead("all of it") {
		for _, r := range f.Replies() {
			if strings.Contains(r.Text, "half of it") {
				p.errorf("the answer does not replace what was shown before: %+v", f.Replies())
			}
		}
	}
}

func errorAnswered(f Receiving, p *problems) {
	d := open(f, p, func(_ context.Context, r chat.Request) (chat.Answer, error) {
		if slices.Contains(r.Words, "break") {
			return chat.Answer{}, errors.New("canary-error")
		}
		return says("the answer"), nil
	})
	defer d.close()
	if err := f.Type("d1", "break"); err != nil {
		p.errorf("typing: %v", err)
	}
	if !d.until("an answer to a request that fails", func(r []Reply) bool { return len(r) == 1 && r[0].Text != "" }) {
		return
	}
	if text := f.Replies()[0].Text; strings.Contains(text, "canary-error") {
		p.errorf("the person reads the error: %q", text)
	}
	if err := f.Type("d2", "go", "on"); err != nil {
		p.errorf("typing after an error: %v", err)
	}
	d.untilRead("the answer")
}

func formFilled(f Receiving, p *problems) {
	form := chat.Form{
		ID: chat.Press{Verb: "except", Subject: "k7", Revision: 3}, Title: "Make an exception",
		Fields: []chat.Field{{Name: "until", Label: "Until"}, {Name: "reason", Label: "Reason", Long: true}},
	}
	d := open(f, p, func(_ context.Context, r chat.Request) (chat.Answer, error) {
		switch {
		case r.Fields == nil:
			return chat.Answer{Form: &form, Card: noteOf("type it instead")}, nil
		case r.Pressed != form.ID:
			return says("another form"), nil
		case r.Fields["until"] != "2026-12-24":
			return chat.Answer{Wrong: map[string]string{"until": "a date, such as 2026-12-24"}}, nil
		}
		return says("excepted for " + r.Fields["reason"]), nil
	})
	defer d.close()
	if err := f.Type("d1", "except", "k7"); err != nil {
		p.errorf("typing: %v", err)
		return
	}
	if !d.until("a form", func([]Reply) bool { return len(f.Forms()) > 0 }) {
		return
	}
	if got := f.Forms()[0]; got.ID != form.ID || got.Title != form.Title || len(got.Fields) != 2 || got.Fields[0].Name != "until" || got.Fields[0].Label != "Until" {
		p.errorf("the form is %+v, want %+v", got, form)
	}
	wrong, err := f.Submit("d2", form.ID, map[string]string{"until": "soon", "reason": "a printer"})
	if err != nil || wrong["until"] != "a date, such as 2026-12-24" {
		p.errorf("a wrong field is answered with %v, %v", wrong, err)
	}
	wrong, err = f.Submit("d3", form.ID, map[string]string{"until": "2026-12-24", "reason": "a printer"})
	if err != nil || len(wrong) > 0 {
		p.errorf("right fields are answered with %v, %v", wrong, err)
	}
	d.untilRead("excepted for a printer")
}

func manyRequests(f Receiving, p *problems) {
	const n = 50
	d := open(f, p, func(_ context.Context, r chat.Request) (chat.Answer, error) {
		return says("answer to " + strings.Join(r.Words, " ") + "."), nil
	})
	defer d.close()
	errs := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { errs[i] = f.Type(fmt.Sprint("d", i), "number", fmt.Sprint(i)) })
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		p.errorf("typing: %v", err)
		return
	}
	for i := range n {
		if !d.untilRead(fmt.Sprintf("answer to number %d.", i)) {
			return
		}
	}
}

func endWaits(f Receiving, p *problems) {
	began := make(chan error, 1)
	var finished atomic.Bool
	d := open(f, p, func(ctx context.Context, _ chat.Request) (chat.Answer, error) {
		began <- nil
		<-ctx.Done()
		<-time.After(50 * time.Millisecond) // time for a Run that does not wait to end
		finished.Store(true)
		return says("the answer"), nil
	})
	typed := make(chan error, 1)
	go func() { typed <- f.Type("d1", "scan") }()
	p.soon("the handler is called", began)
	d.close()
	if !finished.Load() {
		p.errorf("Run ends before its handlers")
	}
	p.soon("typing ends", typed)
}
