package signins_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/entra/signins"
	"legacyauth/detect"
)

// A scan of other time, or of the other version, neither uses nor ends what a
// stopped scan has kept.
func TestOtherScansLeaveAStoppedOneAlone(t *testing.T) {
	t.Parallel()
	log := sample(3000, 2900, 30)
	for _, c := range []struct {
		name   string
		change func(src *signins.Source)
	}{
		{"newer time", func(src *signins.Source) { src.Window.From = now.Add(-2 * day) }},
		{"v1.0", func(src *signins.Source) { src.InteractiveOnly = true }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			src, server := stopped(t, log)
			checkpoint, err := os.ReadFile(file(t, src, "-beta.json"))
			if err != nil {
				t.Fatal(err)
			}
			other := *src
			c.change(&other)
			var rows int64
			other.Progress = func(p signins.Progress) { rows = p.Rows }
			got := mustRead(t, &other)
			if got.reading.Resumed != 0 || slices.ContainsFunc(got.reading.Notes, func(n string) bool { return strings.Contains(n, "earlier scan") }) {
				t.Errorf("the other scan says that it went on: %+v", got.reading)
			}
			if n := len(queries(t, server)); got.reading.Requests != n || rows != got.reading.Rows {
				t.Errorf("the other scan says %d requests and %d rows, want %d and %d", got.reading.Requests, rows, n, got.reading.Rows)
			}
			after, err := os.ReadFile(file(t, src, "-beta.json"))
			if diff := cmp.Diff(string(checkpoint), string(after)); err != nil || diff != "" {
				t.Errorf("error %v, checkpoint (-before +after):\n%s", err, diff)
			}
			server.Reset()
			got = mustRead(t, src)
			if diff := cmp.Diff(legacyIDs(log), sorted(got.ids)); diff != "" {
				t.Errorf("sign-ins (-log +read):\n%s", diff)
			}
			if first := queries(t, server)[0].from; got.reading.Resumed != 1 || first != "2026-11-03T12:00:00Z" {
				t.Errorf("resumed %d windows, first asked for %s", got.reading.Resumed, first)
			}
			nothingKept(t, src)
		})
	}
}

// The same scan on another day asks for other time, and is the same scan.
func TestTheSameScanLaterEndsAStoppedOne(t *testing.T) {
	t.Parallel()
	src, _ := stopped(t, sample(3000, 2900, 30))
	src.Now = func() time.Time { return now.Add(20 * time.Hour) }
	if got := mustRead(t, src); got.reading.Resumed != 1 {
		t.Errorf("resumed %d windows, want 1", got.reading.Resumed)
	}
	nothingKept(t, src)
}

// Two stopped scans of different time are both kept until one reads it all.
func TestTwoStoppedScans(t *testing.T) {
	t.Parallel()
	log := sample(3000, 2900, 30)
	src, server := stopped(t, log)
	other := *src
	other.Window.From = now.Add(-3 * day)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	other.Progress = func(p signins.Progress) {
		if p.Share > 0.9 {
			cancel()
		}
	}
	if _, err := other.Read(ctx, func([]detect.SignIn) error { return nil }); err == nil {
		t.Fatal("the other scan was not stopped")
	}
	server.Reset()
	got := mustRead(t, src)
	if diff := cmp.Diff(legacyIDs(log), sorted(got.ids)); diff != "" {
		t.Errorf("sign-ins (-log +read):\n%s", diff)
	}
	for _, q := range queries(t, server) {
		if q.from < "2026-11-03T12:00:00Z" || q.to > "2026-11-20T12:00:00Z" && q.from < "2026-11-23T10:00:00Z" {
			t.Errorf("asked for again: %v", q)
		}
	}
	nothingKept(t, src)
}

func nothingKept(t *testing.T, src *signins.Source) {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(src.Dir, "*"))
	if err != nil || len(left) != 1 || !strings.HasSuffix(left[0], ".lock") {
		t.Errorf("left behind: %v, error %v", left, err)
	}
}
