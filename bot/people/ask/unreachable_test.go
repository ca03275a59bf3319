package ask_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people"
	"legacyauth/bot/people/ask"
	"legacyauth/storage"
)

// TestUnreachableTable reads the table as a mail merge does: the mail keeps its
// lines, and none of them is a formula to a spreadsheet with whatever separator.
func TestUnreachableTable(t *testing.T) {
	t.Parallel()
	const mail = "Guten Tag,\n\nSchritte für: =cmd|' /C calc'!A0\n\n1. Öffnen Sie \"Mail\"; dann:\n   - das eine, und\n   - das andere\n=1+1\n"
	data, err := ask.UnreachableCSV([]people.Unreached{
		{User: "=ana@contoso.com", Why: "nobody", Clients: 2, Subject: "+1", Mail: mail},
		{User: "ben@contoso.com", Why: "unlinked", Clients: 1, Subject: "Eines Ihrer Geräte", Mail: "Hello,\n"},
	})
	if err != nil {
		t.Fatal(err)
	}
	text, marked := bytes.CutPrefix(data, []byte("\ufeff"))
	if !marked {
		t.Error("Excel does not know that it is UTF-8")
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 3 || strings.Join(rows[0], " ") != "user why clients subject mail" {
		t.Fatalf("rows: %q", rows)
	}
	if got := rows[1]; got[0] != "'=ana@contoso.com" || got[2] != "2" || got[3] != "'+1" {
		t.Errorf("%q", got)
	}
	const want = "Guten Tag,\n\nSchritte für: =cmd|' /C calc'!A0\n\n1. Öffnen Sie \"Mail\"; dann:\n   • das eine, und\n   • das andere\n'=1+1\n"
	if got := rows[1][4]; got != want {
		t.Errorf("the mail is\n%q, want\n%q", got, want)
	}
	for line := range strings.SplitSeq(string(text), "\n") {
		for cell := range strings.FieldsFuncSeq(line, func(r rune) bool { return r == ';' || r == '\t' }) {
			if strings.ContainsAny(strings.TrimLeft(cell, " \"")[:min(1, len(strings.TrimLeft(cell, " \"")))], "=+-@") {
				t.Errorf("the cell %q runs", cell)
			}
		}
	}
}

// TestUnreachableNamesTheFirst names ten to whoever asked, and to nobody else.
func TestUnreachableNamesTheFirst(t *testing.T) {
	t.Parallel()
	d := newDesk(t, usual())
	for n := 3; n < 15; n++ {
		d.save(n, func(c *storage.Client) { c.User.ID = "" })
		d.write(func(tx *storage.Tx) error {
			return tx.SaveNotice(&storage.Notice{Tenant: d.tenant, UserName: fmt.Sprintf("user%d@contoso.com", n), Unreachable: "nobody"})
		})
	}
	a := d.ask("unreachable")
	d.says(a, "12 people.", "user3@contoso.com (1 client): nobody on the platform has this address", "2 more are in the file.")
	if n := strings.Count(chat.Plain(a.Card), "@contoso.com"); n != 10 || a.Public {
		t.Errorf("%d are named, public: %t", n, a.Public)
	}
}
