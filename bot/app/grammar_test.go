package app

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"legacyauth/bot/cli"
)

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
