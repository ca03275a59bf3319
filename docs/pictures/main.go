// Command pictures draws the pictures of the README from what the program
// really prints: go run ./docs/pictures. It writes SVG files beside itself.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"legacyauth/adapters/terminal"
	"legacyauth/bot/app"
	"legacyauth/bot/demo"
	"legacyauth/docs/pictures/svg"
)

// picture is one command and the lines of its output that are shown.
type picture struct {
	name  string
	args  []string
	from  string // the first line shown starts with it; empty is the beginning
	lines int
}

var pictures = []picture{
	{name: "summary.svg", args: []string{"demo", "--no-cards"}, lines: 46},
	{name: "card.svg", args: []string{"demo"}, from: "Warning: Update an iPhone", lines: 44},
	{name: "explain.svg", args: []string{"explain", "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant."}, lines: 60},
}

const width = 110

func main() {
	for _, p := range pictures {
		if err := p.draw(filepath.Join("docs", "pictures")); err != nil {
			fmt.Fprintln(os.Stderr, "pictures:", err)
			os.Exit(1)
		}
	}
}

func (p picture) draw(dir string) error {
	var out, errs bytes.Buffer
	program := &app.Main{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Now: demo.Today,
		Out: terminal.Options{Width: width, Color: true},
	}
	if code := program.Run(p.args); code != 0 {
		return fmt.Errorf("%v: exit code %d: %s", p.args, code, errs.String())
	}
	shown, err := p.cut(strings.Split(strings.TrimRight(out.String(), "\n"), "\n"))
	if err != nil {
		return err
	}
	command := "$ legacyauth " + strings.Join(quoted(p.args), " ")
	drawing := svg.Draw(append([]string{command, ""}, shown...))
	return os.WriteFile(filepath.Join(dir, p.name), drawing, 0o644) //nolint:gosec // a picture for everybody to read
}

// cut gives the lines that are shown, and says when some are left out.
func (p picture) cut(lines []string) ([]string, error) {
	start := 0
	if p.from != "" {
		start = -1
		for i, line := range lines {
			if strings.HasPrefix(svg.Plain(line), p.from) {
				start = i
				break
			}
		}
		if start < 0 {
			return nil, fmt.Errorf("%v: no line starts with %q", p.args, p.from)
		}
	}
	lines = lines[start:]
	if len(lines) <= p.lines {
		return lines, nil
	}
	return append(lines[:p.lines:p.lines], "…"), nil
}

func quoted(args []string) []string {
	quoted := make([]string, len(args))
	for i, a := range args {
		quoted[i] = a
		if strings.ContainsAny(a, " ;'") {
			quoted[i] = "'" + a + "'"
		}
	}
	return quoted
}
