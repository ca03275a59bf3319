package app

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/bot/cli"
)

// TestVersionOnly holds the grammar of the version alone to the whole one.
func TestVersionOnly(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"version"}, {"--version"}, {"--version", "scan"}, {"version", "--help"}, {"version", "x"}} {
		run := func(flags any) (out bytes.Buffer, command string, exited bool) {
			parser, err := (&Main{Stderr: &out}).parser(flags, &out, func(int) { exited = true })
			if err != nil {
				t.Fatal(err)
			}
			parsed, err := parser.Parse(args)
			switch {
			case exited: // before any command was looked for
			case err != nil:
				out.WriteString(err.Error())
			default:
				command = parsed.Command()
			}
			return out, command, exited
		}
		chosen, _ := grammarFor(args)
		want, wantCommand, wantExited := run(&grammar{})
		got, gotCommand, gotExited := run(chosen)
		if got.String() != want.String() || gotCommand != wantCommand || gotExited != wantExited {
			t.Errorf("%q: %q %q %v, want %q %q %v", args, got.String(), gotCommand, gotExited, want.String(), wantCommand, wantExited)
		}
	}
}

// TestScanOnly holds the grammar of a scan alone to the whole one: the same help,
// the same mistakes, the same command.
func TestScanOnly(t *testing.T) {
	t.Parallel()
	type told struct {
		Out, Err, Command string
		Scan              cli.Scan
		LogLevel          string
	}
	for name, args := range map[string][]string{
		"help":                {"scan", "--help"},
		"files":               {"scan", "a.json", "--from", "b.csv", "-o", "json", "--log-level", "info"},
		"version":             {"scan", "--version"},
		"unknown flag":        {"scan", "--form", "x"},
		"unknown value":       {"scan", "-o", "xml"},
		"a value that is not": {"scan", "--since", "soon"},
		"another command":     {"scan", "serve"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			parse := func(flags any, scan *cli.Scan, o *globals) (got told) {
				var out bytes.Buffer
				parser, err := (&Main{Stderr: &out}).parser(flags, &out, func(int) {})
				if err != nil {
					t.Fatal(err)
				}
				command, err := parser.Parse(args)
				if err != nil {
					got.Err = err.Error()
				} else {
					got.Command = command.Command()
				}
				got.Out, got.Scan, got.LogLevel = out.String(), *scan, o.LogLevel
				return got
			}
			whole, alone := &grammar{}, &scanOnly{}
			want := parse(whole, &whole.Scan, &whole.globals)
			got := parse(alone, &alone.Scan, &alone.globals)
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(cli.Scan{}, cli.TenantFlags{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}
