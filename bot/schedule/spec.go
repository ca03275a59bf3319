// Package schedule says when a tenant's turn to be scanned comes: every so
// often, or by a cron expression, in a time zone.
//
// It is pure: a Schedule is asked with a time and answers with one. Tenants with
// the same schedule take their turns a little apart, by an amount that follows
// from the tenant's name, so that a restart changes nothing.
package schedule

import (
	"errors"
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // containers and Windows have no zone database
)

// Spec is a schedule as the configuration writes it. Exactly one of Every and
// Cron is given.
type Spec struct {
	// Every is an interval: "15m", "1h", "1d". Daylight saving does not shift it.
	Every string
	// Cron is minute, hour, day of month, month and day of week: "15 6-20 * * 1-5";
	// or @hourly, @daily, @weekly, @monthly.
	Cron string
	// Zone is the name of a time zone in the IANA database; empty means UTC.
	Zone string
	// Jitter is the most by which a tenant's turn is put off; empty means
	// DefaultJitter. It is never more than a quarter of the time between turns.
	Jitter string
}

// DefaultJitter is the most by which turns are put off unless a Spec says
// otherwise: enough for a hundred tenants not to ask all at once.
const DefaultJitter = 5 * time.Minute

// Usual is the schedule of a tenant that has none in the configuration.
var Usual = Spec{Every: "1h"}

// FieldError says which field of a Spec is wrong and what is allowed there.
type FieldError struct {
	Field   string // every, cron, zone or jitter
	Problem string
	Allowed string
}

// Error names the field, the problem and what is allowed.
func (e *FieldError) Error() string {
	return fmt.Sprintf("schedule: %s %s; allowed: %s", e.Field, e.Problem, e.Allowed)
}

// Parse reads a Spec for the tenant with that name. The error is a *FieldError.
func Parse(s Spec, tenant string) (Schedule, error) {
	zone, err := parseZone(s.Zone)
	if err != nil {
		return Schedule{}, err
	}
	jitter, err := parseJitter(s.Jitter)
	if err != nil {
		return Schedule{}, err
	}
	made := Schedule{zone: zone}
	switch {
	case s.Every != "" && s.Cron != "":
		return Schedule{}, &FieldError{"every and cron", "are both given", "one of the two"}
	case s.Every != "":
		every, err := parseEvery(s.Every)
		if err != nil {
			return Schedule{}, err
		}
		made.turns, made.text = newInterval(every, zone), "every "+written(every)
	case s.Cron != "":
		c, err := parseCron(s.Cron, zone)
		if err != nil {
			return Schedule{}, err
		}
		made.turns, made.text = c, "cron "+strings.Join(strings.Fields(s.Cron), " ")
	default:
		return Schedule{}, &FieldError{"every or cron", "is missing", `every: an interval such as 1h; cron: five fields such as "15 6-20 * * 1-5"`}
	}
	if zone != time.UTC {
		made.text += " (" + zone.String() + ")"
	}
	made.late = late(tenant, min(jitter, made.turns.apart()/4))
	return made, nil
}

func parseZone(name string) (*time.Location, error) {
	if name == "" {
		return time.UTC, nil
	}
	wrong := &FieldError{"zone", fmt.Sprintf("%q is no time zone known here", cut(name)), "a name of the IANA database such as Europe/Berlin or America/New_York, or UTC"}
	// Local would make a schedule mean another time on another machine.
	if strings.EqualFold(name, "local") {
		return nil, wrong
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, wrong
	}
	return zone, nil
}

func parseJitter(text string) (time.Duration, error) {
	if text == "" {
		return DefaultJitter, nil
	}
	d, err := duration(text)
	if err != nil || d < 0 || d > 24*time.Hour {
		return 0, &FieldError{"jitter", fmt.Sprintf("%q is no time it can be", cut(text)), "0s to 1d, such as 5m"}
	}
	return d, nil
}

// cut shortens what an error quotes.
func cut(text string) string {
	const most = 60
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

var errNoDuration = errors.New("no duration")
