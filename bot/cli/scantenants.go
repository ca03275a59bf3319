package cli

import (
	"context"
	"errors"
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
			answers[i] = report.Tenant{Name: t.Name, Result: result, Err: err}
		})
	}
	scans.Wait()
	screen.clear()
	return c.answer(env, answers)
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
func (c *Scan) answer(env *Env, answers []report.Tenant) error {
	if len(answers) == 1 {
		if answers[0].Err != nil {
			return errors.New(explained(answers[0].Err))
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
	failed := false
	for _, a := range answers {
		if a.Err != nil {
			_, _ = fmt.Fprintf(env.Stderr, "legacyauth: tenant %s: %s\n", a.Name, explained(a.Err))
			failed = true
			continue
		}
		if err := c.exit(a.Result); err != nil && (worst == nil || ExitCode(err) > ExitCode(worst)) {
			worst = err
		}
	}
	if failed {
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
	var all scan.Result
	for _, a := range answers {
		if a.Err == nil {
			all.Findings = append(all.Findings, a.Result.Findings...)
		}
	}
	if c.Output == "csv" {
		return report.CSV(env.Stdout, all)
	}
	for _, a := range answers {
		if a.Err == nil {
			if err := report.NDJSON(env.Stdout, a.Result); err != nil {
				return err
			}
		}
	}
	return nil
}
