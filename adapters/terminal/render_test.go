package terminal_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/width"

	"legacyauth/adapters/terminal"
	"legacyauth/playbooks/card"
	"legacyauth/playbooks/card/cardtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s: -want +got\n%s", file, diff)
	}
}

func render(t *testing.T, c card.Card, o terminal.Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := terminal.Render(&b, c, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestRender(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]terminal.Options{
		"card-80":       {Width: 80},
		"card-40":       {Width: 40},
		"card-80-color": {Width: 80, Color: true},
		"card-pipe":     {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden(t, name, []byte(render(t, cardtest.Card(), o)))
		})
	}
}

// simpleColumns measures a line in another way than the package does: by rune,
// without clusters.
func simpleColumns(line string) int {
	n := 0
	for _, r := range line {
		switch {
		case unicode.Is(unicode.M, r), r >= 0x1F3FB && r <= 0x1F3FF: // marks and skin tones
		case width.LookupRune(r).Kind() == width.EastAsianWide, width.LookupRune(r).Kind() == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

func TestLinesFitTheWidth(t *testing.T) {
	t.Parallel()
	for w := 20; w <= 130; w++ {
		for line := range strings.Lines(render(t, cardtest.Card(), terminal.Options{Width: w})) {
			line = strings.TrimSuffix(line, "\n")
			whole := strings.Contains(line, "CASMailbox") || strings.Contains(line, "://") // code and addresses are never broken
			if n := simpleColumns(line); n > w && !whole {
				t.Errorf("width %d: a line takes %d: %q", w, n, line)
			}
		}
	}
}

func TestOutsideTextCannotSteerTheTerminal(t *testing.T) {
	t.Parallel()
	for _, o := range []terminal.Options{{}, {Width: 80}} {
		for _, r := range render(t, cardtest.Card(), o) {
			if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
				t.Fatalf("options %+v: the output holds %U", o, r)
			}
		}
	}
	// With color, the only escapes are the renderer's own.
	text := render(t, cardtest.Card(), terminal.Options{Width: 80, Color: true})
	for _, own := range []string{"0", "1", "3", "4", "36", "1;33"} {
		text = strings.ReplaceAll(text, "\x1b["+own+"m", "")
	}
	if strings.Contains(text, "\x1b") {
		t.Errorf("an escape is left:\n%q", text)
	}
}

func TestColorAddsNothingButColor(t *testing.T) {
	t.Parallel()
	colored := render(t, cardtest.Card(), terminal.Options{Width: 80, Color: true})
	for _, own := range []string{"0", "1", "3", "4", "36", "1;33"} {
		colored = strings.ReplaceAll(colored, "\x1b["+own+"m", "")
	}
	if diff := cmp.Diff(render(t, cardtest.Card(), terminal.Options{Width: 80}), colored); diff != "" {
		t.Errorf("-plain +colored\n%s", diff)
	}
}

func TestCodeIsNeverWrapped(t *testing.T) {
	t.Parallel()
	command := strings.Repeat("Set-CASMailbox ", 20)
	c := card.Card{Blocks: []card.Block{card.Code{Text: command + "x"}}}
	if got := render(t, c, terminal.Options{Width: 40}); !strings.Contains(got, "    "+command+"x\n") {
		t.Errorf("the command is changed:\n%s", got)
	}
}
