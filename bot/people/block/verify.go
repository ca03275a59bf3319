package block

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"time"

	"legacyauth/detect"
)

// By is what refused a sign-in.
type By string

// What refuses a legacy sign-in with the right password and leaves a row.
const (
	ByConditionalAccess By = "Conditional Access"
	BySecurityDefaults  By = "security defaults"
	ByTenantPolicy      By = "a tenant security policy"
	ByOther             By = "another policy or a further factor"
)

// Seen is what the log shows of one user over one protocol since the block, of
// sign-ins with a token apart.
type Seen struct {
	User     string
	Protocol detect.Protocol
	// Token says that these carried a token, which an authentication policy lets
	// through; a mailbox switch does not, and Conditional Access may not.
	Token bool
	// Refused counts by what refused, with the right password; In counts the sign-ins
	// that got in.
	Refused map[By]int
	In      int
	// Failed counts those that failed with a wrong password, or in a way that says
	// nothing of a block.
	Failed int
	// WouldBreak counts sign-ins that got in and that a report-only policy would
	// have stopped; Policies names these.
	WouldBreak int
	Policies   []string
	// LastIn and LastRefused are when one got in last and when one was refused last;
	// zero: never.
	LastIn, LastRefused time.Time
}

// Result is what the log shows of the chosen users since the block.
type Result struct {
	Seen []Seen // by user and protocol, those with a token last
	// Silent are chosen users without any legacy row: either nothing tries any
	// more, or an authentication policy refuses before a row is written.
	Silent []string
	// Failed are chosen users all of whose legacy rows are ones that Seen counts
	// under Failed: somebody tried, and not with the password, so that nothing shows
	// whether a block would have refused them.
	Failed []string
}

// Verifier takes in bundles; see Add.
type Verifier struct {
	chosen map[string]string // any name of theirs → the one they were chosen by
	since  time.Time
	seen   map[seenOf]*Seen
}

type seenOf struct {
	user     string
	protocol detect.Protocol
	token    bool
}

// NewVerifier looks at what chosen users did since a time, to the minute.
func NewVerifier(chosen []string, since time.Time) *Verifier {
	v := &Verifier{chosen: map[string]string{}, since: since.Truncate(time.Minute), seen: map[seenOf]*Seen{}}
	for _, name := range chosen {
		v.chosen[strings.ToLower(name)] = strings.ToLower(name)
	}
	return v
}

// Add takes a bundle in.
func (v *Verifier) Add(b *detect.Bundle) {
	protocol := detect.ParseClientApp(b.Row.ClientApp)
	user, mine := v.chosen[strings.ToLower(b.Row.User)]
	if !mine {
		user, mine = v.chosen[strings.ToLower(b.Row.UserID)]
	}
	if !mine || !protocol.Legacy() || b.Row.Time.Before(v.since) {
		return
	}
	n := after(b, v.since)
	if n == 0 {
		return
	}
	key := seenOf{user, protocol, b.Token()}
	s := v.seen[key]
	if s == nil {
		s = &Seen{User: user, Protocol: protocol, Token: key.token, Refused: map[By]int{}}
		v.seen[key] = s
	}
	switch outcome := b.Row.Outcome(); {
	case outcome == detect.Succeeded:
		s.In += n
		s.LastIn = newest(s.LastIn, b.Row.Time)
		if len(b.Row.ReportOnly) > 0 {
			s.WouldBreak += n
			for _, p := range b.Row.ReportOnly {
				if !slices.Contains(s.Policies, p) {
					s.Policies = append(s.Policies, p)
				}
			}
		}
	case outcome.PasswordRight():
		s.Refused[by(&b.Row)] += n
		s.LastRefused = newest(s.LastRefused, b.Row.Time)
	default:
		s.Failed += n
	}
}

func newest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// after counts the sign-ins of a bundle from a minute on. A bundle is a day's, and
// tells the minutes in which there were any and how many each hour had: of the hour
// that the minute divides as many are counted as there are surely, one a minute.
func after(b *detect.Bundle, since time.Time) int {
	since = since.UTC()
	if !b.First.Before(since) || b.First.IsZero() || b.Count == 0 {
		return b.Count
	}
	n := 0
	for _, h := range b.Minutes {
		begin := b.Day().Add(time.Duration(h.Hour) * time.Hour)
		before := uint64(0) // the minutes of the hour that are before
		if begin.Before(since) {
			before = 1<<min(60, uint(since.Sub(begin)/time.Minute)) - 1 //nolint:gosec // it is after begin
		}
		if late := h.Set &^ before; late == h.Set {
			n += int(h.Count)
		} else {
			n += bits.OnesCount64(late)
		}
	}
	return max(n, 1) // its newest is not before
}

// by says what refused a row with the right password. Codes are those of
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes, read
// 2026-11-22.
func by(s *detect.SignIn) By {
	switch s.Result.Code {
	case 53003:
		return ByConditionalAccess
	case 530035:
		return BySecurityDefaults
	case 530032:
		return ByTenantPolicy
	case 0: // ActiveSync that Conditional Access stops is logged as a success
		return ByConditionalAccess
	}
	return ByOther
}

// Result gives what was seen.
func (v *Verifier) Result() Result {
	var r Result
	spoken, shown := map[string]bool{}, map[string]bool{}
	for _, s := range v.seen {
		slices.Sort(s.Policies)
		r.Seen = append(r.Seen, *s)
		spoken[s.User] = true
		shown[s.User] = shown[s.User] || s.In > 0 || len(s.Refused) > 0
	}
	slices.SortFunc(r.Seen, func(a, b Seen) int {
		switch order := cmp.Or(cmp.Compare(a.User, b.User), cmp.Compare(a.Protocol, b.Protocol)); {
		case order != 0 || a.Token == b.Token:
			return order
		case a.Token:
			return 1
		}
		return -1
	})
	for _, user := range v.chosen {
		switch {
		case !spoken[user]:
			r.Silent = append(r.Silent, user)
		case !shown[user]:
			r.Failed = append(r.Failed, user)
		}
	}
	slices.Sort(r.Silent)
	slices.Sort(r.Failed)
	r.Silent, r.Failed = slices.Compact(r.Silent), slices.Compact(r.Failed)
	return r
}
