package chattest

import (
	"errors"
	"strings"

	"legacyauth/adapters/chat"
)

func isUpdater(f Fixture) bool {
	_, ok := f.Sender.(chat.Updater)
	return ok
}

func changing() []check {
	return []check{
		{name: "a message is changed in its place", run: changed, fits: isUpdater},
		{name: "a change may be repeated", run: changedTwice, fits: isUpdater},
		{name: "a message that is gone is said", run: changeGone, fits: func(f Fixture) bool { return isUpdater(f) && f.Gone != "" }},
	}
}

func (p *problems) update(s chat.Sender, at chat.Ref, m chat.Message) bool {
	updater, ok := s.(chat.Updater)
	if !ok {
		p.errorf("%T is no Updater", s)
		return false
	}
	ctx, cancel := p.context()
	defer cancel()
	if err := updater.Update(ctx, at, m); err != nil {
		p.errorf("Update(%s): %v", m.Key, err)
		return false
	}
	return true
}

func changed(f Fixture, p *problems) {
	ref, ok := p.send(f.Sender, message("one", f.To, noteOf("as it was")))
	if !ok {
		return
	}
	if _, ok := p.send(f.Sender, message("two", f.To, noteOf("another"))); !ok {
		return
	}
	if !p.update(f.Again(), ref, message("one:2", f.To, noteOf("as it is now"))) {
		return
	}
	all := f.Shown()
	if len(all) != 2 || all[0].Ref != ref {
		p.errorf("%d messages are shown, the first at %q; want 2, and %q first", len(all), all[0].Ref, ref)
		return
	}
	p.reads(all[0].Text, "as it is now")
	p.reads(all[1].Text, "another")
	if strings.Contains(all[0].Text, "as it was") {
		p.errorf("the old text is still there:\n%s", all[0].Text)
	}
}

func changedTwice(f Fixture, p *problems) {
	ref, ok := p.send(f.Sender, message("one", f.To, noteOf("as it was")))
	if !ok {
		return
	}
	for range 2 {
		if !p.update(f.Sender, ref, message("one:2", f.To, noteOf("as it is now"))) {
			return
		}
	}
	if shown, ok := p.only(f); ok {
		p.reads(shown.Text, "as it is now")
	}
}

func changeGone(f Fixture, p *problems) {
	updater := f.Sender.(chat.Updater) //nolint:forcetypeassert,errcheck // fits has asked
	ctx, cancel := p.context()
	defer cancel()
	err := updater.Update(ctx, f.Gone, message("gone", f.To, noteOf("nowhere")))
	if !errors.Is(err, chat.ErrNoMessage) || chat.Retry(err) != nil {
		p.errorf("Update of a message that is gone gives %v, want ErrNoMessage", err)
	}
	if n := len(f.Shown()); n > 0 {
		p.errorf("%d messages are shown, want none", n)
	}
}
