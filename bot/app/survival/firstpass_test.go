package survival

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"legacyauth/storage/storagetest"
)

// A first look at a tenant that is killed goes on where it was: what was read is
// not asked for again and is told once, and nothing of it is kept for longer.
func TestKilledFirstPassGoesOn(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		var g *graph
		w := newWorld(t, dsn, "", func(w *world) source {
			g = newGraph(t, w.now)
			return g
		})
		const users = 29
		for n := range users {
			w.addAt(w.now().Add(-time.Duration(n)*day-3*time.Hour), false, n)
		}
		p := w.start("program", dsn, 0)
		var before []window
		if !until(time.Minute, func() bool { before = windows(g); return len(before) > 2 }) {
			t.Fatalf("it asked for %v", before)
		}
		p.kill()
		read, broken := before[0], before[len(before)-1]
		if read == broken {
			t.Fatalf("it was killed in its first window: %v", before)
		}
		g.server.Reset()
		w.later()
		p = w.start("program", dsn, 0)
		if !until(2*time.Minute, w.settled) {
			t.Fatalf("%d of %d clients are known", w.number(`SELECT count(*) FROM clients`), users)
		}
		p.kill()
		after := windows(g)
		t.Logf("it asked for %v, and after it was killed for %v", before, after)
		for _, a := range after {
			if a.from < read.to {
				t.Errorf("it asked for %v again, of which it had read %v", a, read)
			}
		}
		w.judge(users)
		kept, err := filepath.Glob(filepath.Join(w.dir, "legacyauth-state", "passes", "contoso", "signins-*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range kept {
			if !strings.HasSuffix(path, ".lock") {
				t.Errorf("%s is still there", path)
			}
		}
		if _, err := os.Stat(filepath.Join(w.dir, "legacyauth-state", "passes", "contoso")); err != nil {
			t.Errorf("nothing was kept: %v", err)
		}
	})
}

const day = 24 * time.Hour

// window is the time that a query asks for.
type window struct{ from, to string }

// asksFor reads a query for legacy sign-ins; others look how dense the log is.
var asksFor = regexp.MustCompile(`top=1000&.*createdDateTime ge (\S+) and createdDateTime lt (\S+) `)

// windows are those that were asked for, in order.
func windows(g *graph) []window {
	var list []window
	for _, r := range g.queries() {
		if m := asksFor.FindStringSubmatch(r.Query); m != nil {
			list = append(list, window{m[1], m[2]})
		}
	}
	return list
}
