package export

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	readme      = "Exported on Monday, by Ada.\n\nInteractive sign-ins are in a, the others in b.\n"
	authDetails = "Date (UTC),Request ID,Authentication method,Succeeded,Result detail\n"
)

// TestLeftOut leaves out of a folder and of an archive what is plainly no log
// and says so; a file that is named, or all there is, is refused.
func TestLeftOut(t *testing.T) {
	t.Parallel()
	log := string(fixture(t, "graph-list.json"))
	for _, c := range []struct {
		name  string
		files map[string]string
		fails string // "" when the rest is read
		notes int
	}{
		{"notes and a sister file", map[string]string{"README.txt": readme, "a.json": log, "x_AuthDetails.csv": authDetails}, "", 2},
		{"nothing else", map[string]string{"README.txt": readme, "x_AuthDetails.csv": authDetails}, "not a sign-in log", 0},
		{"another log", map[string]string{"a.json": log, "b.json": `[{"Operation":"x","Workload":"y"}]`}, "Unified Audit Log", 0},
		{"another table", map[string]string{"a.json": log, "b.csv": "Name,Price\nx,1\n"}, "a table without the columns", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			var members []entry
			for name, text := range c.files {
				members = append(members, entry{name, []byte(text)})
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			inputs, err := Inputs([]string{dir}, nil)
			if err != nil {
				t.Fatal(err)
			}
			var failed error
			var notes []string
			for _, in := range inputs {
				_, r, err := all(t, in)
				failed = errors.Join(failed, err)
				for _, p := range Parts([]Report{r}) {
					notes = append(notes, p.Notes...)
				}
			}
			expectLeftOut(t, c.fails, failed, c.notes, notes)

			_, r, err := all(t, memory("a.zip", zipped(members...)))
			expectLeftOut(t, c.fails, err, c.notes, r.Notes)
			for _, n := range r.Notes {
				if strings.Contains(n, "a.zip") {
					t.Errorf("note %q repeats the archive's name", n)
				}
			}
		})
	}
	if _, _, err := all(t, memory("README.txt", []byte(readme))); err == nil || !strings.Contains(err.Error(), "this is plain text, not a sign-in log") {
		t.Errorf("by name: %v", err)
	}
}

func expectLeftOut(t *testing.T, fails string, err error, count int, notes []string) {
	t.Helper()
	if (err != nil) != (fails != "") || err != nil && !strings.Contains(err.Error(), fails) {
		t.Errorf("got %v, want %q", err, fails)
	}
	n := 0
	for _, note := range notes {
		if strings.Contains(note, "left out") {
			n++
		}
	}
	if err == nil && n != count {
		t.Errorf("notes %q, want %d of what was left out", notes, count)
	}
}

// TestOtherLanguage says how to download a table whose header is not English.
func TestOtherLanguage(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Datum (UTC);Anforderungs-ID;Benutzer;Status;Client-App\n02.11.2026;1;Ada;Fehler;IMAP4\n",
		"Date (UTC),ID de demande,Utilisateur,État,Application cliente\n2026-11-02,1,Ada,Échec,IMAP4\n",
		"日付 (UTC),要求 ID,ユーザー\n2026-11-02,1,Ada\n",
	} {
		if _, _, err := all(t, memory("x.csv", []byte(text))); err == nil || !strings.Contains(err.Error(), "switch the portal's language") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestInputErrors names a path that cannot be read in words and keeps what could
// change a terminal from it.
func TestInputErrors(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	bad := filepath.Join(dir, "a\x1b[2Jb")
	if err := os.WriteFile(bad, []byte("x"), 0o600); err != nil {
		t.Skip("no such names here:", err)
	}
	for path, want := range map[string]string{
		"missing.json":             "missing.json does not exist",
		"":                         "the path is empty",
		filepath.Join(bad, "x"):    "",
		"no\x1b[2J":                `"no\x1b[2J" does not exist`,
		filepath.Join(dir, "none"): filepath.Join(dir, "none") + " does not exist",
	} {
		_, err := Inputs([]string{path}, nil)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "stat ") || strings.ContainsRune(err.Error(), 0x1b) {
			t.Errorf("%q: got %v, want %q", path, err, want)
		}
	}
	_, _, err := all(t, file(t, bad))
	if err == nil || strings.ContainsRune(err.Error(), 0x1b) || !strings.Contains(err.Error(), `a\x1b[2Jb`) {
		t.Errorf("refusal of a file with a control character in its name: %v", err)
	}
	gone := file(t, bad)
	if err := os.Remove(bad); err != nil {
		t.Fatal(err)
	}
	if _, _, err = all(t, gone); err == nil || strings.Contains(err.Error(), "open ") || strings.ContainsRune(err.Error(), 0x1b) {
		t.Errorf("a file gone since: %v", err)
	}
}
