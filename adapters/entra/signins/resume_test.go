package signins_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
	"legacyauth/adapters/entra/signins"
	"legacyauth/detect"
)

// camera stands before a Graph and copies the state directory before each
// request is sent: what a program killed at that moment leaves behind.
type camera struct {
	signins.Getter
	dir, to string
	shots   int
}

func (c *camera) Get(ctx context.Context, v entra.Version, address string, headers map[string]string, read func(io.Reader) error) error {
	c.shots++
	if err := os.CopyFS(c.shot(c.shots), os.DirFS(c.dir)); err != nil {
		return err
	}
	return c.Getter.Get(ctx, v, address, headers, read)
}

// shot is the directory as it was before request n, counted from 1.
func (c *camera) shot(n int) string { return filepath.Join(c.to, fmt.Sprint(n)) }

// Killed at any request, a second run hands over every row and asks for no
// finished window again.
func TestResumesWhereItWasKilled(t *testing.T) {
	t.Parallel()
	refused := entratest.Refused(400, "BadRequest", "Invalid filter clause")
	for _, c := range []struct {
		name  string
		log   entratest.Sample
		rules []entratest.Rule
		spots int // how many requests the scan is killed at
	}{
		{"filtered", sample(10_000, 9900, 30), nil, 10},
		{"one client app per query, windows of a day", sample(2000, 400, 5), []entratest.Rule{{WiderThan: day, Mishap: slow}, {MoreThanApps: 1, Mishap: slow}}, 10},
		{"unfiltered", sample(6000, 300, 30), []entratest.Rule{{Unfiltered: true}, {Path: "/auditLogs/", Mishap: refused}}, 10},
		{"pages cut short and links expired", sample(10_000, 9900, 30), []entratest.Rule{
			{Path: "/auditLogs/", Skip: 3, Times: 1, Mishap: entratest.CutShort(200_000)},
			{Path: "/auditLogs/", Skip: 9, Times: 1, Mishap: entratest.Refused(400, "BadRequest", "Token not found: token is either invalid or expired")},
		}, 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := start(t, c.log, func(config *entratest.Config) { config.Rules = c.rules })
			whole := source(t, graph(t, server, nil))
			whole.Window.From = c.log.Until.Add(-c.log.Over)
			shots := &camera{Getter: whole.Graph, dir: whole.Dir, to: t.TempDir()}
			whole.Graph = shots
			want := mustRead(t, whole)
			if diff := cmp.Diff(legacyIDs(c.log), sorted(want.ids)); diff != "" {
				t.Fatalf("uninterrupted (-log +read):\n%s", diff)
			}
			all := queries(t, server)
			for i := range c.spots {
				at := 1 + i*shots.shots/c.spots
				server.Reset()
				server.Misbehave(c.rules...)
				again := *whole
				again.Graph, again.Dir = shots.Getter, shots.shot(at)
				got := mustRead(t, &again)
				same(t, at, want, got)
				// The windows asked for before the last request are finished.
				finished := windows(all[:at])
				finished = finished[:len(finished)-1]
				for _, q := range queries(t, server) {
					for _, w := range finished {
						if !overlaps(q, w) || isSplit(all, w) {
							continue
						}
						t.Errorf("killed at request %d: %v asked for again, which lies in %v", at, q, w)
					}
				}
			}
		})
	}
}

func overlaps(q asked, w [2]string) bool { return q.from < w[1] && w[0] < q.to }

// isSplit says whether w was given up for a shorter window from the same time
// on, so that it never was finished.
func isSplit(all []asked, w [2]string) bool {
	return slices.ContainsFunc(all, func(q asked) bool { return q.from == w[0] && q.to < w[1] })
}

// same checks that a resumed reading handed over what an uninterrupted one did.
func same(t *testing.T, at int, want, got answer) {
	t.Helper()
	if !slices.Equal(sorted(want.ids), sorted(got.ids)) {
		t.Errorf("killed at request %d: %d legacy sign-ins, want %d, or others", at, len(got.ids), len(want.ids))
	}
	if diff := cmp.Diff(want.fold.Counts(), got.fold.Counts()); diff != "" {
		t.Errorf("killed at request %d, counts differ (-uninterrupted +resumed):\n%s", at, diff)
	}
	if !reflect.DeepEqual(want.fold.Clients(), got.fold.Clients()) {
		t.Errorf("killed at request %d: the clients are others", at)
	}
}

