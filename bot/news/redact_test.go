package news

import "testing"

func TestRedact(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"nothing to hide", "3 rows could not be read.", "3 rows could not be read."},
		{"a path", "/home/ana.garcia/exports/log.csv: looks truncated", "log.csv: looks truncated"},
		{"folders with spaces", "/srv/ana garcia/new logs/log.csv: looks truncated", "log.csv: looks truncated"},
		{"a path within a sentence", "open /home/ana/log.csv: permission denied", "open log.csv: permission denied"},
		{"two paths", "left for later: /home/ana/a.csv, /home/bo/b.csv", "left for later: a.csv, b.csv"},
		{"a path in quotes", `"/home/ana/log.csv" is empty`, `"log.csv" is empty`},
		{"a path of Windows", `C:\Users\Ana Garcia\log.csv: looks truncated`, "log.csv: looks truncated"},
		{"a share", `\\server\home\ana\log.csv: looks truncated`, "log.csv: looks truncated"},
		{"a relative path", "exports/ana/log.csv: looks truncated", "log.csv: looks truncated"},
		{"a path that ends with a folder", "/home/ana/exports: not a folder", "exports: not a folder"},
		{"an address of the web", "see https://learn.microsoft.com/entra/sign-ins.html", "see https://learn.microsoft.com/entra/sign-ins.html"},
		{"two words", "a phone and/or a tablet", "a phone and/or a tablet"},
		{"an account and a network", "ana@contoso.com came from 192.0.2.0/24.", "… came from …."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := redact(c.text); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
