package news

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"legacyauth/detect"
	"legacyauth/detect/migration"
)

// several says how many of something there are.
func several(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + many
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// number writes n with a comma between thousands.
func number(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// sentence begins with a capital letter.
func sentence(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// lasted says how long something took, in its two largest units.
func lasted(d time.Duration) string {
	minutes := int(d.Minutes())
	parts := []string{}
	for _, u := range []struct {
		minutes   int
		one, many string
	}{{24 * 60, "day", "days"}, {60, "hour", "hours"}, {1, "minute", "minutes"}} {
		if n := minutes / u.minutes; n > 0 && len(parts) < 2 {
			parts = append(parts, several(n, u.one, u.many))
			minutes -= n * u.minutes
		}
	}
	if len(parts) == 0 {
		return "less than a minute"
	}
	return strings.Join(parts, " ")
}

// clock is a time to the minute, in UTC.
func clock(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") + " UTC" }

// verdictWords ends a sentence that begins with "it is" or "it was".
func verdictWords(c detect.Client) string {
	words, ok := map[detect.Verdict]string{
		detect.Leaked:  "with a leaked password",
		detect.InUse:   "in use",
		detect.Blocked: "blocked but still configured",
		detect.Broken:  "broken, with a stale password",
		detect.Spray:   "only guessed at",
	}[c.Verdict]
	if !ok {
		return "without a verdict"
	}
	return words
}

// whyWords is what the verdict rests on, in the words of the core, which name
// nobody; what looks like a person or an address is left out all the same.
func whyWords(c detect.Client) string {
	if c.Why == "" {
		return "it is " + verdictWords(c)
	}
	return redact(c.Why)
}

// StateWords says where a migration stands.
func StateWords(s migration.State) string { return stateWords(s) }

// stateWords says where a migration stands.
func stateWords(s migration.State) string {
	words, ok := map[migration.State]string{
		migration.Open:         "open",
		migration.Told:         "told",
		migration.Acknowledged: "acknowledged",
		migration.ClaimedDone:  "said to be done, and watched for silence",
		migration.Verified:     "verified: it has moved",
		migration.Closed:       "closed",
		migration.Relapsed:     "relapsed",
		migration.Excepted:     "excepted",
	}[s]
	if !ok {
		return "open"
	}
	return words
}
