// Package doctor tries every prerequisite of a scan, one after another, and says
// of each how it went, how long it took and how to mend it.
package doctor

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"legacyauth/adapters/entra"
	"legacyauth/bot/tenants"
)

// Outcome is how a check went.
type Outcome string

// The outcomes.
const (
	OK     Outcome = "ok"
	Warn   Outcome = "warn"   // a scan works, with something to look at
	Failed Outcome = "failed" // a scan would not work
	Skip   Outcome = "skip"   // could not be tried after an earlier failure
)

// Check is one prerequisite.
type Check struct {
	Name    string        `json:"name"`
	Outcome Outcome       `json:"outcome"`
	Detail  string        `json:"detail"`
	Took    time.Duration `json:"-"`
	// Millis is Took for JSON.
	Millis int64 `json:"milliseconds"`
}

// Tenant is what was found of one tenant, or of a chat platform.
type Tenant struct {
	Name string `json:"tenant"`
	// Platform says that it is a chat platform.
	Platform bool    `json:"platform,omitempty"`
	Checks   []Check `json:"checks"`
}

// Works says whether a scan, or the platform, would work.
func (t Tenant) Works() bool {
	for _, c := range t.Checks {
		if c.Outcome == Failed {
			return false
		}
	}
	return true
}

// soon is how long before a credential ends that doctor begins to warn.
const soon = 30 * 24 * time.Hour

// slow is the clock skew from which doctor warns; Entra refuses at five minutes.
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes (AADSTS700024), read 2026-11-23
const slow = time.Minute

// Examine runs every check on one tenant. Open gives the opened tenant, or why
// its configuration or credential is unusable.
func Examine(ctx context.Context, name string, now func() time.Time, open func() (*tenants.Tenant, error)) Tenant {
	e := &examination{now: now, found: Tenant{Name: name}}
	var t *tenants.Tenant
	e.try("configuration and credential", func() (string, error) {
		var err error
		t, err = open()
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("tenant %s in %s, signing in by %s", t.TenantID, t.Graph.Tenant().Cloud.Title, t.Graph.Tenant().Credential.Kind()), nil
	})
	if t == nil {
		e.skip("network", "clock", "token", "permissions", "sign-ins")
		return e.found
	}
	e.credential(t)
	e.try("network", func() (string, error) {
		return "the authority and Microsoft Graph answer", t.Graph.Reach(ctx)
	})
	e.clock(t)
	if !e.found.Works() {
		e.skip("token", "permissions", "sign-ins")
		return e.found
	}
	e.token(ctx, t)
	return e.found
}

// Unusable is the answer where the configuration as a whole cannot be used, so
// that no tenant is known.
func Unusable(err error) Tenant {
	e := &examination{}
	e.add(Check{Name: "configuration and credential", Outcome: Failed, Detail: err.Error()})
	e.skip("network", "clock", "token", "permissions", "sign-ins")
	return e.found
}

// NotReached is the answer for a tenant whose turn did not come before the
// program was stopped.
func NotReached(name string) Tenant {
	return Tenant{Name: name, Checks: []Check{stopped}}
}

// stopped is what stands where the program was told to end.
var stopped = Check{Name: "stopped", Outcome: Failed, Detail: "the program was stopped before this was tried: run it again"}

type examination struct {
	now   func() time.Time
	found Tenant
}

// try runs one check and records it; it says whether it went well.
func (e *examination) try(name string, check func() (string, error)) bool {
	began := e.now()
	detail, err := check()
	took := e.now().Sub(began)
	if errors.Is(err, context.Canceled) {
		e.add(stopped)
		return false
	}
	if err != nil {
		e.add(Check{Name: name, Outcome: Failed, Detail: err.Error(), Took: took})
		return false
	}
	e.add(Check{Name: name, Outcome: OK, Detail: detail, Took: took})
	return true
}

func (e *examination) add(c Check) {
	c.Millis = c.Took.Milliseconds()
	e.found.Checks = append(e.found.Checks, c)
}

func (e *examination) skip(names ...string) {
	for _, name := range names {
		e.add(Check{Name: name, Outcome: Skip, Detail: "not tried after the failure above"})
	}
}

// credential warns of one that ends soon.
func (e *examination) credential(t *tenants.Tenant) {
	ends := t.Graph.CredentialEnds()
	if ends.IsZero() || ends.Sub(e.now()) > soon {
		return
	}
	e.add(Check{Name: "credential's end", Outcome: Warn, Detail: "it ends on " + ends.UTC().Format(time.DateOnly) + ": make a new one with legacyauth entra-app before that day"})
}

func (e *examination) clock(t *tenants.Tenant) {
	behind, known := t.Graph.Skew()
	switch off := behind.Abs(); {
	case !known:
		e.add(Check{Name: "clock", Outcome: Warn, Detail: "no answer told the time"})
	case off >= slow:
		e.add(Check{Name: "clock", Outcome: Warn, Detail: fmt.Sprintf("this machine's clock is off by %s: set it by NTP; from five minutes on Entra refuses to sign in", off.Round(time.Second))})
	default:
		e.add(Check{Name: "clock", Outcome: OK, Detail: "right within a minute"})
	}
}

// token signs in, looks at what was granted, and reads one page.
func (e *examination) token(ctx context.Context, t *tenants.Tenant) {
	var grants entra.Grants
	signedIn := e.try("token", func() (string, error) {
		var err error
		grants, err = t.Graph.Grants(ctx)
		return "signed in", err
	})
	if !signedIn {
		e.skip("permissions", "sign-ins")
		return
	}
	e.permissions(grants, func(permission string) string { return t.Graph.Missing(permission, grants).Do })
	e.try("sign-ins", func() (string, error) { return e.firstPage(ctx, t) })
}

// firstPage asks for one sign-in of either kind, as a scan would.
func (e *examination) firstPage(ctx context.Context, t *tenants.Tenant) (string, error) {
	const address = "/auditLogs/signIns?$top=1&$filter=signInEventTypes/any(t:%20t%20eq%20'interactiveUser'%20or%20t%20eq%20'nonInteractiveUser')"
	read := 0
	err := t.Graph.Get(ctx, entra.Beta, address, nil, func(body io.Reader) error {
		n, err := io.Copy(io.Discard, body)
		read = int(n)
		return err
	})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("the first page came, %d bytes", read), nil
}
