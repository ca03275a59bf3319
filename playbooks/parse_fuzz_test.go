package playbooks

import (
	"os"
	"strings"
	"testing"
	"time"

	"legacyauth/playbooks/card"
)

func FuzzParse(f *testing.F) {
	for _, name := range []string{"printer", "unknown-client"} {
		src, err := os.ReadFile("testdata/library/" + name + ".md")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Add([]byte("---\n---\n"))
	f.Add([]byte("---\na: [\n---\n## Why now\n<b>\n"))
	f.Add([]byte("---\nid: &x x\nsee: [*x, *x]\n---\n1. 1. {{user}}\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		r := &report{file: "fuzz.md"}
		p := r.parse(src)
		for _, problem := range r.problems {
			if lines := strings.Count(string(src), "\n") + 1; problem.Line < 1 || problem.Line > lines {
				t.Errorf("a file of %d lines has a problem in line %d: %v", lines, problem.Line, problem)
			}
			if problem.What == "" || problem.Do == "" {
				t.Errorf("a problem says nothing: %v", problem)
			}
		}
		if len(r.problems) > 0 {
			return
		}
		if _, cuts := card.Fit(p.Card(Facts{Today: time.Unix(0, 0)}), card.Limits{}); cuts > 0 {
			t.Errorf("the card has %d empty blocks", cuts)
		}
	})
}

func FuzzCalendar(f *testing.F) {
	src, err := os.ReadFile("testdata/library/calendar.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(src)
	f.Add([]byte("- {id: x, <<: *y}\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		r := &report{file: "calendar.yaml"}
		c := r.retirements(src)
		for _, e := range c {
			if len(r.problems) == 0 && (e.ID == "" || e.Words == "" || e.Date.IsZero()) {
				t.Errorf("an entry without a problem is %+v", e)
			}
		}
	})
}
