package export

import (
	"strings"
	"testing"
)

// TestPortalKind lets only the portal's own names speak for a portal CSV.
func TestPortalKind(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][2]bool{
		"logs/InteractiveSignIns_2026-11-01_2026-11-22.csv": {true, false},
		"a.zip/noninteractivesignins.csv":                   {false, true},
		"signins.csv":                                       {false, false},
		"NonInteractiveSignIns/x.csv":                       {false, false},
	} {
		if i, n := portalKind(name); [2]bool{i, n} != want {
			t.Errorf("%s: %v %v", name, i, n)
		}
	}
}

// TestPortalKindIsTheLastResort asks a portal CSV's name only when no row says
// which log it is from, and says so.
func TestPortalKindIsTheLastResort(t *testing.T) {
	t.Parallel()
	const name = "InteractiveSignIns_2026-11-22.csv"
	for _, c := range []struct {
		text                        string
		interactive, nonInteractive bool
		note                        string
	}{
		{"Date (UTC),Username,Status,Client app\n2026-11-02,ada@contoso.com,Success,IMAP4\n", true, false, "taken from the file's name"},
		{"Date (UTC),Username,Status,Client app,IsInteractive\n2026-11-02,ada@contoso.com,Success,IMAP4,false\n", false, true, ""},
		{"CreatedDateTime,UserPrincipalName,ResultType,ClientAppUsed\n2026-11-02T08:00:00Z,ada@contoso.com,0,IMAP4\n", false, false, ""},
	} {
		_, r, err := all(t, memory(name, []byte(c.text)))
		notes := strings.Join(r.Notes, "; ")
		if err != nil || r.Interactive != c.interactive || r.NonInteractive != c.nonInteractive ||
			!strings.Contains(notes, c.note) || c.note == "" && strings.Contains(notes, "name") {
			t.Errorf("%s\ngot %+v, %v", c.text, r, err)
		}
	}
}
