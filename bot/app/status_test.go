package app

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"legacyauth/bot/health"
	"legacyauth/bot/schedule"
	"legacyauth/bot/watch"
	"legacyauth/storage"
)

// Status shows of a database what serve noted there, and is not well pleased
// before a first scan came to an end.
func TestStatusBesideServe(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	dir := t.TempDir()
	settings, dsn := filepath.Join(dir, "legacyauth.yaml"), filepath.Join(dir, "watch.db")
	if err := os.WriteFile(settings, []byte("listen: off\nadmins: logfile:alerts.log\ntenants:\n  - name: contoso\n    folder: exports\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	turns, err := schedule.Parse(schedule.Usual, "contoso")
	if err != nil {
		t.Fatal(err)
	}
	db, err := storage.Open(t.Context(), dsn, storage.Options{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	platforms := []health.Platform{{Name: "slack", Tells: true, Heard: now.Add(-time.Minute)}}
	serving := &health.Reader{
		DB: db, Now: clock, Tenants: []watch.Tenant{{Name: "contoso", Schedule: turns}},
		Platforms: func() []health.Platform { return platforms },
	}
	note := func() {
		t.Helper()
		if err := serving.Note(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	status := func(when string, code int, words ...string) {
		t.Helper()
		var out, errs bytes.Buffer
		m := &Main{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Now: clock}
		if got := m.RunContext(t.Context(), []string{"status", "--config", settings, "--database", dsn}); got != code {
			t.Errorf("%s: exit code %d, want %d\n%s", when, got, code, errs.String())
		}
		said := strings.Join(strings.Fields(out.String()), " ")
		for _, w := range words {
			if !strings.Contains(said, w) {
				t.Errorf("%s: it does not say %q\n%s", when, w, out.String())
			}
		}
	}
	if err := serving.Begin(context.Background()); err != nil {
		t.Fatal(err)
	}
	note()
	status("at the first start", 3, "Warning: Nothing was scanned yet", "slack last heard 2026-11-23 11:59 UTC, as of 2026-11-23 12:00 UTC")
	now = now.Add(2 * time.Hour)
	note()
	status("two hours later", 3, "Somebody has to look at this", "no scan came to an end since 2026-11-23 12:00 UTC")

	err = db.Write(t.Context(), func(tx *storage.Tx) error {
		tenant, err := tx.Tenant("contoso", "")
		if err != nil {
			return err
		}
		p := storage.Pass{Tenant: tenant, Source: "folder", Started: now}
		if err := tx.BeginPass(&p); err != nil {
			return err
		}
		p.Complete, p.Ended = true, now.Add(time.Second)
		return tx.EndPass(&p)
	})
	if err != nil {
		t.Fatal(err)
	}
	status("after a scan", 0, "Done: The watch is kept", "slack last heard")
	platforms[0].Troubles = []string{"the token is refused"}
	note()
	status("in trouble", 3, "slack: the token is refused")
	now = now.Add(10 * time.Minute)
	status("when serve was stopped", 3, "slack: how it stands is not known; legacyauth serve has not said so since 2026-11-23 14:00 UTC")
}
