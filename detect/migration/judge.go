package migration

import (
	"fmt"
	"strings"
	"time"
)

// Judge says whether a client has verifiably moved: every sign-in of the days of
// silence was read, up to less than Stale ago, none of them was legacy with the
// right password, and the same user has since signed in with modern
// authentication from the same kind of device. Where there is no user, silence
// alone decides, and the words say so.
//
// The days of silence end where what was read is final (see Late), so rows that
// arrive late cannot prove a judgement wrong.
func Judge(e Evidence) Judgement {
	final := finalStretch(e.Covered, e.Now)
	start := final.To.Add(-e.Quiet())
	fresh := !final.To.IsZero() && e.Now.Sub(final.To) <= Stale+Late
	covered := fresh && !final.From.After(start)
	silent := fresh && !e.last().After(start)
	var missing []string
	if !silent && !e.last().IsZero() && e.last().After(e.Now.Add(-e.Quiet()-Stale-Late)) {
		missing = append(missing, e.tooRecent())
	}
	switch {
	case final.To.IsZero():
		missing = append(missing, "nothing has been read completely yet")
	case !fresh:
		missing = append(missing, "nothing was read completely since "+minute(final.To))
	case !covered:
		missing = append(missing, fmt.Sprintf("the log was read without a gap since %s only", minute(final.From)))
	}
	if !e.moved() {
		missing = append(missing, "no modern sign-in by the same user from "+e.device()+" was seen since")
	}
	if len(missing) > 0 {
		return Judgement{Why: e.notYet(missing), Wait: e.wait(final, fresh), Missing: missing}
	}
	return Judgement{Verified: true, Why: e.proof()}
}

// wait gives the earliest time at which the silence can be complete.
func (e *Evidence) wait(final stretch, fresh bool) time.Time {
	begin := e.Now
	if fresh {
		begin = final.From
	}
	if last := e.last(); last.After(begin) {
		begin = last
	}
	at := begin.Add(e.Quiet() + Late)
	if at.Before(e.Now) {
		return e.Now
	}
	return at.UTC()
}

func (e *Evidence) tooRecent() string {
	what := "it used the right password on " + date(e.last())
	if e.LastRight.IsZero() {
		what = "it still tried to sign in on " + date(e.last())
	}
	return fmt.Sprintf("%s, less than %s before the end of what was read", what, days(e.days()))
}

func (e *Evidence) device() string {
	if e.AnyKind {
		return "any device"
	}
	return "the same kind of device"
}

func (e *Evidence) notYet(missing []string) string {
	begin := "Not verified: "
	if !e.ClaimedAt.IsZero() {
		begin = "Said to be done on " + date(e.ClaimedAt) + ", not verified: "
	}
	return begin + strings.Join(missing, "; ") + "."
}

func (e *Evidence) proof() string {
	what := "no legacy sign-in with the right password"
	if e.LastRight.IsZero() {
		what = "no legacy sign-in"
	}
	silence := fmt.Sprintf("For %s there was %s, and everything was read.", days(e.days()), what)
	if e.NoUser {
		return silence + " No person signs in from this device, so the silence is all there is to go by."
	}
	from := "the same kind of device"
	if e.AnyKind {
		from = "a device of theirs (of which kind the old one was is not known)"
	}
	return fmt.Sprintf("%s The same user signed in with modern authentication from %s on %s.", silence, from, date(*e.ModernSince))
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}

func date(t time.Time) string { return t.UTC().Format("2 January 2006") }

func minute(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") }
