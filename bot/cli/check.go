package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"legacyauth/adapters/entra/settings"
	"legacyauth/adapters/export"
	"legacyauth/adapters/terminal"
	"legacyauth/bot/config"
	"legacyauth/bot/scan"
	"legacyauth/bot/tenants"
	"legacyauth/detect"
)

// Check says what a tenant's settings mean for the migration.
type Check struct {
	TenantFlags
	From           []string `sep:"none" placeholder:"FILE" help:"Hold the settings against the clients in these sign-in logs instead of scanning the tenant."`
	Since          Age      `default:"7d" placeholder:"AGE" help:"How far back to look for clients: 12h, 30d, 4w."`
	NoScan         bool     `help:"Look at the settings alone."`
	Exchange       string   `type:"existingfile" placeholder:"FILE" help:"Judge what the Exchange Online script wrote, too."`
	ExchangeScript bool     `help:"Print the read-only Exchange Online script that writes the file for --exchange, and stop."`
	Output         string   `short:"o" enum:"text,json" default:"text" help:"How to print: ${enum}."`
}

// Help is the long help of the command.
func (Check) Help() string {
	return `Reads the settings and changes nothing. Each answer is yes, no or cannot tell, with its evidence and the playbook that says what to do.

Graph cannot tell what Exchange Online allows. Run the script where you have Exchange Online PowerShell, and give its file to --exchange.

Examples:
  legacyauth check
  legacyauth check --exchange-script > read-exchange.ps1
  legacyauth check --exchange exchange.json --from InteractiveSignIns.json --from NonInteractiveSignIns.csv`
}

// checked is the JSON of one tenant.
type checked struct {
	Tenant string          `json:"tenant"`
	Error  string          `json:"error,omitempty"`
	Items  []settings.Item `json:"items"`
}

// Run judges each tenant. One that cannot be read is said, and the others are
// judged all the same.
func (c *Check) Run(ctx context.Context, env *Env) error {
	if c.ExchangeScript {
		_, err := io.WriteString(env.Stdout, settings.ExchangeScript())
		return err
	}
	exchange, err := c.exchange()
	if err != nil {
		return err
	}
	opener, chosen, err := c.opened(env, quiet)
	if err != nil {
		return err
	}
	if c.Exchange != "" && len(chosen) > 1 {
		return usageError{errors.New("--exchange is about one tenant: name it with --tenant")}
	}
	results, failed := make([]checked, len(chosen)), false
	for i, t := range chosen {
		results[i] = checked{Tenant: t.Name, Items: []settings.Item{}}
		items, err := c.judge(ctx, env, opener, t, exchange)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			results[i].Error, failed = explained(err), true
			continue
		}
		results[i].Items = items
	}
	if err := c.print(env, results); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	if failed {
		return exit(ExitError)
	}
	return nil
}

func (c *Check) exchange() (settings.Exchange, error) {
	if c.Exchange == "" {
		return settings.Exchange{}, nil
	}
	file, err := os.Open(c.Exchange)
	if err != nil {
		return settings.Exchange{}, err
	}
	defer func() { _ = file.Close() }()
	read, err := settings.ReadExchange(file)
	if err != nil {
		return settings.Exchange{}, fmt.Errorf("%s: %w", c.Exchange, err)
	}
	return read, nil
}

func (c *Check) judge(ctx context.Context, env *Env, opener *tenants.Opener, t config.Tenant, exchange settings.Exchange) ([]settings.Item, error) {
	opened, err := opener.Open(t)
	if err != nil {
		return nil, err
	}
	expectations, err := t.Expectations()
	if err != nil {
		return nil, err
	}
	facts, err := settings.Read(ctx, tenants.V1{Graph: opened.Graph}, t.ClientID)
	if err != nil {
		return nil, err
	}
	facts.Exchange = exchange
	clients, err := c.clients(ctx, env, opened)
	if err != nil {
		return nil, err
	}
	return settings.Judge(facts, clients, expectations), nil
}

// clients are what the settings are held against; nil when nothing is scanned.
func (c *Check) clients(ctx context.Context, env *Env, t *tenants.Tenant) ([]detect.Client, error) {
	if c.NoScan {
		return nil, nil
	}
	window := scan.Since(env.Now(), time.Duration(c.Since))
	var source scan.Source = t.Source(window, false, nil)
	if len(c.From) > 0 {
		inputs, err := export.Inputs(c.From, env.Stdin)
		if err != nil {
			return nil, err
		}
		source = files{inputs: inputs}
	}
	fold := detect.NewFold(window)
	if _, err := source.SignIns(ctx, fold.AddAll); err != nil {
		return nil, err
	}
	return append([]detect.Client{}, fold.Clients()...), nil
}

func (c *Check) print(env *Env, results []checked) error {
	if c.Output == "json" {
		enc := json.NewEncoder(env.Stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(results)
	}
	for _, r := range results {
		if err := terminal.Render(env.Stdout, checkCard(r), env.Out); err != nil {
			return err
		}
	}
	return nil
}
