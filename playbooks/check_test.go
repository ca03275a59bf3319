package playbooks_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"legacyauth/playbooks"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"mine/good.md":         written("good", "see: [unknown-client, other]\nretirement: smtp-basic\n"),
		"mine/other.md":        written("other", "retirement: ours\n"),
		"mine/calendar.yaml":   {Data: []byte("- {id: ours, protocols: [smtp], date: 2027-01-01, what: x, source: https://contoso.com/x, checked: 2026-11-01}\n")},
		"bad/lost.md":          written("lost", "see: [unknown-clien]\nretirement: smtp-basik\n"),
		"bad/old.md":           {Data: []byte(strings.Replace(string(written("old", "").Data), "2027-05-31", "2026-11-22", 1))},
		"bad/calendar.yaml":    {Data: []byte("- {id: ours}\n")},
		"alone/playbook.md":    written("playbook", "files: [{name: x.reg, about: y}]\n"),
		"alone/files/x.reg":    {Data: []byte("Windows Registry Editor Version 5.00\n")},
		"alone/files/more.reg": {Data: []byte("not named, and not the concern of one playbook\n")},
	}
	const badCalendar = `bad/calendar.yaml:1: field "protocols" is missing; add protocols:
bad/calendar.yaml:1: field "date" is missing; add date:
bad/calendar.yaml:1: field "what" is missing; add what:
bad/calendar.yaml:1: field "source" is missing; add source:
bad/calendar.yaml:1: field "checked" is missing; add checked:`
	tests := map[string]string{
		"mine":               "",
		"mine/good.md":       "",
		"mine/other.md":      "",
		"mine/calendar.yaml": "",
		"alone/playbook.md":  "",
		"bad/old.md":         "bad/old.md:6: the review expired on 2026-11-22; check every fact against its source, then set reviewed and review-by",
		"bad/calendar.yaml":  badCalendar,
		"bad/lost.md": "bad/lost.md:5: there is no playbook \"unknown-clien\"; did you mean unknown-client?\n" +
			"bad/lost.md:6: there is no retirement \"smtp-basik\" in the calendar; did you mean smtp-basic?",
		"bad": badCalendar + "\n" +
			"bad/lost.md:5: there is no playbook \"unknown-clien\"; did you mean unknown-client?\n" +
			"bad/lost.md:6: there is no retirement \"smtp-basik\" in the calendar; did you mean smtp-basic?\n" +
			"bad/old.md:6: the review expired on 2026-11-22; check every fact against its source, then set reviewed and review-by",
		"none.md": "none.md: it cannot be read: open none.md: file does not exist; correct the path or the permissions",
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			errs := playbooks.Check(files, name, today)
			for _, err := range errs {
				var p *playbooks.Problem
				if !errors.As(err, &p) {
					t.Errorf("%v is no Problem", err)
				}
			}
			got := ""
			if err := errors.Join(errs...); err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
