package cli

import (
	"context"
	"fmt"
	"sync"
	"time"

	"legacyauth/bot/config"
	"legacyauth/bot/report"
	"legacyauth/bot/scan"
	"legacyauth/bot/tenants"
	"legacyauth/playbooks"
)

// tenants scans the tenants of the configuration side by side, so that one that
// is throttled holds up no other. One that fails is said, and the others are
// answered all the same.
func (c *Scan) tenants(ctx context.Context, env *Env, library *playbooks.Library) error {
	screen := &screen{env: env, began: env.Now()}
	opener, chosen, err := c.opened(env, func(what string) { screen.show("", what) })
	if err != nil {
		return err
	}
	c.contact = opener.Config.Contact
	answers := make([]report.Tenant, len(chosen))
	var scans sync.WaitGroup
	for i, t := range chosen {
		scans.Go(func() {
			result, err := c.tenant(ctx, env, opener, t, library, screen)
			answers[i] = report.Tenant{Name: t.Name, Result: result, Err: inWords(err)}
		})
	}
	scans.Wait()
	screen.clear()
	return c.answer(ctx, env, answers)
}

func (c *Scan) tenant(ctx context.Context, env *Env, opener *tenants.Opener, t config.Tenant, library *playbooks.Library, screen *screen) (scan.Result, error) {
	opened, err := opener.Open(t)
	if err != nil {
		return scan.Result{}, err
	}
	now := env.Now()
	window := scan.Since(now, time.Duration(c.Since))
	return scan.Pass{
		Sources: []scan.Source{opened.Source(window, c.V1, screen.of(t.Name))},
		Window:  window, Today: now, Library: library,
	}.Run(ctx)
}

// answer prints what was found; the gravest outcome of a tenant decides the
// exit code.
func (c *Scan) answer(ctx context.Context, env *Env, answers []report.Tenant) error {
	if len(answers) == 1 {
		if answers[0].Err != nil {
			return answers[0].Err
		}
		if err := c.print(env, answers[0].Result, env.Now()); err != nil {
			return err
		}
		return c.exit(answers[0].Result)
	}
	if err := c.printAll(env, answers); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	var worst error
	var failed []string
	for _, a := range answers {
		if a.Err != nil {
			_, _ = fmt.Fprintf(env.Stderr, "legacyauth: tenant %s: %v\n", a.Name, a.Err)
			failed = append(failed, a.Name)
			continue
		}
		if c.Output == "csv" {
			// The table holds clients only.
			_, _ = fmt.Fprintf(env.Stderr, "Tenant %s\n", a.Name)
			if err := report.CoverageText(env.Stderr, env.Err, a.Result.Coverage); err != nil {
				return err
			}
		}
		if err := c.exit(a.Result); err != nil && (worst == nil || ExitCode(err) > ExitCode(worst)) {
			worst = err
		}
	}
	if len(failed) > 0 {
		if ctx.Err() != nil {
			stoppedAt(env, "scan", failed)
		}
		return exit(ExitError)
	}
	return worst
}

func (c *Scan) printAll(env *Env, answers []report.Tenant) error {
	switch c.Output {
	case "json":
		return report.TenantsJSON(env.Stdout, answers)
	case "text":
		return report.TenantsText(env.Stdout, env.Out, answers, env.Now())
	}
	if c.Output == "csv" {
		return tenantsCSV(env.Stdout, answers)
	}
	return tenantsNDJSON(env.Stdout, answers)
}
