package playbooks_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"legacyauth/detect"
	"legacyauth/playbooks"
)

func TestOverlay(t *testing.T) {
	t.Parallel()
	under := load(t)
	over, err := under.Overlay(fstest.MapFS{
		"printer.md":    written("printer", "verdicts: [spray]\nfiles: [{name: own.txt, about: says so}]\nsee: [unknown-client, own]\nretirement: smtp-basic\n"),
		"own.md":        written("own", "rank: 90\nprotocols: [smtp]\n"),
		"README.md":     {Data: []byte("no playbook")},
		"files/own.txt": {Data: []byte("for {{user}}\n")},
		"calendar.yaml": {Data: []byte("- {id: smtp-basic, protocols: [smtp], date: 2026-12-01, what: Earlier here, source: https://contoso.com/x, checked: 2026-11-01}\n")},
	}, today)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(over.All()); n != 3 {
		t.Errorf("%d playbooks, want 3", n)
	}
	p, _ := over.ByID("printer")
	if data, err := p.File("own.txt", playbooks.Facts{}); err != nil || string(data) != "for user@contoso.com\n" {
		t.Errorf("its own file is %q, %v", data, err)
	}
	if text := everyText(p.Card(playbooks.Facts{Today: today})); !strings.Contains(text, "2026-12-01, 8 days left") {
		t.Errorf("its own calendar does not count:\n%s", text)
	}
	if p := over.For(detect.Client{Protocol: detect.SMTP}); p.ID != "own" {
		t.Errorf("an SMTP client gets %s, want own", p.ID)
	}
	if p, _ := under.ByID("printer"); len(p.Files) != 3 || len(under.All()) != 2 {
		t.Error("the library underneath has changed")
	}
	if text := everyText(cardOf(t, "printer", playbooks.Facts{})); !strings.Contains(text, "end of December 2026") {
		t.Error("the calendar underneath has changed")
	}
}

func TestOverlayProblems(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		files fstest.MapFS
		want  string
	}{
		"expired review": {
			fstest.MapFS{"own.md": {Data: []byte(strings.Replace(string(written("own", "").Data), "2027-05-31", "2026-11-22", 1))}},
			"own.md:6: the review expired on 2026-11-22; check every fact against its source, then set reviewed and review-by",
		},
		"stray file":      {fstest.MapFS{"notes.docx": {}}, "notes.docx: it is no playbook; move it to files/ or elsewhere"},
		"broken calendar": {fstest.MapFS{"calendar.yaml": {Data: []byte("id: x\n")}}, "calendar.yaml:1: a list is expected here; write [a, b] or one entry a line after a dash"},
		"see nothing":     {fstest.MapFS{"own.md": written("own", "see: [printre]\n")}, `own.md:5: there is no playbook "printre"; did you mean printer?`},
		"sees itself":     {fstest.MapFS{"own.md": written("own", "see: [own]\n")}, "own.md:5: the playbook names itself; leave it out"},
		"no catch-all left": {
			fstest.MapFS{"unknown-client.md": written("unknown-client", "protocols: [smtp]\n")},
			"the library: no playbook is for every client of the verdict leaked; add one without families, protocols and versions",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := load(t).Overlay(tt.files, today); err == nil || err.Error() != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}
