package slack

import (
	"context"
	"fmt"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

const (
	// knowing is how long a request waits for what Slack tells of the person: a
	// form has to be open within three seconds.
	knowing = time.Second
	// showing is how long an answer may take to be shown, also when the program is
	// stopping.
	showing = 20 * time.Second
	// judging is how long a form that was filled in may be looked at before it is
	// closed; Slack waits three seconds.
	judging = 2 * time.Second
)

// handle hands a visit to the handler and shows what it answers.
func (d *desk) handle(v visit) {
	closing := d.closeLate(&v)
	i, err := d.p.installed(d.ctx, v.request.From.Workspace, v.organization)
	if err != nil && len(d.p.installations) == 1 {
		i, err = d.p.installations[0], nil // a shared channel: the only app that can have heard it
	}
	if err != nil {
		d.p.options.Log.Error("slack: a request for a workspace that is not configured", "error", err,
			"next", "write the workspace under slack: in the configuration, or remove the app from it")
		closing(nil)
		return
	}
	if v.request.Pressed.Verb == followVerb {
		d.follow(i, v)
		return
	}
	d.know(i, &v)
	a, err := d.h.Handle(d.ctx, v.request)
	if err != nil {
		a = d.failed(v, err)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(d.ctx), showing)
	defer cancel()
	d.answer(ctx, i, v, a, closing)
}

// know fills in what Slack tells of the person.
func (d *desk) know(i *installation, v *visit) {
	ctx, cancel := context.WithTimeout(d.ctx, knowing)
	defer cancel()
	v.request.From = d.p.person(ctx, i, v.request.From)
	v.request.Groups = d.p.groupsOf(ctx, i, v.request.From)
}

// failed logs what broke, and gives a plain sentence in its place.
func (d *desk) failed(v visit, err error) chat.Answer {
	if d.ctx.Err() != nil {
		return sorry("I am being stopped. Please try again in a minute.")
	}
	d.p.options.Log.Error("slack: a request failed", "delivery", v.request.Delivery, "error", err,
		"next", "the person can ask again; if it fails again, legacyauth doctor tries what it needs")
	return sorry("Something broke here; it is not your fault. Please try again in a minute.")
}

// answer shows the answer, and begins what it leaves for later.
func (d *desk) answer(ctx context.Context, i *installation, v visit, a chat.Answer, closing func(payload any) bool) {
	if v.submitted && len(a.Wrong) > 0 {
		if !closing(v.wrong(a.Wrong)) {
			d.tellOn(ctx, i, v, sorry("The form could not be taken. "+sentences(a.Wrong)))
		}
		return
	}
	if a.Form != nil && d.form(ctx, i, v, *a.Form, closing) {
		return
	}
	closing(nil)
	d.tellOn(ctx, i, v, a)
	if a.Later != nil {
		d.later.Go(func() { d.finish(i, v, a) })
	}
}

// form opens a form: over the one that was filled in, or a new one.
func (d *desk) form(ctx context.Context, i *installation, v visit, f chat.Form, closing func(payload any) bool) bool {
	if v.submitted {
		view, err := modal(f, v.reply)
		if err == nil && closing(nextView(view)) {
			return true
		}
	}
	if err := d.p.openForm(ctx, i, v, f); err != nil {
		d.p.options.Log.WarnContext(ctx, "slack: a form could not be opened", "error", err)
		return false
	}
	return true
}

// finish does what was left for later.
func (d *desk) finish(i *installation, v visit, a chat.Answer) {
	g := &progress{p: d.p, i: i, v: v, edit: a.Edit}
	for a.Later != nil {
		next, err := a.Later(d.ctx, func(c card.Card) {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(d.ctx), showing)
			defer cancel()
			g.show(ctx, c)
		})
		if err != nil {
			next = d.failed(v, err)
		}
		a = next
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(d.ctx), showing)
	g.done(ctx)
	cancel()
	d.atLast(i, v, a)
}

// tellOn shows an answer, tries once more where Slack asks to wait a little, and
// remembers a start page that could not be shown.
func (d *desk) tellOn(ctx context.Context, i *installation, v visit, a chat.Answer) {
	if a.IsZero() {
		return
	}
	drawn := d.p.compose(ctx, i, v, a)
	err := d.p.bring(ctx, i, v, a, drawn)
	if wait, ok := again(err); ok && pause(ctx, max(wait, time.Second)) {
		err = d.p.bring(ctx, i, v, a, drawn)
	}
	d.untold(ctx, v, err)
}

// tell is tellOn for a visit that no handler saw.
func (d *desk) tell(v visit, a chat.Answer) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(d.ctx), showing)
	defer cancel()
	i, err := d.p.installed(ctx, v.request.From.Workspace, v.organization)
	if err != nil {
		d.p.options.Log.Error("slack: a request could not be turned away in words", "error", err, "next", "nothing was done; the person can ask again")
		return
	}
	d.tellOn(ctx, i, v, a)
}

// pause waits, unless ctx ends before.
func pause(ctx context.Context, d time.Duration) bool {
	if end, ok := ctx.Deadline(); ok && time.Until(end) < d {
		return false
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// sentences are what is wrong with a form, for a place without its fields.
func sentences(wrong map[string]string) string {
	var all []string
	for name, what := range wrong {
		all = append(all, fmt.Sprintf("%s: %s.", name, strings.TrimSuffix(what, ".")))
	}
	return strings.Join(all, " ")
}
