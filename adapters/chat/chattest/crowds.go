package chattest

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"legacyauth/adapters/chat"
)

func crowds() []check {
	return []check{
		{name: "messages keep their order", run: inOrder},
		{name: "many senders at once", run: atOnce},
	}
}

func inOrder(f Fixture, p *problems) {
	var want []chat.Ref
	for i := range 20 {
		ref, ok := p.send(f.Sender, message(fmt.Sprint("order-", i), f.To, noteOf(fmt.Sprint("number ", i, "."))))
		if !ok {
			return
		}
		want = append(want, ref)
	}
	var got []chat.Ref
	for i, shown := range f.Shown() {
		got = append(got, shown.Ref)
		p.reads(shown.Text, fmt.Sprint("number ", i, "."))
	}
	if !slices.Equal(got, want) {
		p.errorf("shown are %q, want %q", got, want)
	}
}

func atOnce(f Fixture, p *problems) {
	const senders, each = 8, 5
	other := f.Again()
	errs := make(chan error, senders*each)
	ctx, cancel := p.context()
	defer cancel()
	var wg sync.WaitGroup
	for i := range senders {
		sender := f.Sender
		if i%2 == 1 {
			sender = other
		}
		wg.Go(func() {
			for j := range each {
				_, err := sender.Send(ctx, message(fmt.Sprintf("crowd-%d-%d", i, j), f.To, noteOf(fmt.Sprintf("from %d number %d.", i, j))))
				errs <- err
			}
		})
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			p.errorf("Send: %v", err)
		}
	}
	shown := f.Shown()
	if len(shown) != senders*each {
		p.errorf("%d messages are shown, want %d", len(shown), senders*each)
	}
	for i := range senders {
		for j := range each {
			text := fmt.Sprintf("Title of from %d number %d.", i, j)
			n := 0
			for _, s := range shown {
				if strings.Contains(squeezed(s.Text), text) {
					n++
				}
			}
			if n != 1 {
				p.errorf("%q is shown %d times", text, n)
			}
		}
	}
}
