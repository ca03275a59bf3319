package signins_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/entra/entratest"
	"legacyauth/adapters/entra/signins"
	"legacyauth/detect"
)

func TestReadsLegacySignInsOfBothLogs(t *testing.T) {
	t.Parallel()
	log := sample(20_000, 1500, 30)
	server := start(t, log, nil)
	src := source(t, graph(t, server, nil))
	got := mustRead(t, src)
	if diff := cmp.Diff(legacyIDs(log), sorted(got.ids)); diff != "" {
		t.Errorf("sign-ins (-log +read):\n%s", diff)
	}
	if got.modern != 0 {
		t.Errorf("%d modern sign-ins came through the filter", got.modern)
	}
	counts := got.fold.Counts()
	if counts.Interactive == 0 || counts.NonInteractive == 0 {
		t.Errorf("%d interactive and %d non-interactive sign-ins", counts.Interactive, counts.NonInteractive)
	}
	part := got.reading.Part()
	if !part.Interactive || !part.NonInteractive || len(part.Gaps) > 0 {
		t.Errorf("part %+v", part)
	}
	qs := queries(t, server)
	if !slices.IsSortedFunc(qs, func(a, b asked) int { return strings.Compare(a.from, b.from) }) {
		t.Errorf("windows out of order: %v", windows(qs))
	}
	if qs[0].from != "2026-10-24T12:00:00Z" || qs[len(qs)-1].to != "2026-11-23T12:00:00Z" {
		t.Errorf("read %v", windows(qs))
	}
	left, err := os.ReadDir(src.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range left {
		if !strings.HasSuffix(f.Name(), ".lock") {
			t.Errorf("%s is left behind", f.Name())
		}
	}
}

// The figure that matters: few requests for a tenant with little legacy use, as
// many as there are pages and one for each window to ask for rows that name no
// client app.
func TestFewRequests(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		log      entratest.Sample
		requests int
	}{
		{"2,000 legacy rows in 30 days", sample(20_000, 2000, 30), 7},
		{"one legacy row a day", sample(20_000, 31, 30), 6},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := start(t, c.log, nil)
			mustRead(t, source(t, graph(t, server, nil)))
			if got := len(queries(t, server)); got != c.requests {
				t.Errorf("%d requests, want %d: %v", got, c.requests, windows(queries(t, server)))
			}
			if got, own := server.Counts()["/auditLogs/signIns"].Bytes, ownBytes(c.log); float64(got) > 1.5*float64(own) {
				t.Errorf("%d bytes read for %d bytes of legacy sign-ins", got, own)
			}
		})
	}
}

// Without the header the results of report-only policies come as
// "unknownFutureValue", on the first page and on those after it.
func TestAsksForNewMembersOnEveryPage(t *testing.T) {
	t.Parallel()
	server := start(t, sample(3000, 3000, 9), nil)
	src := source(t, graph(t, server, nil))
	src.Window.From = now.Add(-9 * day)
	decoded := src.Decode
	src.Decode = func(row []byte, s *detect.SignIn) error {
		if !strings.Contains(string(row), "reportOnlyFailure") {
			t.Errorf("row %s", row)
		}
		return decoded(row, s)
	}
	mustRead(t, src)
	if n := len(queries(t, server)); n != 6 {
		t.Errorf("%d requests, want 3 pages, the last two hours, and one more for each of the two windows", n)
	}
}

func TestProgressNeverGoesBack(t *testing.T) {
	t.Parallel()
	server := start(t, sample(12_000, 11_500, 30), nil)
	src := source(t, graph(t, server, nil))
	var last signins.Progress
	estimates := 0
	src.Progress = func(p signins.Progress) {
		if p.Share < last.Share || p.Share > 1 || p.Rows < last.Rows || p.Requests < last.Requests {
			t.Errorf("after %+v came %+v", last, p)
		}
		if p.Left > 0 {
			estimates++
		}
		if p.How == "" {
			t.Error("progress does not say how the log is read")
		}
		last = p
	}
	mustRead(t, src)
	if last.Share != 1 || last.Rows != 11_500 || last.Left != 0 || last.Requests != len(queries(t, server)) || estimates < 5 {
		t.Errorf("the last was %+v, after %d estimates", last, estimates)
	}
}

func TestAnEmptyWindowIsAnError(t *testing.T) {
	t.Parallel()
	src := source(t, graph(t, start(t, sample(1, 1, 1), nil), nil))
	src.Window = detect.Window{From: now, To: now.Add(-time.Hour)}
	if _, err := read(src); err == nil || !strings.Contains(err.Error(), "is empty") {
		t.Errorf("error %v", err)
	}
}

func TestV1GivesInteractiveOnlyAndSaysSo(t *testing.T) {
	t.Parallel()
	log := sample(4000, 400, 30)
	server := start(t, log, nil)
	src := source(t, graph(t, server, nil))
	src.InteractiveOnly = true
	got := mustRead(t, src)
	var want []string
	for r := range log.All() {
		if r.Event == entratest.Interactive && detect.ParseClientApp(r.ClientApp) != detect.Modern {
			want = append(want, r.ID)
		}
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, sorted(got.ids)); diff != "" {
		t.Errorf("sign-ins (-log +read):\n%s", diff)
	}
	part := got.reading.Part()
	if !part.Interactive || part.NonInteractive {
		t.Errorf("part says interactive %t, non-interactive %t", part.Interactive, part.NonInteractive)
	}
	if !strings.HasPrefix(part.Notes[0], "interactive sign-ins only") {
		t.Errorf("notes %q", part.Notes)
	}
	coverage := detect.Cover(got.fold.Counts(), detect.Window{}, []detect.Part{part})
	if coverage.Complete {
		t.Error("coverage counts as complete without the non-interactive log")
	}
	for _, q := range queries(t, server) {
		if q.version != "v1.0" {
			t.Errorf("asked %s", q.version)
		}
	}
}

