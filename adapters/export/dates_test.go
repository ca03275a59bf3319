package export

import (
	"strings"
	"testing"
)

// TestDateOrderBySeparator takes the order of countries that separate columns by
// semicolons, unless a date in the file tells another.
func TestDateOrderBySeparator(t *testing.T) {
	t.Parallel()
	semicolons := func(dates ...string) string {
		text := strings.ReplaceAll(smallHeader, ",", ";")
		for _, d := range dates {
			text += d + " 10:00;ada@contoso.com;0;IMAP4\n"
		}
		return text
	}
	for _, c := range []struct {
		name, text, want, note string
	}{
		{"semicolons", semicolons("3/4/2025"), "2025-04-03", "read day first, as is usual"},
		{"semicolons, decided", semicolons("3/4/2025", "4/25/2025"), "2025-03-04", "month first, because"},
		{"semicolons, dashes", semicolons("03-04-2025"), "2025-04-03", "read day first, as is usual"},
		{"semicolons, dots", semicolons("03.04.2025"), "2025-04-03", ""},
		{"commas", strings.ReplaceAll(semicolons("3/4/2025"), ";", ","), "2025-03-04", "read month first; no date"},
		{"commas, dashes, decided", strings.ReplaceAll(semicolons("03-04-2025", "25-04-2025"), ";", ","), "2025-04-03", "day first, because"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, r, err := all(t, memory("x", []byte(c.text)))
			if err != nil || len(got) == 0 {
				t.Fatal(len(got), err)
			}
			notes := strings.Join(r.Notes, "; ")
			if day := got[0].Time.Format("2006-01-02"); day != c.want || !strings.Contains(notes, c.note) || c.note == "" && notes != "" {
				t.Errorf("%s with notes %q; want %s and %q", day, notes, c.want, c.note)
			}
		})
	}
}
