package block

import (
	"cmp"
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

// Seen is what the log shows of one user over one protocol since the block.
type Seen struct {
	User     string
	Protocol detect.Protocol
	// Refused counts by what refused; In counts the sign-ins that got in.
	Refused map[By]int
	In      int
	// WouldBreak counts sign-ins that got in and that a report-only policy would
	// have stopped; Policies names these.
	WouldBreak int
	Policies   []string
	Last       time.Time
}

// Result is what the log shows of the chosen users since the block.
type Result struct {
	Seen []Seen // by user and protocol
	// Silent are chosen users without any legacy row: either nothing tries any
	// more, or an authentication policy refuses before a row is written.
	Silent []string
}

// Verifier takes in bundles; see Add.
type Verifier struct {
	chosen map[string]string // any name of theirs → the one they were chosen by
	since  time.Time
	seen   map[[2]string]*Seen
}

// NewVerifier looks at what chosen users did since a time.
func NewVerifier(chosen []string, since time.Time) *Verifier {
	v := &Verifier{chosen: map[string]string{}, since: since, seen: map[[2]string]*Seen{}}
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
	if !mine || !protocol.Legacy() || b.Row.Time.Before(v.since) || b.Count == 0 {
		return
	}
	key := [2]string{user, string(protocol)}
	s := v.seen[key]
	if s == nil {
		s = &Seen{User: user, Protocol: protocol, Refused: map[By]int{}}
		v.seen[key] = s
	}
	if b.Row.Time.After(s.Last) {
		s.Last = b.Row.Time
	}
	switch outcome := b.Row.Outcome(); {
	case outcome == detect.Succeeded:
		s.In += b.Count
		if len(b.Row.ReportOnly) > 0 {
			s.WouldBreak += b.Count
			for _, p := range b.Row.ReportOnly {
				if !slices.Contains(s.Policies, p) {
					s.Policies = append(s.Policies, p)
				}
			}
		}
	case outcome.PasswordRight():
		s.Refused[by(&b.Row)] += b.Count
	}
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
	spoken := map[string]bool{}
	for _, s := range v.seen {
		slices.Sort(s.Policies)
		r.Seen = append(r.Seen, *s)
		spoken[s.User] = true
	}
	slices.SortFunc(r.Seen, func(a, b Seen) int {
		return cmp.Or(cmp.Compare(a.User, b.User), cmp.Compare(a.Protocol, b.Protocol))
	})
	for _, user := range v.chosen {
		if !spoken[user] {
			r.Silent = append(r.Silent, user)
		}
	}
	slices.Sort(r.Silent)
	return r
}
