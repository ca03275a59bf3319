package cli

import (
	"errors"
	"fmt"

	"legacyauth/adapters/entra/appreg"
)

// EntraApp prints how to register the application in a tenant.
type EntraApp struct {
	As     string   `enum:"ps1,az,manifest" default:"ps1" help:"In which form: ${enum}. PowerShell 7, bash with the Azure CLI, or JSON for the portal."`
	Name   string   `default:"legacyauth" help:"Display name of the application."`
	Tenant string   `placeholder:"ID" help:"Stop when the script is run for another tenant than this id or domain."`
	Cloud  string   `enum:"global,usgov,usgovdod,china" default:"global" help:"The cloud the tenant lives in: ${enum}."`
	With   []string `placeholder:"PERMISSION" help:"Also ask for an optional permission: Policy.Read.All lets legacyauth check read Conditional Access."`
	Months int      `default:"12" help:"How long the certificate is valid, 1 to 24 months."`
}

// Help is the long help of the command.
func (EntraApp) Help() string {
	return `One app registration with the least permissions that work, all of them read-only, and a certificate. The script can be run again; it says how to undo what it does.

Examples:
  legacyauth entra-app > create-app.ps1
  legacyauth entra-app --as az --with Policy.Read.All > create-app.sh
  legacyauth entra-app --as manifest > manifest.json`
}

// Run prints the script, and what to do with it on standard error.
func (c *EntraApp) Run(env *Env) error {
	if c.Months == 0 {
		// The library takes 0 for its default; a person who writes it means none.
		return usageError{errors.New("a certificate of 0 months: choose 1 to 24 with --months")}
	}
	options := appreg.Options{Name: c.Name, Tenant: c.Tenant, Cloud: c.Cloud, With: c.With, Months: c.Months}
	text, err := appreg.Text(appreg.Form(c.As), options)
	if err != nil {
		return usageError{err}
	}
	next, err := appreg.Next(appreg.Form(c.As), options)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprint(env.Stdout, text); err != nil {
		return err
	}
	_, err = fmt.Fprint(env.Stderr, next)
	return err
}
