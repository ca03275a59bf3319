package delivery

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/storage"
)

// work is one message to be sent.
type work struct {
	storage.Outgoing
	// look says that an earlier attempt may have arrived.
	look bool
	// at is the message to change in place; empty: send a new one.
	at chat.Ref
	// under is the message to answer; empty: none.
	under chat.Ref
}

// attempt sends the message once. It takes no longer than Options.Attempt, and
// no longer than Options.Grace after ctx has ended. Nothing is sent once the
// place may be another process's.
func (d *Delivery) attempt(ctx context.Context, w work, ours time.Time) (o outcome) {
	o.work, o.ours = w, ours
	sender, ok := d.options.Senders[w.Place.Platform]
	if !ok {
		o.result, o.err = failed, errNoPlatform
		return o
	}
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), min(d.options.Attempt, ours.Sub(d.options.Now())))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(d.options.Grace, cancel) })()
	defer func() {
		if v := recover(); v != nil {
			d.options.Log.Error("a platform's adapter panicked", "platform", w.Place.Platform, "message", w.ID, "stack", string(debug.Stack()),
				"next", "the message is given up; report this line as a fault of the program")
			o = outcome{work: w, result: refused, err: errPanicked}
		}
	}()
	o = d.try(limited, sender, o)
	if o.result == failed && ctx.Err() != nil && limited.Err() != nil {
		o.result = interrupted
	}
	return o
}

// lapsed says whether the place may be another process's by now.
func (d *Delivery) lapsed(o outcome) bool { return !d.options.Now().Before(o.ours) }

func (d *Delivery) try(ctx context.Context, sender chat.Sender, o outcome) outcome {
	if d.lapsed(o) {
		o.result = lapsed
		return o
	}
	to, err := d.open(ctx, sender, o.Place)
	if err != nil {
		return o.judge(err)
	}
	m := chat.Message{Key: o.Key, To: to, Card: o.Card, Under: o.under, Replaces: o.Replaces, Expires: o.Expires}
	if o.look {
		if found, ok := o.lookFor(ctx, sender, m); ok {
			return found
		}
	}
	// A process that was stopped for longer than its lease lasts must not go on
	// where it was: somebody else may have sent the message by now. The timer of
	// ctx may not have fired yet in a process that has just been woken.
	if d.lapsed(o) {
		o.result = lapsed
		return o
	}
	if ctx.Err() != nil {
		return o.judge(&chat.RetryError{Maybe: o.look, Err: ctx.Err()})
	}
	if updater, ok := sender.(chat.Updater); ok && o.at != "" {
		err := updater.Update(ctx, o.at, m)
		if !errors.Is(err, chat.ErrNoMessage) {
			o.ref = o.at
			return o.judge(err)
		}
	}
	o.ref, err = sender.Send(ctx, m)
	return o.judge(err)
}

// lookFor finds what an earlier attempt may have left. False means that the
// message is to be sent: it is not there, or the platform will not say.
func (o outcome) lookFor(ctx context.Context, sender chat.Sender, m chat.Message) (outcome, bool) {
	finder, ok := sender.(chat.Finder)
	if !ok {
		return o, false
	}
	ref, found, err := finder.Find(ctx, m)
	if err != nil {
		o = o.judge(fmt.Errorf("look for an earlier attempt: %w", err))
		o.maybe = true
		return o, o.result == failed
	}
	o.ref, o.found = ref, found
	return o, found
}

// open gives where a message to a person goes.
func (d *Delivery) open(ctx context.Context, sender chat.Sender, to chat.Place) (chat.Place, error) {
	opener, ok := sender.(chat.Opener)
	if !ok || !to.Personal() {
		return to, nil
	}
	if known, ok := d.opened.Load(to); ok {
		return known.(chat.Place), nil //nolint:forcetypeassert // only places are stored
	}
	at, err := opener.Open(ctx, to)
	if err != nil {
		return to, fmt.Errorf("open a direct message: %w", err)
	}
	d.opened.Store(to, at)
	return at, nil
}
