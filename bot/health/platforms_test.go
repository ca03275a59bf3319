package health_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/chat"
	"legacyauth/bot/delivery"
	"legacyauth/bot/health"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// What a program that serves knows of its platforms, a program beside it shows as
// well, until that is too old.
func TestPlatformsAreNoted(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		s := newScene(t, dsn)
		s.pass(t, storage.Pass{Complete: true})
		clock := func() time.Time { return s.now }
		live := []health.Platform{
			{Name: "discord", Tells: true, Troubles: []string{"the token is refused"}},
			{Name: "slack", Tells: true, Heard: noon.Add(-time.Minute)},
			{Name: "telegram"},
		}
		serving := &health.Reader{
			DB: s.db, Now: clock, Tenants: s.reader.Tenants, Delivery: delivery.New(s.db, nil, delivery.Options{Now: clock}),
			Platforms: func() []health.Platform { return live },
		}
		note := func() {
			t.Helper()
			if err := serving.Note(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		shows := func(when string, words ...string) {
			t.Helper()
			text := chat.Plain(s.read(t).Card(time.UTC))
			for _, w := range words {
				if !strings.Contains(text, w) {
					t.Errorf("%s: the card does not say %q:\n%s", when, w, text)
				}
			}
		}
		note()
		here, err := serving.Read(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		beside := s.read(t)
		if diff := cmp.Diff(here.Problems, beside.Problems); diff != "" || len(here.Problems) != 1 {
			t.Errorf("beside a program that serves other problems are shown:\n%s", diff)
		}
		shows("at once", "discord: the token is refused", "nothing heard since legacyauth serve began", "last heard 2026-11-23 11:59 UTC, as of 2026-11-23 12:00 UTC", "cannot tell when")

		s.now = s.now.Add(5 * time.Minute)
		shows("five minutes later", "last heard 2026-11-23 11:59 UTC, as of 2026-11-23 12:00 UTC", "the token is refused")
		s.now = s.now.Add(time.Second)
		shows("later still", "slack: how it stands is not known; legacyauth serve has not said so since 2026-11-23 12:00 UTC", "not known; last told 2026-11-23 12:00 UTC")
		if text := chat.Plain(s.read(t).Card(time.UTC)); strings.Contains(text, "last heard") || strings.Contains(text, "is refused") {
			t.Errorf("an old note is trusted:\n%s", text)
		}

		live = live[1:2]
		note()
		if got := s.read(t).Platforms; len(got) != 1 || got[0].Name != "slack" || got[0].Stale {
			t.Errorf("with one platform left these are shown: %+v", got)
		}
		s.write(t, func(tx *storage.Tx, _ int64) error { return tx.SetMark(0, "platform:slack", "of another hand") })
		if got := s.read(t).Platforms; len(got) != 1 || !got[0].Stale {
			t.Errorf("a note that cannot be read is trusted: %+v", got)
		}
	})
}