// A scan that the service fails, and one that is canceled, say how to go on.
func TestStopsCleanly(t *testing.T) {
	t.Parallel()
	log := sample(10_000, 9900, 30)
	for _, c := range []struct {
		name string
		stop func(s *entratest.Server, cancel context.CancelCauseFunc)
		is   func(error) bool
	}{
		{"connection lost", func(s *entratest.Server, _ context.CancelCauseFunc) { s.FailAfter(9) }, func(err error) bool { return entra.CodeOf(err) == entra.CodeNetwork }},
		{"canceled", func(_ *entratest.Server, cancel context.CancelCauseFunc) { cancel(errInterrupted) }, func(err error) bool { return errors.Is(err, errInterrupted) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := start(t, log, nil)
			src := source(t, graph(t, server, nil))
			ctx, cancel := context.WithCancelCause(context.Background())
			defer cancel(nil)
			src.Progress = func(p signins.Progress) {
				if p.Requests == 6 {
					c.stop(server, cancel)
				}
			}
			_, err := src.Read(ctx, func([]detect.SignIn) error { return nil })
			var stopped *signins.StoppedError
			if !errors.As(err, &stopped) || !c.is(err) {
				t.Fatalf("error %v", err)
			}
			if stopped.Kept <= 0 || stopped.Share <= 0 || stopped.Share >= 1 || !strings.Contains(err.Error(), "run the same scan again") {
				t.Errorf("error %q, %+v", err, stopped)
			}
			server.Reset()
			src.Progress = nil
			got := mustRead(t, src)
			if diff := cmp.Diff(legacyIDs(log), sorted(got.ids)); diff != "" {
				t.Errorf("resumed (-log +read):\n%s", diff)
			}
			if got.reading.Resumed == 0 || !slices.ContainsFunc(got.reading.Notes, func(n string) bool { return strings.HasPrefix(n, "went on with an earlier scan") }) {
				t.Errorf("coverage does not say that the scan was resumed: %+v", got.reading)
			}
		})
	}
}

var errInterrupted = errors.New("interrupted")

// A row that appears after its window was read is found by the run that goes
// on, once, as long as it is at most two hours late.
func TestLateRowsAreReadAgain(t *testing.T) {
	t.Parallel()
	clock := now
	log := sample(600, 600, 1)
	log.Over = 3 * time.Hour // so little that windows of an hour are affordable
	server := start(t, log, func(c *entratest.Config) {
		c.Now = func() time.Time { return clock }
		c.Rules = []entratest.Rule{{WiderThan: time.Hour, Mishap: slow}}
	})
	late := entratest.Row{
		ID: "late", Time: now.Add(-90 * time.Minute), Visible: now.Add(10 * time.Minute), Event: entratest.NonInteractive, ClientApp: "IMAP4",
		JSON: []byte(`{"id":"late","createdDateTime":"2026-11-23T10:30:00Z","clientAppUsed":"IMAP4","userPrincipalName":"late@contoso.com"}`),
	}
	if err := server.Add(entratest.ContosoID, late); err != nil {
		t.Fatal(err)
	}
	src := source(t, graph(t, server, nil))
	src.Window.From = now.Add(-log.Over)
	src.Now = func() time.Time { return clock }
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	src.Progress = func(p signins.Progress) {
		if p.Share > 0.9 {
			cancel()
		}
	}
	if _, err := src.Read(ctx, func([]detect.SignIn) error { return nil }); err == nil {
		t.Fatal("the first run was not stopped")
	}
	clock = clock.Add(20 * time.Minute)
	server.Reset()
	src.Progress = nil
	got := mustRead(t, src)
	want := append(legacyIDs(log), "late")
	slices.Sort(want)
	// The day began twenty minutes later for the second run only where the
	// window was not asked for explicitly; here it is the same.
	if diff := cmp.Diff(want, sorted(got.ids)); diff != "" {
		t.Errorf("sign-ins (-log +read):\n%s", diff)
	}
	if first := queries(t, server)[0].from; first != "2026-11-23T10:00:00Z" {
		t.Errorf("the second run begins at %s, want two hours before the first run's end", first)
	}
}
