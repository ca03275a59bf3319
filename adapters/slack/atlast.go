package slack

import (
	"context"
	"errors"
	"time"

	"legacyauth/adapters/chat"
)

// patience is for how long the answer of slow work is tried to be shown: whoever
// waited for it has to learn what happened.
const patience = 10 * time.Minute

// atLast shows what slow work came to, again and again where Slack cannot take it.
func (d *desk) atLast(i *installation, v visit, a chat.Answer) {
	if a.IsZero() {
		return
	}
	attempt := func(do func(ctx context.Context)) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(d.ctx), showing)
		defer cancel()
		do(ctx)
	}
	var drawn drawing
	attempt(func(ctx context.Context) { drawn = d.p.compose(ctx, i, v, a) })
	ends := time.Now().Add(patience)
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		var err error
		attempt(func(ctx context.Context) { err = d.p.bring(ctx, i, v, a, drawn) })
		asked, ok := again(err)
		if next := max(asked, wait); ok && time.Now().Add(next).Before(ends) && pause(d.ctx, next) {
			continue
		}
		d.untold(d.ctx, v, err)
		return
	}
}

// again says whether an answer that could not be shown can be tried again, and when
// Slack asks for that. One that may be there is rather shown once than twice.
func again(err error) (time.Duration, bool) {
	retry := chat.Retry(err)
	if retry == nil || retry.Maybe || errors.Is(err, chat.ErrCredentials) {
		return 0, false
	}
	return retry.After, true
}

// untold logs an answer that nobody sees, and remembers a start page; nil: it is
// seen.
func (d *desk) untold(ctx context.Context, v visit, err error) {
	if err == nil {
		return
	}
	d.p.refused(ctx, v.request.From.Workspace, err)
	if v.isHome() && chat.Retry(err) != nil {
		d.miss(v)
	}
	d.p.options.Log.ErrorContext(ctx, "slack: an answer could not be shown", "delivery", v.request.Delivery, "error", err)
}
