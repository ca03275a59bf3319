// Package app puts the program together: it is the only place that knows every
// concrete type.
package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/signins"
	"legacyauth/adapters/terminal"
	"legacyauth/bot/cli"
	"legacyauth/bot/serve"
)

// Main is the program with everything it touches from outside, so that tests
// run the same program as people do.
type Main struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// Now is the clock.
	Now func() time.Time
	// Out and Err say how to print to Stdout and Stderr.
	Out, Err terminal.Options
	// Entra is what tests change of how a tenant is reached.
	Entra entra.Options
	// Platforms are further ones that tests have serve work with.
	Platforms []serve.Platform
}

// New gives the program as it runs in a process.
func New() *Main {
	return &Main{
		Stdin:  os.Stdin,
		Stdout: os.Stdout,
		Stderr: os.Stderr,
		Now:    time.Now,
		Out:    terminal.Detect(os.Stdout, os.Environ()),
		Err:    terminal.Detect(os.Stderr, os.Environ()),
	}
}

// grammar is the command line.
type grammar struct {
	Version  kong.VersionFlag `name:"version" help:"Print the version and stop."`
	LogLevel string           `default:"warn" enum:"debug,info,warn,error" env:"LEGACYAUTH_LOG" help:"How much to log on standard error: ${enum}."`

	Demo        cli.Demo        `cmd:"" help:"Show the whole answer on an embedded sample tenant: no network, no account."`
	Scan        cli.Scan        `cmd:"" help:"Find the clients that still use legacy authentication, in downloaded sign-in logs or in the tenant itself."`
	Check       cli.Check       `cmd:"" help:"Say what a tenant's settings mean for the migration."`
	Doctor      cli.Doctor      `cmd:"" help:"Try every prerequisite of scanning a tenant, each with its fix."`
	EntraApp    cli.EntraApp    `cmd:"" name:"entra-app" help:"Print how to register the application in a tenant."`
	Manifest    cli.Manifest    `cmd:"" help:"Print how to make the bot's app on a chat platform."`
	Serve       cli.Serve       `cmd:"" help:"Keep watch: scan tenants on their schedules, remember every client and send what is news."`
	Status      cli.Status      `cmd:"" help:"Show how the watch stands."`
	Schedule    cli.Schedule    `cmd:"" help:"List when each tenant is scanned next."`
	Chat        cli.Chat        `cmd:"" help:"Answer at this terminal what the bot answers in chat."`
	Roles       cli.Roles       `cmd:"" help:"Show who may do what in chat."`
	Link        cli.Link        `cmd:"" help:"Say which account people in chat have: list, import, remove."`
	Alerts      cli.Alerts      `cmd:"" help:"List, add and remove the places that hear what is news."`
	Notify      cli.Notify      `cmd:"" help:"Tell one person about their devices."`
	Campaign    cli.Campaign    `cmd:"" help:"Tell many people, with manners: status, start, confirm, pause, resume, stop, report."`
	Block       cli.Block       `cmd:"" help:"Print the commands that block legacy authentication for a pilot, and say what came of it."`
	Export      cli.Export      `cmd:"" help:"Write what a campaign came to as a workbook, tables or a page to print."`
	Unreachable cli.Unreachable `cmd:"" help:"List who cannot be messaged, with a mail for each to send instead."`
	Audit       cli.Audit       `cmd:"" help:"List and verify the trail of who did what, when and why."`
	Backup      cli.Backup      `cmd:"" help:"Copy the database while it is in use."`
	Purge       cli.Purge       `cmd:"" help:"Remove what is known of a user, or old history."`
	Bench       cli.Bench       `cmd:"" help:"Compare the speed and the answer with those of DuckDB, jq, Python and PowerShell, on your own log."`
	Explain     cli.Explain     `cmd:"" help:"Say what a user agent, an SMTP or EWS error or a sign-in code means."`
	Playbook    cli.Playbook    `cmd:"" help:"List, show and check the playbooks: the steps for each kind of device."`
	Versions    cli.Version     `cmd:"" name:"version" help:"Print the version."`
}

