package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"legacyauth/adapters/entra/settings"
	"legacyauth/adapters/export"
	"legacyauth/adapters/terminal"
	"legacyauth/bot/checkup"
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
	Exchange       string   `type:"existingfile" placeholder:"FILE" help:"Judge what the Exchange Online script wrote, too, and keep it for campaigns."`
	NoStore        bool     `help:"Do not keep what the Exchange file says."`
	Database       string   `env:"LEGACYAUTH_DATABASE" placeholder:"DATABASE" help:"Where that is kept: a SQLite file or a postgres:// address, in place of the one in the configuration."`
	ExchangeScript bool     `help:"Print the read-only Exchange Online script that writes the file for --exchange, and stop."`
	Output         string   `short:"o" enum:"text,json" default:"text" help:"How to print: ${enum}."`
}

// Help is the long help of the command.
func (Check) Help() string {
	return `Reads the settings and changes nothing in the tenant. Items stand most urgent first, each under its word: problem (red: act), warning (look at it before the next step), cannot tell (with what it takes to tell), notice, fine. Each has its evidence and the playbook that says what to do; --output json carries the word as "severity" and the answer as "answer".

Graph cannot tell what Exchange Online allows. Run the script where you have Exchange Online PowerShell, and give its file to --exchange. Where legacyauth serve has a database, each answer of the file is kept there with its date (no names or addresses): messages to people that a red one would make useless are held back, the dry run of a campaign says so, and the next file that is in order lets them go. After 30 days a file counts as unread. With several tenants name the one that it is about.

Examples:
  legacyauth check
  legacyauth check --exchange-script > read-exchange.ps1
  legacyauth check --exchange legacyauth-exchange.json --tenant contoso
  legacyauth check --exchange legacyauth-exchange.json --no-store --from InteractiveSignIns.json --from NonInteractiveSignIns.csv

Exit codes: 0 everything could be told, whatever it says; 1 a tenant could not be read, or what the file said not be kept in the database; 2 wrong usage; 3 coverage incomplete or a setting that cannot be told (what only Exchange Online tells does not count). With several tenants the gravest counts.`
}

// checked is a tenant's answer and the exit code that it asks for.
type checked struct {
	checkup.Result
	code int
	// foreign says that the Exchange file is of another tenant.
	foreign bool
}

// Run judges each tenant. One that cannot be read is said, and the others are
// judged all the same.
func (c *Check) Run(ctx context.Context, env *Env) error {
	err := c.run(ctx, env)
	var done exit
	if c.Output == "json" && err != nil && !errors.As(err, &done) {
		// A program that reads the answer finds the reason where it looks.
		if err := c.print(env, []checked{{Result: checkup.Result{Error: explained(err), Items: []settings.Item{}}}}); err != nil {
			return err
		}
	}
	return err
}

func (c *Check) run(ctx context.Context, env *Env) error {
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
	if c.Exchange != "" && len(chosen) != 1 {
		return usageError{errors.New("--exchange is about one tenant: name it with --tenant")}
	}
	results, code := make([]checked, len(chosen)), ExitDone
	var unanswered []string
	for i, t := range chosen {
		if ctx.Err() == nil {
			results[i] = c.tenant(ctx, env, opener, t, exchange)
		}
		if ctx.Err() != nil {
			results[i] = checked{Result: checkup.Result{Tenant: t.Name, Error: "Stopped before the end: run the same command again.", Items: []settings.Item{}}, code: ExitError}
			unanswered = append(unanswered, t.Name)
		}
		code = worse(code, results[i].code)
	}
	if len(unanswered) > 0 {
		defer stoppedAt(env, "check", unanswered)
	}
	if err := c.print(env, results); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	if c.Exchange != "" && ctx.Err() == nil && !results[0].foreign {
		if err := c.keep(ctx, env, opener.Config, chosen[0], exchange); err != nil {
			// The answer stands, and nothing may follow it where it is JSON.
			_, _ = fmt.Fprintf(env.Stderr, "legacyauth check: %v\n", err)
			code = worse(code, ExitError)
		}
	}
	if code != ExitDone {
		return exit(code)
	}
	return nil
}

const foreignFile = "The file given with --exchange is of another organization: its name is none of this tenant's domains. Name the tenant that it is of with --tenant, or run the script in this one."

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
	result := checked{Result: checkup.Result{Tenant: t.Name, Items: []settings.Item{}}}
	failed := func(err error) checked {
		result.Error, result.code = explained(err), ExitError
		return result
	}
	if t.Folder != "" && c.Exchange != "" && t.Wrong() == nil {
		return c.fileAlone(result, exchange)
	}
	opened, err := opener.Open(t)
	if err != nil {
		return failed(err)
	}
	facts, err := checkup.Read(ctx, opened)
	if err != nil {
		return failed(err)
	}
	if c.Exchange != "" && exchange.Foreign(settings.ReadDomains(ctx, tenants.V1{Graph: opened.Graph})) {
		result.Error, result.code, result.foreign = foreignFile, ExitError, true
		return result
	}
	facts.Exchange = exchange
	clients := c.clients(ctx, env, opened, &result)
	if err := result.Judge(opened, facts, clients); err != nil {
		return failed(err)
	}
	for _, i := range result.Items {
		if i.Answer == settings.CannotTell && c.expected(i.ID) {
			result.code = worse(result.code, ExitIncomplete)
		}
	}
	return result
}

// fileAlone judges what the Exchange file says of a tenant that is known from a
// folder of exports, and so cannot be asked.
func (c *Check) fileAlone(result checked, exchange settings.Exchange) checked {
	result.Items = settings.JudgeExchange(exchange)
	slices.SortStableFunc(result.Items, checkup.ByUrgency)
	result.Coverage = []card.Block{card.Para{Spans: []card.Span{card.Text("Only what the file says of Exchange Online: a tenant that is known from a folder of exports cannot be asked.")}}}
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
		source = files{inputs: inputs, window: &window}
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
		if err := terminal.Render(env.Stdout, r.Card(), env.Out); err != nil {
			return err
		}
	}
	return nil
}
