package entratest

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// ParseRule reads a rule from a word, for a command line. The word is what
// happens, then which requests it happens to, each part optional but the
// first:
//
//	429            429 with Retry-After: 1; 429:7 asks for 7 seconds
//	503            the same with that status
//	504            a timeout; 504:2s answers after two seconds
//	500, 400       an inner error, or a filter that is not taken
//	reset          the connection is reset
//	cut:4096       the body ends after so many bytes
//	slow:1024/10ms the body comes in pieces of so many bytes, with a pause
//	repeat:5       a page begins with the last rows of the page before
//	foreign        the nextLink points to another host
//	license, permission, role   the sign-in log's three refusals
//
//	@3             only from the third request on; @3-5 only the third to fifth
//	>apps=1        only where the filter names more clientAppUsed values
//	>window=24h    only where it covers more time
//	>top=500       only where the page is larger
//	>unnamed       only where it names an empty clientAppUsed
//	%beta, %v1.0   only that version
//
// So "504>apps=1>window=24h@2" times out, from the second one on, every query
// with more than one client application in more than a day. The error names
// the part that is not understood.
func ParseRule(word string) (Rule, error) {
	r := Rule{Path: "/auditLogs/signIns"}
	end := strings.IndexAny(word, "@>%")
	if end < 0 {
		end = len(word)
	}
	var err error
	if r.Mishap, err = parseMishap(word[:end]); err != nil {
		return Rule{}, err
	}
	for rest := word[end:]; rest != ""; {
		next := strings.IndexAny(rest[1:], "@>%") + 1
		if next == 0 {
			next = len(rest)
		}
		if err := r.restrict(rest[0], rest[1:next]); err != nil {
			return Rule{}, err
		}
		rest = rest[next:]
	}
	return r, nil
}

func parseMishap(word string) (Mishap, error) {
	name, value, valued := strings.Cut(word, ":")
	bad := func() (Mishap, error) {
		return Mishap{}, fmt.Errorf("%q is no mishap: use 400, 429, 500, 503, 504, reset, cut, slow, repeat, foreign, license, permission or role", word)
	}
	number, err := strconv.Atoi(value)
	counted := err == nil && number >= 0
	delay, err := time.ParseDuration(value)
	timed := err == nil && delay >= 0
	switch {
	case name == "429" && (!valued || counted), name == "503" && (!valued || counted):
		if !valued {
			number = 1
		}
		status, _ := strconv.Atoi(name)
		return Mishap{Name: name, Status: status, RetryAfter: strconv.Itoa(number)}, nil
	case name == "504" && (!valued || timed):
		return TimedOut(delay), nil
	case word == "400":
		return Refused(http.StatusBadRequest, "BadRequest", "Invalid filter clause"), nil
	case word == "500":
		return Mishap{Name: word, Status: http.StatusInternalServerError}, nil
	case word == "reset":
		return ConnectionReset(), nil
	case name == "cut" && counted:
		return CutShort(number), nil
	case name == "slow":
		chunk, pause, _ := strings.Cut(value, "/")
		size, sizeErr := strconv.Atoi(chunk)
		wait, waitErr := time.ParseDuration(pause)
		if sizeErr != nil || waitErr != nil || size < 1 || wait < 0 {
			return bad()
		}
		return SlowBody(size, wait), nil
	case name == "repeat" && counted:
		return Repeated(number), nil
	case word == "foreign":
		return ForeignLink("https://" + foreignHost), nil
	case word == "license":
		return NoLicense(), nil
	case word == "permission":
		return NoPermission("AuditLog.Read.All"), nil
	case word == "role":
		return NoRole(), nil
	default:
		return bad()
	}
}

// restrict narrows a rule by one part of its word.
func (r *Rule) restrict(mark byte, part string) error {
	bad := fmt.Errorf("%q is no restriction: use @3, @3-5, >apps=1, >window=24h, >top=500, >unnamed, %%beta or %%v1.0", string(mark)+part)
	name, value, _ := strings.Cut(part, "=")
	number, numberErr := strconv.Atoi(value)
	switch {
	case mark == '%' && (part == "beta" || part == "v1.0"):
		r.Version = part
	case mark == '>' && name == "apps" && numberErr == nil && number > 0:
		r.MoreThanApps = number
	case mark == '>' && name == "top" && numberErr == nil && number > 0:
		r.LargerThan = number
	case mark == '>' && part == "unnamed":
		r.Unnamed = true
	case mark == '>' && name == "window":
		d, err := time.ParseDuration(value)
		if err != nil || d <= 0 {
			return bad
		}
		r.WiderThan = d
	case mark == '@':
		first, last, ranged := strings.Cut(part, "-")
		from, err := strconv.Atoi(first)
		if err != nil || from < 1 {
			return bad
		}
		r.Skip = from - 1
		if !ranged {
			return nil
		}
		until, err := strconv.Atoi(last)
		if err != nil || until < from {
			return bad
		}
		r.Times = until - r.Skip
	default:
		return bad
	}
	return nil
}
