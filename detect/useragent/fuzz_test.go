package useragent

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// FuzzDecode holds for any agent: it decodes, to the same answer each time and
// to one that is fit to show.
func FuzzDecode(f *testing.F) {
	for _, agent := range fixtureAgents(f) {
		f.Add(agent)
	}
	for _, agent := range []string{
		"", "Apple-iPhone", "Apple-iPhone99999C1/1907.71", "Apple-iPadC/.", "Apple-(null)", "iOS/", "iOS/1", "macOS",
		"Mac OS X/", "Microsoft Office/(;;)", "Android/-EAS-", "SAMSUNG", "Remoba-", "/EAS-", "(compatible; ", "a\u202eb",
		"Mozilla/5.0 (compatible; )", "\xff\xfe", "Superhuman(", "Outlook-iOS/(", "GARM-/.", "a%2%200b", "İ iPhone thunderbird",
		"RemoBA-\x10BA-\x10\\",
	} {
		f.Add(agent)
	}
	f.Fuzz(func(t *testing.T, agent string) {
		d := Decode(agent)
		if diff := cmp.Diff(d, Decode(agent)); diff != "" {
			t.Errorf("a second Decode differs:\n%s", diff)
		}
		cleaned := clean(agent)
		if again := clean(cleaned); again != cleaned {
			t.Errorf("cleaning %q again gives %q", cleaned, again)
		}
		if diff := cmp.Diff(d, Decode(cleaned)); diff != "" {
			t.Errorf("Decode of the cleaned agent differs:\n%s", diff)
		}
		if !d.Family.Valid() {
			t.Errorf("family %q is not listed", d.Family)
		}
		switch d.Confidence {
		case Certain:
			if d.Model == "" && d.Version == "" {
				t.Error("certain of neither model nor version")
			}
		case Likely, NotKnown:
		default:
			t.Errorf("confidence %q is not one", d.Confidence)
		}
		if d.Named() == (d.Confidence == NotKnown) {
			t.Errorf("family %s has confidence %s", d.Family, d.Confidence)
		}
		if len(d.Evidence) == 0 || len(d.Evidence) > 3 {
			t.Errorf("%d pieces of evidence", len(d.Evidence))
		}
		for _, field := range append([]string{d.Model, d.OS, d.Version, d.Identity(), d.Words()}, d.Evidence...) {
			presentable(t, field)
		}
		if shown := strings.ToLower(d.Words() + strings.Join(d.Evidence, "")); strings.Contains(shown, "bav2ropc") {
			t.Errorf("a person would read %q", shown)
		}
		if d.Identity() != strings.ToLower(d.Identity()) || len(d.Identity()) > maxIdentity {
			t.Errorf("identity %q", d.Identity())
		}
	})
}

func presentable(t *testing.T, s string) {
	t.Helper()
	if len(s) >= 200 || !utf8.ValidString(s) || s != strings.TrimSpace(s) {
		t.Errorf("field %q is too long, broken or has blanks around it", s)
	}
	for _, r := range s {
		if !unicode.IsPrint(r) {
			t.Errorf("field %q has the character %U", s, r)
		}
	}
}

// fixtureAgents gives the agents of testdata/agents.tsv.
func fixtureAgents(t testing.TB) []string {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("testdata", "agents.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var agents []string
	for line := range strings.Lines(string(file)) {
		if agent, _, _ := strings.Cut(line, "\t"); !strings.HasPrefix(agent, "#") {
			agents = append(agents, agent)
		}
	}
	return agents
}
