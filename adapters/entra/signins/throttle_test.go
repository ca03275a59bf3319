package signins_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"legacyauth/adapters/entra/entratest"
	"legacyauth/adapters/entra/signins"
	"legacyauth/detect"
)

// T14: a scan that was throttled says so, and is complete all the same.
func TestT14ThrottledIsSaid(t *testing.T) {
	t.Parallel()
	again := entratest.Mishap{Name: "429", Status: 429, RetryAfter: "0"}
	for _, c := range []struct {
		name  string
		rules []entratest.Rule
		note  string // empty: none
	}{
		{"never", nil, ""},
		{"once, for a second", []entratest.Rule{{Path: "/auditLogs/", Skip: 1, Times: 1, Mishap: entratest.Throttled(1e9)}}, "throttled once, waited 1s, resumed"},
		{"three times, without a wait", []entratest.Rule{{Path: "/auditLogs/", Skip: 1, Times: 3, Mishap: again}}, "throttled 3 times, waited less than a second, resumed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			log := sample(2000, 400, 30)
			server := start(t, log, func(config *entratest.Config) { config.Rules = c.rules })
			got := mustRead(t, source(t, graph(t, server, nil)))
			said := ""
			for _, n := range got.reading.Notes {
				if strings.HasPrefix(n, "throttled") {
					said += n
				}
			}
			if said != c.note {
				t.Errorf("coverage says %q, want %q", said, c.note)
			}
			part := got.reading.Part()
			if coverage := detect.Cover(got.fold.Counts(), detect.Window{}, []detect.Part{part}); !coverage.Complete || coverage.Counts.Legacy != 400 {
				t.Errorf("coverage %+v", coverage)
			}
		})
	}
}

// What an interrupted run waited for is said by the one that finishes.
func TestT14ThrottledBeforeAnInterruption(t *testing.T) {
	t.Parallel()
	server := start(t, sample(10_000, 9900, 30), func(c *entratest.Config) {
		c.Rules = []entratest.Rule{{Path: "/auditLogs/", Times: 1, Mishap: entratest.Mishap{Name: "429", Status: 429, RetryAfter: "0"}}}
	})
	src := source(t, graph(t, server, nil))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	src.Progress = func(p signins.Progress) {
		if p.Share > 0.4 {
			cancel()
		}
	}
	if _, err := src.Read(ctx, func([]detect.SignIn) error { return nil }); err == nil {
		t.Fatal("the first run was not stopped")
	}
	server.Reset()
	src.Progress = nil
	got := mustRead(t, src)
	if !slices.ContainsFunc(got.reading.Notes, func(n string) bool { return strings.HasPrefix(n, "throttled once") }) {
		t.Errorf("notes %q", got.reading.Notes)
	}
}
