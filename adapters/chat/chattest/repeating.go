package chattest

import (
	"legacyauth/adapters/chat"
)

func isFinder(f Fixture) bool {
	_, ok := f.Sender.(chat.Finder)
	return ok
}

func repeating() []check {
	return []check{
		{name: "a key is found", run: keyFound, fits: isFinder},
		{name: "a key is found among a hundred", run: keyFoundAmongMany, fits: isFinder},
		{name: "a key is found after a lost answer", run: keyFoundAfterLoss, fits: func(f Fixture) bool { return isFinder(f) && f.Next != nil }},
		{name: "a key sent again is shown once", run: shownOnce, fits: func(f Fixture) bool { return f.Idempotent }},
		{name: "a key sent again does no harm", run: sentAgain},
	}
}

// find expects an answer without an error.
func (p *problems) find(s chat.Sender, m chat.Message) (chat.Ref, bool) {
	finder, ok := s.(chat.Finder)
	if !ok {
		p.errorf("%T is no Finder", s)
		return "", false
	}
	ctx, cancel := p.context()
	defer cancel()
	ref, found, err := finder.Find(ctx, m)
	if err != nil {
		p.errorf("Find(%s): %v", m.Key, err)
	}
	return ref, found
}

func keyFound(f Fixture, p *problems) {
	m := message("first:k7:1", f.To, noteOf("to be found"))
	if ref, found := p.find(f.Sender, m); found {
		p.errorf("Find gives %q before anything was sent", ref)
	}
	ref, ok := p.send(f.Sender, m)
	if !ok {
		return
	}
	if got, found := p.find(f.Again(), m); !found || got != ref {
		p.errorf("after a restart Find gives %q, %v, want %q", got, found, ref)
	}
	for _, key := range []string{"first:k7:2", "first:k7:", "first:k7:11", "FIRST:K7:1"} {
		if got, found := p.find(f.Sender, message(key, f.To, m.Card)); found {
			p.errorf("Find of %s gives %q, and only %s was sent", key, got, m.Key)
		}
	}
	if f.Other.IsZero() {
		return
	}
	if got, found := p.find(f.Sender, message(m.Key, f.Other, m.Card)); found {
		p.errorf("Find gives %q in a place where nothing was sent", got)
	}
}

func keyFoundAmongMany(f Fixture, p *problems) {
	m := message("first", f.To, noteOf("the first"))
	ref, ok := p.send(f.Sender, m)
	for i := 0; ok && i < 99; i++ {
		_, ok = p.send(f.Sender, message("later-"+string(rune('a'+i/26))+string(rune('a'+i%26)), f.To, noteOf("a later one")))
	}
	if got, found := p.find(f.Sender, m); ok && (!found || got != ref) {
		p.errorf("a hundred messages back Find gives %q, %v, want %q", got, found, ref)
	}
}

func keyFoundAfterLoss(f Fixture, p *problems) {
	m := message("lost", f.To, noteOf("taken, but the answer is lost"))
	f.Next(Unconfirmed)
	ctx, cancel := p.context()
	defer cancel()
	_, err := f.Sender.Send(ctx, m)
	if retry := p.retry("a dropped connection", err); retry == nil || !retry.Maybe {
		p.errorf("%v is not Maybe", err)
	}
	shown, ok := p.only(f)
	if !ok {
		return
	}
	if got, found := p.find(f.Again(), m); !found || got != shown.Ref {
		p.errorf("Find gives %q, %v, want %q", got, found, shown.Ref)
	}
}

func shownOnce(f Fixture, p *problems) {
	m := message("again", f.To, noteOf("sent twice"))
	first, ok := p.send(f.Sender, m)
	if !ok {
		return
	}
	second, ok := p.send(f.Again(), m)
	if ok && first != second {
		p.errorf("the first Send gives %q and the second %q", first, second)
	}
	p.only(f)
}

func sentAgain(f Fixture, p *problems) {
	m := message("again", f.To, noteOf("sent twice"))
	for range 2 {
		if _, ok := p.send(f.Sender, m); !ok {
			return
		}
	}
	if n := len(f.Shown()); n < 1 || n > 2 {
		p.errorf("%d messages are shown, want one or two", n)
	}
}
