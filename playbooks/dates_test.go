package playbooks_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"legacyauth/playbooks"
)

// A date of the calendar stands nowhere else, so that a changed date is changed
// in one place. The texts are the playbooks with their titles and files, and
// what explain says; the names of sources and the days of a review are not.
func TestCalendarDatesStandOnlyThere(t *testing.T) {
	t.Parallel()
	texts := map[string]string{}
	for _, pattern := range []string{"library/*.md", "library/files/*", "explain/data/*.yaml"} {
		names, err := fs.Glob(os.DirFS("."), pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(names), err)
		}
		for _, name := range names {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			texts[name] = ownText(name, string(src))
		}
	}
	for _, e := range builtin(t).Retirements() {
		for name, text := range texts {
			for _, said := range sayings(e) {
				if i := strings.Index(text, strings.ToLower(said)); i >= 0 {
					t.Errorf("%s says %q; write {{date:%s}}", name, said, e.ID)
				}
			}
		}
	}
}

// fields of front matter and tables that hold days or the names of pages.
var notText = regexp.MustCompile(`(?m)^ *(- )?(title|url|checked|reviewed|review-by|example|[a-z]*code): .*$`)

// ownText gives the words of a file that are the program's own, in small
// letters and single spaces.
func ownText(name, src string) string {
	switch path.Ext(name) {
	case ".md":
		front, body, _ := strings.Cut(strings.TrimPrefix(src, "---\n"), "\n---\n")
		title, _, _ := strings.Cut(front[strings.Index(front, "title: "):], "\n")
		src = title + "\n" + body
	case ".yaml":
		_, entries, _ := strings.Cut(src, "\nentries:\n")
		src = notText.ReplaceAllString(entries, "")
	}
	return strings.ToLower(strings.Join(strings.Fields(src), " "))
}

// sayings are the ways to write the day of an entry.
func sayings(e playbooks.Retirement) []string {
	said := []string{e.Words}
	for _, layout := range []string{time.DateOnly, "January 2, 2006", "2 January 2006", "January 2006", "Jan 2, 2006", "2006/01/02", "01/02/2006"} {
		said = append(said, e.Date.Format(layout))
	}
	slices.Sort(said)
	return slices.Compact(said)
}

// Whoever is matched with a playbook is told when the old way ends; only a
// client that has nothing to move is not.
func TestBuiltinPlaybooksCountDown(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, p := range builtin(t).All() {
		if (p.Retirement == "") != (p.ID == "already-modern") {
			t.Errorf("%s counts down to %q", p.ID, p.Retirement)
		}
		used[p.Retirement] = true
	}
	// An entry that no client counts down to and nothing names is dead.
	var all strings.Builder
	for _, pattern := range []string{"library/*.md", "explain/data/*.yaml"} {
		names, err := fs.Glob(os.DirFS("."), pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(src)
		}
	}
	for _, e := range builtin(t).Retirements() {
		if len(e.Protocols) == 0 && !used[e.ID] && !strings.Contains(all.String(), "{{date:"+e.ID+"}}") {
			t.Errorf("nobody uses the entry %s", e.ID)
		}
	}
}
