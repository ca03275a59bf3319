package config_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"legacyauth/adapters/terminal"
	"legacyauth/bot/config"
)

func load(t *testing.T, text string) (config.Config, string) {
	t.Helper()
	path := write(t, text)
	c, err := config.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return c, filepath.Dir(path)
}

const ofFolder = "tenants:\n  - name: contoso\n    folder: exports\n"

func TestWatchIsKeptWithoutSettings(t *testing.T) {
	t.Parallel()
	c, dir := load(t, ofFolder)
	dsn, err := c.DSN("")
	if want := filepath.Join(dir, "legacyauth-state", "legacyauth.db"); err != nil || dsn != want {
		t.Errorf("database %q, %v; want %q", dsn, err, want)
	}
	if c.Listen != "127.0.0.1:8321" || c.Fallback() != terminal.Place() {
		t.Errorf("listens at %q, admins at %v", c.Listen, c.Fallback())
	}
	tenant := c.Tenants[0]
	if err := tenant.Wrong(); err != nil || tenant.Folder != filepath.Join(dir, "exports") {
		t.Errorf("folder %q, %v", tenant.Folder, err)
	}
	turns, err := tenant.Turns()
	if err != nil || turns.String() != "every 1h" {
		t.Errorf("turns %q, %v; want every hour", turns, err)
	}
	if _, err := tenant.Entra(nil); err == nil {
		t.Error("a folder can be signed in to")
	}
}

func TestWatchSettings(t *testing.T) {
	t.Parallel()
	c, dir := load(t, `database: data/watch.db
listen: off
heartbeat: {file: beat.txt}
admins: logfile:alerts.log
verify: {silent-days: 14}
`+ofFolder+`    schedule: {cron: "15 6-20 * * 1-5", zone: Europe/Berlin, jitter: 1m}
`)
	if err := os.WriteFile(filepath.Join(dir, "beat.txt"), []byte("https://beat.contoso.com/1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	dsn, err := c.DSN("")
	if err != nil || dsn != filepath.Join(dir, "data", "watch.db") {
		t.Errorf("database %q, %v", dsn, err)
	}
	if dsn, _ := c.DSN("postgres://db/x"); dsn != "postgres://db/x" {
		t.Errorf("the database named on the command line does not count: %q", dsn)
	}
	beat, err := c.Heartbeat.Read()
	if err != nil || beat != "https://beat.contoso.com/1" {
		t.Errorf("heartbeat %q, %v", beat, err)
	}
	if c.Listen != config.Off || c.Fallback().String() != "logfile:"+filepath.Join(dir, "alerts.log") || c.Verify.SilentDays != 14 {
		t.Errorf("%q, %v, %d", c.Listen, c.Fallback(), c.Verify.SilentDays)
	}
	turns, err := c.Tenants[0].Turns()
	if err != nil {
		t.Fatal(err)
	}
	saturday := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	if next := turns.Next(saturday); next.Weekday() != time.Monday || next.Hour() != 6 {
		t.Errorf("the next turn is %v, want Monday at six in Berlin", next)
	}
}

func TestRetention(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	usual := config.Ages{SignIns: 40 * day, History: 400 * day, Scans: 180 * day, Messages: 400 * day, Audit: 1095 * day}
	if c, _ := load(t, ofFolder); c.Ages() != usual {
		t.Errorf("kept for %+v, want %+v", c.Ages(), usual)
	}
	c, _ := load(t, "retention: {sign-ins: 5w, history: forever, audit: 90d}\n"+ofFolder)
	want := usual
	want.SignIns, want.History, want.Audit = 35*day, 0, 90*day
	if c.Ages() != want {
		t.Errorf("kept for %+v, want %+v", c.Ages(), want)
	}
}

// What is read from elsewhere is never told when it cannot be used.
func TestValueFromNowhere(t *testing.T) {
	t.Parallel()
	for _, v := range []config.Value{{Env: "LEGACYAUTH_TEST_NOT_SET"}, {File: filepath.Join(t.TempDir(), "none")}, {Env: "A", File: "b"}} {
		if text, err := v.Read(); err == nil || text != "" {
			t.Errorf("%+v gives %q, %v", v, text, err)
		}
	}
}
