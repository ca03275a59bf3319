package playbooks_test

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"legacyauth/playbooks"
)

// A date of the calendar stands nowhere else, so that a changed date is changed
// in one place.
func TestCalendarDatesStandOnlyThere(t *testing.T) {
	t.Parallel()
	texts := ownTexts(t)
	for _, e := range builtin(t).Retirements() {
		for name, text := range texts {
			for _, said := range sayings(e) {
				if strings.Contains(text, strings.ToLower(said)) {
					t.Errorf("%s says %q; write {{date:%s}}", name, said, e.ID)
				}
			}
		}
	}
}

// Whoever is matched with a playbook is told when the old way ends; only a
// client that has nothing to move is not. An entry that no client counts down to
// and no text names is dead.
func TestBuiltinPlaybooksCountDown(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, p := range builtin(t).All() {
		if (p.Retirement == "") != (p.ID == "already-modern") {
			t.Errorf("%s counts down to %q", p.ID, p.Retirement)
		}
		used[p.Retirement] = true
	}
	for _, text := range ownTexts(t) {
		for _, mark := range regexp.MustCompile(`\{\{date:([a-z0-9-]+)\}\}`).FindAllStringSubmatch(text, -1) {
			used[mark[1]] = true
		}
	}
	for _, e := range builtin(t).Retirements() {
		if len(e.Protocols) == 0 && !used[e.ID] {
			t.Errorf("nobody uses the entry %s", e.ID)
		}
	}
}

// ownTexts gives what the program itself says, by file: the playbooks with their
// titles and files, and the texts of explain, but neither the names of sources
// nor examples. It is in small letters and single spaces.
func ownTexts(t *testing.T) map[string]string {
	t.Helper()
	example := regexp.MustCompile(`(?m)^ *example: .*$`)
	texts := map[string]string{}
	for _, pattern := range []string{"library/*.md", "library/files/*", "explain/data/*.yaml"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(names), err)
		}
		for _, name := range names {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			text := string(src)
			switch path.Ext(name) {
			case ".md":
				front, body, _ := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---\n")
				_, title, _ := strings.Cut(front, "\ntitle: ")
				title, _, _ = strings.Cut(title, "\n")
				text = title + "\n" + body
			case ".yaml":
				_, entries, _ := strings.Cut(text, "\nentries:\n")
				text = example.ReplaceAllString(entries, "")
			}
			texts[name] = strings.ToLower(strings.Join(strings.Fields(text), " "))
		}
	}
	return texts
}

// sayings are the ways to write the day of an entry.
func sayings(e playbooks.Retirement) []string {
	said := []string{e.Words}
	for _, layout := range []string{time.DateOnly, "January 2, 2006", "2 January 2006", "January 2006", "Jan 2, 2006", "2006/01/02", "01/02/2006"} {
		said = append(said, e.Date.Format(layout))
	}
	return said
}