const about = `Finds every device and program of a Microsoft 365 tenant that still uses legacy authentication, and says what to do about each.

Examples:
  legacyauth demo
  legacyauth scan --from InteractiveSignIns.json --from NonInteractiveSignIns.csv --since 30d
  legacyauth scan --since 7d
  legacyauth serve
  legacyauth explain 'Apple-iPhone12C1/1907.71'

Exit codes: 0 done, 1 error, 2 wrong usage, 3 coverage incomplete, 4 found what --fail-on names.`

// Run carries out one command line and gives the exit code; see cli.ExitCode.
func (m *Main) Run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return m.RunContext(ctx, args)
}

// RunContext is Run until ctx ends.
func (m *Main) RunContext(ctx context.Context, args []string) int {
	flags := &grammar{}
	level := &slog.LevelVar{}
	env := &cli.Env{Log: slog.New(slog.NewTextHandler(m.Stderr, &slog.HandlerOptions{Level: level})), Stdin: m.Stdin, Stdout: m.Stdout, Stderr: m.Stderr, Now: m.Now, Out: m.Out, Err: m.Err, Entra: m.Entra, Platforms: m.Platforms}
	code, exited := 0, false
	parser, err := m.parser(flags, m.Stdout, func(c int) { code, exited = c, true })
	if err != nil {
		return m.fail(err)
	}
	if len(args) == 0 {
		args = []string{"help"}
	}
	if args[0] == "help" {
		args = append(args[1:len(args):len(args)], "--help")
	}
	command, err := parser.Parse(pasted(args))
	if exited {
		return code
	}
	if err != nil {
		return m.usage(err)
	}
	if err := level.UnmarshalText([]byte(flags.LogLevel)); err != nil {
		return m.usage(err)
	}
	command.BindTo(ctx, (*context.Context)(nil))
	answer := &counted{w: m.Stdout}
	env.Stdout = answer
	if err := command.Run(env); err != nil {
		if words := err.Error(); words != "" && answer.n == 0 && asksJSON(command) {
			_ = json.NewEncoder(m.Stdout).Encode(map[string]string{"error": words})
		}
		return m.fail(err)
	}
	return cli.ExitDone
}

// asksJSON says whether the answer is for a program, which then finds the reason
// of a failure as JSON too.
func asksJSON(command *kong.Context) bool {
	for _, f := range command.Flags() {
		if f.Name == "output" {
			form, _ := command.FlagValue(f).(string)
			return form == "json" || form == "ndjson"
		}
	}
	return false
}

// counted knows how much was written.
type counted struct {
	w io.Writer
	n int
}

// Write writes to w.
func (c *counted) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += n
	return n, err
}

// pasted keeps the POP3 error "-ERR …" that somebody pastes after explain from
// being taken for a flag.
func pasted(args []string) []string {
	args = slices.Clone(args)
	for i, a := range args {
		if args[0] == "explain" && strings.HasPrefix(a, "-ERR") {
			args[i] = " " + a
		}
	}
	return args
}

// parser understands the command line; help goes to out, and exit is called
// after it.
func (m *Main) parser(flags *grammar, out io.Writer, exit func(int)) (*kong.Kong, error) {
	return kong.New(flags,
		kong.Vars{"version": cli.VersionText()},
		kong.Name("legacyauth"),
		kong.Description(about),
		kong.Writers(out, m.Stderr),
		kong.Exit(exit),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
	)
}

// usage explains a command line that cannot be understood.
func (m *Main) usage(err error) int {
	help := "legacyauth --help"
	var parse *kong.ParseError
	if errors.As(err, &parse) && parse.Context != nil && parse.Context.Selected() != nil {
		help = "legacyauth " + parse.Context.Selected().Path() + " --help"
	}
	_, _ = fmt.Fprintf(m.Stderr, "legacyauth: %v\nSee: %s\n", err, help)
	return cli.ExitUsage
}

func (m *Main) fail(err error) int {
	var stopped *signins.StoppedError
	if errors.Is(err, context.Canceled) && !errors.As(err, &stopped) {
		_, _ = fmt.Fprintln(m.Stderr, "legacyauth: stopped before the end; nothing was written")
		return cli.ExitError
	}
	code := cli.ExitCode(err)
	if words := err.Error(); words != "" {
		_, _ = fmt.Fprintf(m.Stderr, "legacyauth: %s\n", words)
	}
	return code
}