func TestBrokenRowsAreCounted(t *testing.T) {
	t.Parallel()
	server := start(t, sample(100, 10, 30), nil)
	bad := entratest.Row{ID: "bad", Time: now.Add(-5 * day), ClientApp: "IMAP4", JSON: []byte(`{"id":"bad","createdDateTime":"2026-11-18T12:00:00Z","category":"AuditLogs"}`)}
	if err := server.Add(entratest.ContosoID, bad); err != nil {
		t.Fatal(err)
	}
	got := mustRead(t, source(t, graph(t, server, nil)))
	if len(got.ids) != 10 || got.reading.Part().Skipped != 1 {
		t.Errorf("%d sign-ins, %d skipped; want 10 and 1", len(got.ids), got.reading.Part().Skipped)
	}
}

func TestLateRowsAreSaid(t *testing.T) {
	t.Parallel()
	server := start(t, sample(100, 10, 30), nil)
	src := source(t, graph(t, server, nil))
	late := func(a answer) bool {
		return slices.ContainsFunc(a.reading.Notes, func(n string) bool { return strings.Contains(n, "2 hours late") })
	}
	if !late(mustRead(t, src)) {
		t.Error("a scan up to now does not say that rows may come")
	}
	src.Window.To = now.Add(-signins.Late)
	if late(mustRead(t, src)) {
		t.Error("a scan up to two hours ago says that rows may come")
	}
}

// Where a filtered scan finds little, an empty log must not look like a tenant
// without legacy authentication.
func TestTellsAnEmptyLogFromAQuietOne(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name          string
		log           entratest.Sample
		since         time.Duration
		gap, note     string
		begins        string
		extraRequests int
	}{
		{"quiet", sample(600, 0, 30), 30 * day, "", "", "", 1},
		{"empty", sample(0, 0, 30), 30 * day, "the log holds no sign-in of any kind", "", "", 6},
		{"kept for a week", sample(600, 0, 7), 30 * day, "the log begins about 2026-11-16", "", "2026-11-16", 6},
		{"kept for a week, no start asked for", sample(600, 0, 7), 0, "", "the log begins about 2026-11-16", "2026-11-16", 6},
		{"legacy in the first day", sample(600, 600, 30), 30 * day, "", "", "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := start(t, c.log, nil)
			src := source(t, graph(t, server, nil))
			if c.since > 0 {
				src.Window.From = now.Add(-c.since)
			}
			got := mustRead(t, src)
			said := func(texts []string, what string) bool {
				return slices.ContainsFunc(texts, func(s string) bool { return what != "" && strings.Contains(s, what) })
			}
			if (c.gap != "") != said(got.reading.Gaps, c.gap) || c.gap == "" && len(got.reading.Gaps) > 0 {
				t.Errorf("gaps %q, want %q", got.reading.Gaps, c.gap)
			}
			if c.note != "" && !said(got.reading.Notes, c.note) {
				t.Errorf("notes %q, want %q", got.reading.Notes, c.note)
			}
			begins := ""
			if !got.reading.Begins.IsZero() {
				begins = got.reading.Begins.Format(time.DateOnly)
			}
			if begins != c.begins {
				t.Errorf("begins %q, want %q", begins, c.begins)
			}
			extra := 0
			for _, q := range queries(t, server) {
				if q.top == "1" {
					extra++
				}
			}
			if extra > c.extraRequests {
				t.Errorf("%d requests to find out, want at most %d", extra, c.extraRequests)
			}
		})
	}
}

// A reading that goes on from an earlier one knows how far back the log goes. A
// quiet night is complete; a log that has stopped is not.
func TestGoesOnThroughAQuietNight(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name       string
		still      time.Duration // since the newest sign-in of any kind
		continues  bool
		since      time.Duration
		gap        string
		mostProbes int
	}{
		{"a quiet night", 20 * time.Hour, true, 3 * time.Hour, "", 1},
		{"the same, looked at for the first time", 20 * time.Hour, false, 3 * time.Hour, "the log holds no sign-in of any kind", 2},
		{"a log that has stopped", 4 * day, true, 3 * time.Hour, "the log holds no sign-in of any kind between 2026-11-20 12:00", 1},
		{"after longer than the log may reach", 12 * time.Hour, true, 10 * day, "the log begins about 2026-11-21", 6},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			log := sample(100, 0, 1)
			log.Until = now.Add(-c.still)
			server := start(t, log, nil)
			src := source(t, graph(t, server, nil))
			src.Window.From, src.Continues = now.Add(-c.since), c.continues
			got := mustRead(t, src)
			if said := strings.Join(got.reading.Gaps, "; "); !strings.Contains(said, c.gap) || (c.gap == "") != (said == "") {
				t.Errorf("gaps %q, want %q", said, c.gap)
			}
			probes := 0
			for _, q := range queries(t, server) {
				if q.top == "1" {
					probes++
				}
			}
			if probes > c.mostProbes {
				t.Errorf("%d requests to find out, want at most %d", probes, c.mostProbes)
			}
		})
	}
}
