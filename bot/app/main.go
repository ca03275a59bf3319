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

// Run carries out one command line and gives the exit code; see cli.ExitCode.
func (m *Main) Run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return m.RunContext(ctx, args)
}

// RunContext is Run until ctx ends.
func (m *Main) RunContext(ctx context.Context, args []string) int {
	heap := cli.StartHeap()
	defer heap.Back()
	level := &slog.LevelVar{}
	env := &cli.Env{Log: slog.New(slog.NewTextHandler(m.Stderr, &slog.HandlerOptions{Level: level})), Stdin: m.Stdin, Stdout: m.Stdout, Stderr: m.Stderr, Now: m.Now, Out: m.Out, Err: m.Err, Entra: m.Entra, Platforms: m.Platforms, Heap: heap}
	code, exited := 0, false
	flags, global := grammarFor(args)
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
	if err := level.UnmarshalText([]byte(global.LogLevel)); err != nil {
		return m.usage(err)
	}
	if !readsLogs(command) {
		heap.Back()
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
func (m *Main) parser(flags any, out io.Writer, exit func(int)) (*kong.Kong, error) {
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
