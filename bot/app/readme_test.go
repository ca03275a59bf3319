package app

import (
	"bytes"
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
	blocks := transcript.FindAllStringSubmatch(readme(t), -1)
	if len(blocks) == 0 {
		t.Fatal("the README shows no transcript")
	}
	for _, block := range blocks {
		var out, errs bytes.Buffer
		m := &Main{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Now: demo.Today}
		args := strings.Fields(strings.ReplaceAll(block[1], "'", ""))
		if code := m.Run(args); code != 0 {
			t.Errorf("legacyauth %s: exit code %d: %s", block[1], code, errs.String())
		}
		if !strings.HasPrefix(out.String(), block[2]) {
			t.Errorf("legacyauth %s prints something else than the README shows:\n%s", block[1], out.String())
		}
	}
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
		parser, err := (&Main{}).parser(&bytes.Buffer{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := parser.Parse(strings.Fields(strings.ReplaceAll(c[1], "'", ""))); err != nil {
			t.Errorf("%s: %v", c[1], err)
		}
	}
}
