// Package tenants opens the tenants of the configuration for reading: each with
// its own credential, its own state and its own coverage, so that one tenant's
// failure never hides another's result.
package tenants

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/signins"
	"legacyauth/bot/config"
	"legacyauth/detect"
	"legacyauth/detect/logrow"
)

// Opener opens tenants that share one request budget.
type Opener struct {
	Config config.Config
	// Notify hears what is being waited for; Prompt shows a device code.
	Notify func(what string)
	Prompt config.Prompt
	// Now is the clock.
	Now func() time.Time
	// Options are what tests and the demonstration change: addresses, trusted
	// certificates and the budget, which is the tenants' own unless it is set.
	Options entra.Options

	budget entra.Budget
}

// Tenant is one opened tenant.
type Tenant struct {
	config.Tenant
	Graph *entra.Graph

	state, passes string
	now           func() time.Time
}

// Open reads the tenant's credential and gets ready; it asks nobody yet.
func (o *Opener) Open(t config.Tenant) (*Tenant, error) {
	if err := t.Wrong(); err != nil {
		return nil, err
	}
	named, err := t.Entra(o.Prompt)
	if err != nil {
		return nil, err
	}
	options := o.Options
	options.Notify, options.Now = o.Notify, o.Now
	options.Budget = cmp.Or(options.Budget, &o.budget)
	options.CacheDir = cmp.Or(options.CacheDir, filepath.Join(o.Config.State, "tokens"))
	options.Agent = Agent()
	if key := o.Config.CacheKey; key.Env != "" || key.File != "" {
		if options.CacheKey, err = (entra.Source{Env: key.Env, File: key.File}).Read(); err != nil {
			return nil, err
		}
	}
	graph, err := entra.Open(named, options)
	if err != nil {
		return nil, err
	}
	kept := func(what string) string { return filepath.Join(o.Config.State, what, t.Name) }
	return &Tenant{Tenant: t, Graph: graph, state: kept(scansDir), passes: kept(passesDir), now: o.Now}, nil
}

// Source gives the tenant's sign-ins inside the window. With interactiveOnly it
// asks v1.0, which has no others.
func (t *Tenant) Source(w detect.Window, interactiveOnly bool, progress func(signins.Progress)) Source {
	decoder := logrow.NewDecoder()
	decoder.Whole = true // one user's modern sign-ins are told apart by their agents
	return Source{&signins.Source{
		Name: t.Name, Tenant: t.TenantID, Graph: t.Graph,
		Decode: decoder.Decode,
		Window: w, InteractiveOnly: interactiveOnly, Dir: t.state, Progress: progress, Now: t.now,
	}}
}

// Passing is Source for a look that keeps nothing and touches nothing that a
// stopped scan has kept.
func (t *Tenant) Passing(w detect.Window) Source {
	s := t.Source(w, false, nil)
	s.Dir = ""
	return s
}

// Watched is Source for a pass that is recorded elsewhere. What it has read is
// kept, apart from what scans keep, until Forget.
func (t *Tenant) Watched(w detect.Window) Source {
	s := t.Source(w, false, nil)
	s.Dir, s.Keep = t.passes, true
	return s
}

// Source is a tenant's sign-in log as a scan takes it.
type Source struct{ *signins.Source }

// SignIns reads the log; see signins.Source.
func (s Source) SignIns(ctx context.Context, sink func([]detect.SignIn) error) ([]detect.Part, error) {
	part, err := s.Source.SignIns(ctx, sink)
	if err != nil {
		return nil, err
	}
	return []detect.Part{part}, nil
}

// V1 is the tenant's Graph as the settings reader takes it.
type V1 struct{ *entra.Graph }

// JSON asks v1.0.
func (v V1) JSON(ctx context.Context, path string, into any) error {
	return v.Graph.JSON(ctx, entra.V1, path, into)
}

// Ask shows a device code on w's behalf: print is given the sentence.
func Ask(print func(string)) config.Prompt {
	return func(_ context.Context, p entra.Prompt) error {
		if len(p.Without) > 0 {
			print("Consent does not cover " + strings.Join(p.Without, ", ") + "; the next code asks without, and what it reads will be missing.")
		}
		print(fmt.Sprintf("To sign in, open %s and enter the code %s (valid until %s).", p.URL, p.Code, p.Expires.Format(time.Kitchen)))
		return nil
	}
}

// Agent names the program and its version to servers: "legacyauth/v1.2.3".
func Agent() string {
	version := "dev"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		version = info.Main.Version
	}
	return "legacyauth/" + version
}
