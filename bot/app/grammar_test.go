package app

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestOneCommandAlone holds the grammar of each command alone to the whole one: the
// same help, the same mistakes, the same command with the same values.
func TestOneCommandAlone(t *testing.T) {
	t.Parallel()
	parser, err := (&Main{}).parser(&grammar{}, &bytes.Buffer{}, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	lines := [][]string{
		{"--version"},
		{"--version", "scan"},
		{"scan", "a.json", "--from", "b.csv", "-o", "json", "--log-level", "info"},
		{"scan", "--form", "x"},
		{"scan", "-o", "xml"},
		{"scan", "--since", "soon"},
		{"scan", "serve"},
		{"bench", "--answer", "--", "a.json"},
		{"bench"},
		{"version", "x"},
		{"campaign", "start"},
		{"scans"},
	}
	for _, command := range parser.Model.Children {
		if flags, _ := grammarFor([]string{command.Name, "--help"}); reflect.TypeOf(flags) == reflect.TypeFor[*grammar]() {
			t.Errorf("%s is not read alone", command.Name)
		}
		lines = append(lines, []string{command.Name, "--help"}, []string{command.Name, "--version"}, []string{command.Name, "--log-level", "loud"})
		for _, below := range command.Children {
			lines = append(lines, []string{command.Name, below.Name, "--help"})
		}
	}
	for _, args := range lines {
		whole := &grammar{}
		want := parsed(t, whole, &whole.globals, args)
		alone, o := grammarFor(args)
		if diff := cmp.Diff(want, parsed(t, alone, o, args)); diff != "" {
			t.Errorf("%q: %s", args, diff)
		}
	}
}

// told is what a grammar makes of a command line.
type told struct {
	Out, Err, Command, LogLevel string
	Values                      map[string]any
}

func parsed(t *testing.T, flags any, o *globals, args []string) told {
	t.Helper()
	var out bytes.Buffer
	exited := false
	parser, err := (&Main{Stderr: &out}).parser(flags, &out, func(int) { exited = true })
	if err != nil {
		t.Fatal(err)
	}
	got := told{Values: map[string]any{}}
	command, err := parser.Parse(args)
	switch {
	case exited: // what comes after the end is not seen
	case err != nil:
		got.Err = err.Error()
	default:
		got.Command, got.LogLevel = command.Command(), o.LogLevel
		for _, flag := range command.Flags() {
			got.Values[flag.Name] = command.FlagValue(flag)
		}
	}
	got.Out = out.String()
	return got
}
