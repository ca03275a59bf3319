package cli

import (
	"context"
	"encoding/json"
	"fmt"

	"legacyauth/adapters/terminal"
	"legacyauth/bot/doctor"
	"legacyauth/bot/tenants"
	"legacyauth/playbooks/card"
)

// Doctor tries every prerequisite of a scan.
type Doctor struct {
	TenantFlags
	Output string `short:"o" enum:"text,json" default:"text" help:"How to print: ${enum}."`
}

// Help is the long help of the command.
func (Doctor) Help() string {
	return `Tries the configuration, the credential, the network, the clock, the token, each permission and the first page of sign-ins, and says how to mend what fails.

Examples:
  legacyauth doctor
  legacyauth doctor --tenant contoso --output json

Exit codes: 0 a scan would work, 1 it would not.`
}

// Run examines each tenant.
func (c *Doctor) Run(ctx context.Context, env *Env) error {
	opener, chosen, err := c.opened(env, quiet)
	if err != nil {
		return err
	}
	found := make([]doctor.Tenant, len(chosen))
	works := true
	for i, t := range chosen {
		found[i] = doctor.Examine(ctx, t.Name, env.Now, func() (*tenants.Tenant, error) { return opener.Open(t) })
		works = works && found[i].Works()
	}
	if c.Output == "json" {
		enc := json.NewEncoder(env.Stdout)
		enc.SetIndent("", "  ")
		err = enc.Encode(found)
	} else {
		err = doctorTable(found).Write(env.Stdout, env.Out)
	}
	if err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	if !works {
		return exit(ExitError)
	}
	return nil
}

func doctorTable(found []doctor.Tenant) terminal.Table {
	t := terminal.Table{Columns: []terminal.Column{
		{Head: "Check"}, {Head: "Result"}, {Head: "Took", Align: terminal.Right}, {Head: "Detail"},
	}}
	for _, tenant := range found {
		g := terminal.Group{Title: []card.Span{card.Value(tenant.Name)}}
		for _, c := range tenant.Checks {
			g.Rows = append(g.Rows, [][]card.Span{
				{card.Text(c.Name)}, {card.Text(string(c.Outcome))}, {card.Text(took(c.Took))}, {card.Value(c.Detail)},
			})
		}
		t.Groups = append(t.Groups, g)
	}
	return t
}
