package app

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"legacyauth/bot/demo"
)

// transcript is a block of the README that shows a command and the beginning
// of what it prints.
var transcript = regexp.MustCompile("(?s)```console\n\\$ legacyauth ([^\n]+)\n(.*?)(?:…\n)?```")

var update = flag.Bool("update", false, "write the transcripts of the README anew")

func readme(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestReadmeTranscriptsAreReal(t *testing.T) {
	t.Parallel()
	text := readme(t)
	blocks := transcript.FindAllStringSubmatch(text, -1)
	if len(blocks) == 0 {
		t.Fatal("the README shows no transcript")
	}
	for _, block := range blocks {
		var out, errs bytes.Buffer
		m := &Main{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Now: demo.Today}
		if code := m.Run(words(block[1])); code != 0 {
			t.Errorf("legacyauth %s: exit code %d: %s", block[1], code, errs.String())
		}
		switch shown := firstLines(out.String(), strings.Count(block[2], "\n")); {
		case *update:
			text = strings.Replace(text, block[2], shown, 1)
		case shown != block[2]:
			t.Errorf("legacyauth %s prints something else than the README shows (go test ./bot/app -update):\n%s", block[1], shown)
		}
	}
	if *update {
		if err := os.WriteFile(filepath.Join(root, "README.md"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func firstLines(text string, n int) string {
	lines := strings.SplitAfter(text, "\n")
	return strings.Join(lines[:min(n, len(lines))], "")
}

// TestReadmeLinksLeadSomewhere finds links to files that do not exist.
func TestReadmeLinksLeadSomewhere(t *testing.T) {
	t.Parallel()
	for _, link := range regexp.MustCompile(`\]\(([^)#:]+)\)`).FindAllStringSubmatch(strings.ReplaceAll(readme(t), "\n", " "), -1) {
		if _, err := os.Stat(filepath.Join(root, link[1])); err != nil {
			t.Errorf("the README links to %s: %v", link[1], err)
		}
	}
}

// words splits a command as a shell does, as far as the README needs it: no
// quotes, and nothing after a redirection.
func words(command string) []string {
	command, _, _ = strings.Cut(command, " > ")
	return strings.Fields(strings.ReplaceAll(command, "'", ""))
}

// TestReadmeCommandsAreUnderstood parses every command the README tells people
// to run.
func TestReadmeCommandsAreUnderstood(t *testing.T) {
	t.Parallel()
	commands := regexp.MustCompile(`(?m)^go run \./bot/cmd/legacyauth (.+)$`).FindAllStringSubmatch(readme(t), -1)
	if len(commands) < 5 {
		t.Fatalf("found %d commands", len(commands))
	}
	for _, c := range commands {
		parser, err := (&Main{}).parser(&grammar{}, &bytes.Buffer{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parser.Parse(words(c[1])); err != nil {
			t.Errorf("%s: %v", c[1], err)
		}
	}
}
