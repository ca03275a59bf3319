package playbooks_test

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks"
	"legacyauth/playbooks/card"
	"legacyauth/playbooks/language"
)

// TestEveryPlaybookIsInEveryLanguage also asks for the same parts in each. Those for
// an admin are read by owners, too, who need not be one.
func TestEveryPlaybookIsInEveryLanguage(t *testing.T) {
	t.Parallel()
	library, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	languages, err := language.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range library.All() {
		if got := p.Languages(); !slices.Equal(got, language.Codes()) {
			t.Errorf("%s is in %v, want %v", p.ID, got, language.Codes())
		}
		english := p.Guide(facts(nil))
		for _, code := range language.Codes()[1:] {
			g := p.Guide(facts(languages.For(code)))
			if g.Language != code || g.Title == english.Title || len(g.Steps) != len(english.Steps) || len(g.Why) != len(english.Why) ||
				len(g.Commands) != len(english.Commands) || len(g.Rollback) != len(english.Rollback) {
				t.Errorf("%s in %s is built otherwise than in English", p.ID, code)
			}
			text := plainOf(g)
			for _, left := range []string{"{{", "your iPhone", "your administrator", "October 1, 2022", "end of December"} {
				if strings.Contains(text, left) {
					t.Errorf("%s in %s says %q", p.ID, code, left)
				}
			}
		}
	}
	if n := len(library.All()); n < 41 {
		t.Errorf("there are only %d playbooks", n)
	}
}

func facts(l *language.Language) playbooks.Facts {
	c := detect.Client{
		User: detect.User{Name: "priya@contoso.com"}, Protocol: detect.EAS,
		Device: useragent.Device{Family: useragent.IPhone, Model: "iPhone 11", OS: "iOS", Version: "14.8"},
	}
	return playbooks.Facts{Client: &c, Today: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Contact: "IT", Language: l}
}

// plainOf gives every word of a guide.
func plainOf(g playbooks.Guide) string {
	var b strings.Builder
	var add func(blocks []card.Block)
	add = func(blocks []card.Block) {
		for _, block := range blocks {
			switch block := block.(type) {
			case card.Para:
				b.WriteString(card.Plainly(block.Spans) + "\n")
			case card.List:
				for _, item := range block.Items {
					add(item)
				}
			}
		}
	}
	for _, part := range [][]card.Block{g.Why, g.Cautions, g.Worked, g.Commands, g.Rollback} {
		add(part)
	}
	for _, step := range g.Steps {
		add(step)
	}
	return b.String()
}

// TestDatesAreSaidInEveryLanguage finds entries of the calendar that are said in
// other words than their date, and in no other language.
func TestDatesAreSaidInEveryLanguage(t *testing.T) {
	t.Parallel()
	library, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	languages, err := language.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range library.Retirements() {
		plain := r.Words == languages.For("en").Date(r.Date)
		for _, code := range language.Codes()[1:] {
			if _, ok := r.Translations[code]; ok == plain {
				t.Errorf("%s is said as %q; in %s: %t", r.ID, r.Words, code, ok)
			}
		}
	}
}

// TestTranslationsThatDepartAreRefused changes one translation at a time.
func TestTranslationsThatDepartAreRefused(t *testing.T) {
	t.Parallel()
	files := map[string][]byte{}
	for _, name := range []string{"outlook-windows.md", "de/outlook-windows.md"} {
		data, err := os.ReadFile(path.Join("library", name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = data
	}
	const german = "de/outlook-windows.md"
	for name, tc := range map[string]struct{ from, to, want string }{
		"a step is missing":  {"4. Starten Sie Outlook, geben Sie {{user}} ein und melden Sie sich auf der Microsoft-Seite an, die sich öffnet.\n", "", `section "Steps" has`},
		"a placeholder":      {"{{date:office-2016}}", "{{date:outlook-2013}}", `"{{date:office-2016}}" missing`},
		"code":               {"`EnableADAL` einmal", "`EnableAdal` einmal", `"EnableAdal" too much`},
		"a command":          {"/v EnableADAL /f", "/v EnableADAL", "missing"},
		"a section":          {"## Cautions\n", "## Vorsicht\n", `heading "Vorsicht"`},
		"an older text":      {"reviewed: 2026-11-23", "reviewed: 2026-10-01", "it is a translation of the text reviewed on 2026-10-01"},
		"an unknown field":   {"reviewed: 2026-11-23", "reviewed: 2026-11-23\nfor: person", `unknown field "for"`},
		"a hidden character": {"Starten Sie", "Starten\u200b Sie", "a character that cannot be seen"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fsys := fstest.MapFS{}
			for file, data := range files {
				fsys[file] = &fstest.MapFile{Data: data}
			}
			text := string(files[german])
			if !strings.Contains(text, tc.from) {
				t.Fatalf("the translation has no %q", tc.from)
			}
			fsys[german] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(text, tc.from, tc.to))}
			wantProblem(t, fsys, tc.want)
		})
	}
	t.Run("of nothing", func(t *testing.T) {
		t.Parallel()
		wantProblem(t, fstest.MapFS{german: &fstest.MapFile{Data: files[german]}}, `there is no playbook "outlook-windows" to translate`)
	})
}

func wantProblem(t *testing.T, fsys fs.FS, want string) {
	t.Helper()
	problems := playbooks.Check(fsys, ".", time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC))
	for _, p := range problems {
		if strings.Contains(p.Error(), want) && strings.Contains(p.Error(), "de/outlook-windows.md") {
			return
		}
	}
	t.Errorf("no problem says %q: %v", want, problems)
}
