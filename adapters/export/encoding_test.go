package export

import (
	"strings"
	"testing"

	"legacyauth/adapters/export/flow"
)

// TestWindows1252 reads a log that a spreadsheet wrote in its own encoding, and
// says when single characters are lost.
func TestWindows1252(t *testing.T) {
	t.Parallel()
	row := func(user string) string { return "2026-11-02T08:00:00Z," + user + ",0,IMAP4\n" }
	json := func(user string) string {
		return `{"clientAppUsed":"IMAP4","createdDateTime":"2026-11-02T08:00:00Z","userPrincipalName":"` + user + `"}` + "\n"
	}
	// so long that the start of the text does not hold it all
	long := strings.Repeat(row("ada@contoso.com"), 200)
	for _, c := range []struct {
		name, text, user, note string
	}{
		{"CSV", smallHeader + row("jos\xe9@contoso.com"), "josé@contoso.com", "read as Windows-1252"},
		{"CSV, after the start", smallHeader + row("jos\xe9@contoso.com") + long + row("\x80\x9f@contoso.com"), "€Ÿ@contoso.com", "read as Windows-1252"},
		{"JSON", json("jos\xe9@contoso.com"), "josé@contoso.com", "read as Windows-1252"},
		{"UTF-8", smallHeader + row("josé@contoso.com"), "josé@contoso.com", ""},
		{"UTF-8 cut by the start's end", smallHeader + long + row("josé@contoso.com"), "josé@contoso.com", ""},
		{"UTF-8 and one bad byte", smallHeader + row("josé@contoso.com") + row("jos\xe9@contoso.com"), "jos\ufffd@contoso.com", "characters of 1 row are not valid UTF-8"},
		{"bad byte after the start", smallHeader + long + row("jos\xe9@contoso.com"), "jos\ufffd@contoso.com", "characters of 1 row are not valid UTF-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, r, err := allWith(t, memory("x", []byte(c.text)), flow.Usual(), 1000)
			if err != nil || len(got) == 0 {
				t.Fatal(len(got), err)
			}
			notes := strings.Join(r.Notes, "; ")
			if user := got[len(got)-1].User; user != c.user || !strings.Contains(notes, c.note) || c.note == "" && notes != "" {
				t.Errorf("user %q, notes %q; want %q and %q", user, notes, c.user, c.note)
			}
		})
	}
}

// TestGuessEncoding takes no character that the end of the start cuts for a
// broken one.
func TestGuessEncoding(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"":            false,
		"ada":         false,
		"jos\xe9":     false, // may go on
		"jos\xe9@":    true,
		"é jos\xe9@":  false,
		"caf\xc3":     false,
		"\xff\xffada": true,
	} {
		if got := windows1252([]byte(text)); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
