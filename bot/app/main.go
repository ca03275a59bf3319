// Package app puts the program together: it is the only place that knows every
// concrete type.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"legacyauth/adapters/terminal"
	"legacyauth/bot/cli"
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
	Demo     cli.Demo     `cmd:"" help:"Show the whole answer on an embedded sample tenant: no network, no account."`
	Scan     cli.Scan     `cmd:"" help:"Find the clients that still use legacy authentication in downloaded sign-in logs."`
	Explain  cli.Explain  `cmd:"" help:"Say what a user agent, an SMTP or EWS error or a sign-in code means."`
	Playbook cli.Playbook `cmd:"" help:"List, show and check the playbooks: the steps for each kind of device."`
	Version  cli.Version  `cmd:"" help:"Print the version."`
}

const about = `Finds every device and program of a Microsoft 365 tenant that still uses legacy authentication, and says what to do about each.

Examples:
  legacyauth demo
  legacyauth scan --from InteractiveSignIns.json --from NonInteractiveSignIns.csv --since 30d
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
	env := &cli.Env{Stdin: m.Stdin, Stdout: m.Stdout, Stderr: m.Stderr, Now: m.Now, Out: m.Out, Err: m.Err}
	code, exited := 0, false
	parser, err := m.parser(m.Stdout, func(c int) { code, exited = c, true })
	if err != nil {
		return m.fail(err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if exited {
		return code
	}
	if err != nil {
		return m.usage(err)
	}
	command.BindTo(ctx, (*context.Context)(nil))
	if err := command.Run(env); err != nil {
		return m.fail(err)
	}
	return cli.ExitDone
}

// parser understands the command line; help goes to out, and exit is called
// after it.
func (m *Main) parser(out io.Writer, exit func(int)) (*kong.Kong, error) {
	return kong.New(&grammar{},
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
	if errors.Is(err, context.Canceled) {
		_, _ = fmt.Fprintln(m.Stderr, "legacyauth: stopped before the end; nothing was written")
		return cli.ExitError
	}
	code := cli.ExitCode(err)
	if words := err.Error(); words != "" {
		_, _ = fmt.Fprintf(m.Stderr, "legacyauth: %s\n", words)
	}
	return code
}
