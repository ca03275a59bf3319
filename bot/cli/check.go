package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"legacyauth/adapters/entra/settings"
	"legacyauth/adapters/export"
	"legacyauth/adapters/terminal"
	"legacyauth/bot/config"
	"legacyauth/bot/report"
	"legacyauth/bot/scan"
	"legacyauth/bot/tenants"
	"legacyauth/detect"
	"legacyauth/playbooks/card"
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
  legacyauth check --exchange exchange.json --from InteractiveSignIns.json --from NonInteractiveSignIns.csv

Exit codes: 0 done, 1 something could not be read, 2 wrong usage, 3 coverage incomplete or a setting that cannot be told (what only Exchange Online tells does not count).`
}

// checked is the JSON of one tenant.
type checked struct {
	Tenant string          `json:"tenant"`
	Error  string          `json:"error,omitempty"`
	Items  []settings.Item `json:"items"`
	// Scan is what the clients come from; absent where none was made.
	Scan *report.Coverage `json:"scan,omitempty"`
	// Coverage says the same to people.
	Coverage []card.Block `json:"-"`

	code int
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
	opener, chosen, err := c.opened(env, func(what string) { env.Log.Info("waiting", "what", what) })
	if err != nil {
		return err
	}
	if c.Exchange != "" && len(chosen) > 1 {
		return usageError{errors.New("--exchange is about one tenant: name it with --tenant")}
	}
	results, code := make([]checked, len(chosen)), ExitDone
	for i, t := range chosen {
		results[i] = c.tenant(ctx, env, opener, t, exchange)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		code = worse(code, results[i].code)
	}
	if err := c.print(env, results); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	if code != ExitDone {
		return exit(code)
	}
	return nil
}

// worse gives the graver of two exit codes: an error, then a gap.
func worse(a, b int) int {
	for _, code := range []int{ExitError, ExitIncomplete} {
		if a == code || b == code {
			return code
		}
	}
	return ExitDone
}

// tenant judges one tenant. Settings are judged even when the sign-ins cannot be
// read: a tenant without a license has settings too.
func (c *Check) tenant(ctx context.Context, env *Env, opener *tenants.Opener, t config.Tenant, exchange settings.Exchange) checked {
	result := checked{Tenant: t.Name, Items: []settings.Item{}}
	failed := func(err error) checked {
		result.Error, result.code = explained(err), ExitError
		return result
	}
	opened, err := opener.Open(t)
	if err != nil {
		return failed(err)
	}
	expectations, err := t.Expectations()
	if err != nil {
		return failed(err)
	}
	facts, err := settings.Read(ctx, tenants.V1{Graph: opened.Graph}, t.ClientID)
	if err != nil {
		return failed(err)
	}
	facts.Exchange = exchange
	clients := c.clients(ctx, env, opened, &result)
	result.Items = append(result.Items, settings.Judge(facts, clients, expectations)...)
	for _, i := range result.Items {
		if i.Answer == settings.CannotTell && c.expected(i.ID) {
			result.code = worse(result.code, ExitIncomplete)
		}
	}
	return result
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

// expected says whether an item should have been told with what was given.
func (c *Check) expected(id string) bool {
	switch {
	case strings.HasPrefix(id, "exchange."):
		return false
	case id == "in-use":
		return !c.NoScan && c.Exchange != ""
	case id == "report-only":
		return !c.NoScan
	}
	return true
}

// clients are what the settings are held against; nil when nothing is scanned
// or the scan fails, which is an item of its own.
func (c *Check) clients(ctx context.Context, env *Env, t *tenants.Tenant, result *checked) []detect.Client {
	if c.NoScan {
		return nil
	}
	scanned, err := c.scan(ctx, env, t)
	if err != nil {
		result.code = ExitError
		result.Items = append(result.Items, settings.Item{
			ID: "sign-ins", Title: "The sign-ins could be read", Answer: settings.No, Severity: settings.Problem,
			Evidence: []string{explained(err), "The settings below are judged without clients; --no-scan leaves the sign-ins out."},
		})
		return nil
	}
	if !scanned.Coverage.Complete {
		result.code = worse(result.code, ExitIncomplete)
	}
	result.Scan, result.Coverage = report.CoverageOf(scanned.Coverage), report.CoverageBlocks(scanned.Coverage)
	clients := make([]detect.Client, len(scanned.Findings))
	for i, f := range scanned.Findings {
		clients[i] = f.Client
	}
	return clients
}

func (c *Check) scan(ctx context.Context, env *Env, t *tenants.Tenant) (scan.Result, error) {
	library, err := openLibrary(env, "")
	if err != nil {
		return scan.Result{}, err
	}
	now := env.Now()
	window := scan.Since(now, time.Duration(c.Since))
	var source scan.Source = t.Passing(window)
	if len(c.From) > 0 {
		inputs, err := export.Inputs(c.From, env.Stdin)
		if err != nil {
			return scan.Result{}, err
		}
		source = files{inputs: inputs}
	}
	return scan.Pass{Sources: []scan.Source{source}, Window: window, Library: library, Today: now}.Run(ctx)
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
