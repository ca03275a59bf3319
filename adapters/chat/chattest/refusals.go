package chattest

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"legacyauth/adapters/chat"
)

// statuses are what platforms answer, and what that means unless the fixture
// says otherwise.
var statuses = map[string]struct {
	behavior Behavior
	want     Outcome
}{
	"302":                  {Refuse(http.StatusFound), Outcome{}},
	"400":                  {Refuse(http.StatusBadRequest), Outcome{}},
	"401":                  {Refuse(http.StatusUnauthorized), Outcome{Retry: true, Is: chat.ErrCredentials}},
	"403":                  {Refuse(http.StatusForbidden), Outcome{Is: chat.ErrNoPlace}},
	"404":                  {Refuse(http.StatusNotFound), Outcome{Is: chat.ErrNoPlace}},
	"408":                  {Refuse(http.StatusRequestTimeout), Outcome{Retry: true, Maybe: true}},
	"413":                  {Refuse(http.StatusRequestEntityTooLarge), Outcome{}},
	"429":                  {Refuse(http.StatusTooManyRequests), Outcome{Retry: true}},
	"429 with Retry-After": {TooMany(7 * time.Second), Outcome{Retry: true}},
	"500":                  {Broken, Outcome{Retry: true, Maybe: true}},
	"500 but recorded":     {BrokenLate, Outcome{Retry: true, Maybe: true}},
	"502":                  {Refuse(http.StatusBadGateway), Outcome{Retry: true, Maybe: true}},
	"503":                  {Refuse(http.StatusServiceUnavailable), Outcome{Retry: true, Maybe: true}},
	"503 with Retry-After": {Behavior{Status: http.StatusServiceUnavailable, RetryAfter: 3 * time.Second}, Outcome{Retry: true}},
	"504":                  {Refuse(http.StatusGatewayTimeout), Outcome{Retry: true, Maybe: true}},
	"dropped":              {Lost, Outcome{Retry: true, Maybe: true}},
	"dropped but recorded": {Unconfirmed, Outcome{Retry: true, Maybe: true}},
}

func refusals() []check {
	http := func(f Fixture) bool { return f.Next != nil }
	all := []check{{name: "a platform that is down is tried again", run: down, fits: func(f Fixture) bool { return f.Down != nil }}}
	for name, s := range statuses {
		all = append(all, check{name: "the platform answers " + name, fits: http, run: func(f Fixture, p *problems) { refused(f, p, s.behavior, s.want) }})
	}
	return all
}

// refused makes one attempt that fails, and one that must work after it.
func refused(f Fixture, p *problems, b Behavior, want Outcome) {
	if other, ok := f.Outcomes[b.Status]; ok {
		want = other
	}
	f.Next(b)
	m := message("refused", f.To, noteOf("a message"))
	ctx, cancel := p.context()
	defer cancel()
	ref, err := f.Sender.Send(ctx, m)
	if err == nil {
		p.errorf("Send gives %q and no error", ref)
		return
	}
	p.secret(f, err)
	retry := chat.Retry(err)
	switch {
	case (retry != nil) != want.Retry:
		p.errorf("%v: RetryError %v, want %v", err, retry != nil, want.Retry)
	case retry != nil && retry.Maybe != want.Maybe:
		p.errorf("%v: Maybe %v, want %v", err, retry.Maybe, want.Maybe)
	case retry != nil && retry.After != b.RetryAfter:
		p.errorf("%v: After %v, want %v", err, retry.After, b.RetryAfter)
	}
	if want.Is != nil && !errors.Is(err, want.Is) {
		p.errorf("%v does not hold %q", err, want.Is)
	}
	kept := 0
	if b.records() {
		kept = 1
	}
	if n := len(f.Shown()); n != kept {
		p.errorf("%d messages are shown after one attempt, want %d", n, kept)
	}
	if _, ok := p.send(f.Sender, message("after", f.To, noteOf("the next"))); !ok {
		p.errorf("a failed attempt spoils the next one")
	}
}

func down(f Fixture, p *problems) {
	f.Down()
	ctx, cancel := p.context()
	defer cancel()
	_, err := f.Sender.Send(ctx, message("down", f.To, noteOf("nobody listens")))
	p.secret(f, err)
	if retry := p.retry("Send to a platform that is down", err); retry != nil && retry.Maybe {
		p.errorf("%v is Maybe, and nobody listened", err)
	}
}

// secret expects that the error, however it is printed, keeps the secret.
func (p *problems) secret(f Fixture, err error) {
	if f.Secret == "" || err == nil {
		return
	}
	for _, text := range []string{err.Error(), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
		if strings.Contains(text, f.Secret) {
			p.errorf("the error holds the secret: %s", strings.ReplaceAll(text, f.Secret, "SECRET"))
			return
		}
	}
}
