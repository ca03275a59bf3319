package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"legacyauth/bot/config"
	"legacyauth/bot/report"
	"legacyauth/bot/scan"
	"legacyauth/bot/tenants"
	"legacyauth/playbooks"
)

// tenants scans the tenants of the configuration, one after another. One that
// fails is said, and the others are answered all the same.
func (c *Scan) tenants(ctx context.Context, env *Env, library *playbooks.Library) error {
	progress := &tenantProgress{env: env, began: env.Now()}
	opener, chosen, err := c.opened(env, progress.waiting)
	if err != nil {
		return err
	}
	c.contact = opener.Config.Contact
	var answers []report.Tenant
	for _, t := range chosen {
		progress.name = t.Name
		result, err := c.tenant(ctx, env, opener, t, library, progress)
		progress.clear()
		if ctx.Err() != nil {
			return err
		}
		answers = append(answers, report.Tenant{Name: t.Name, Result: result, Err: err})
	}
	return c.answer(env, answers)
}

func (c *Scan) tenant(ctx context.Context, env *Env, opener *tenants.Opener, t config.Tenant, library *playbooks.Library, progress *tenantProgress) (scan.Result, error) {
	opened, err := opener.Open(t)
	if err != nil {
		return scan.Result{}, err
	}
	now := env.Now()
	window := scan.Since(now, time.Duration(c.Since))
	return scan.Pass{
		Sources: []scan.Source{opened.Source(window, c.V1, progress.came)},
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
	for _, a := range answers {
		if a.Err != nil {
			_, _ = fmt.Fprintf(env.Stderr, "legacyauth: tenant %s: %s\n", a.Name, explained(a.Err))
			return exit(ExitError)
		}
		if err := c.exit(a.Result); err != nil && (worst == nil || ExitCode(err) > ExitCode(worst)) {
			worst = err
		}
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
	for _, a := range answers {
		if a.Err != nil {
			continue
		}
		if err := c.print(env, a.Result, env.Now()); err != nil {
			return err
		}
	}
	return nil
}
