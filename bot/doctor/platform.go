package doctor

import (
	"context"
	"time"

	"legacyauth/adapters/chat"
)

// examinePlatform tries what a chat platform needs. Look gives what was found, and
// what it says that the platform could be looked at.
func examinePlatform(
	ctx context.Context, now func() time.Time, name, first string, look func() (findings []chat.Finding, said string, err error),
) Tenant {
	e := &examination{now: now, found: Tenant{Name: name, Platform: true}}
	var findings []chat.Finding
	if !e.try(first, func() (said string, err error) {
		findings, said, err = look()
		return said, err
	}) {
		return e.found
	}
	for _, f := range findings {
		c := Check{Name: f.Name, Outcome: OK, Detail: f.Detail}
		switch {
		case f.Err != nil && ctx.Err() != nil:
			c = stopped
		case f.Err != nil:
			c.Outcome, c.Detail = Failed, f.Err.Error()
		case f.Warn:
			c.Outcome = Warn
		}
		e.add(c)
	}
	return e.found
}
