package signins_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/entra/signins"
	"legacyauth/detect"
)

// What a finished reading has kept is gone on with until it is forgotten: only
// the hours that rows may still come for are asked for again.
func TestKeepsUntilForgotten(t *testing.T) {
	t.Parallel()
	log := sample(3000, 2900, 30)
	server := start(t, log, nil)
	src := source(t, graph(t, server, nil))
	src.Keep = true
	want := mustRead(t, src)
	server.Reset()
	again := mustRead(t, src)
	if diff := cmp.Diff(sorted(want.ids), sorted(again.ids)); diff != "" {
		t.Errorf("sign-ins (-first reading +second):\n%s", diff)
	}
	for _, q := range queries(t, server) {
		if q.from < now.Add(-2*time.Hour).Format(time.RFC3339) {
			t.Errorf("asked again from %s", q.from)
		}
	}
	if err := src.Forget(); err != nil {
		t.Fatal(err)
	}
	if kept := files(t, src.Dir); len(kept) > 0 {
		t.Errorf("still there: %q", kept)
	}
	if fresh := mustRead(t, src); fresh.reading.Resumed > 0 {
		t.Errorf("went on with %d windows of what was forgotten", fresh.reading.Resumed)
	}
}

// Nothing is taken away from a reading that is under way.
func TestForgetLeavesWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	log := sample(3000, 2900, 30)
	server := start(t, log, nil)
	src := source(t, graph(t, server, nil))
	src.Keep = true
	mustRead(t, src)
	other := *src
	kept := files(t, src.Dir)
	_, err := src.Read(t.Context(), func([]detect.SignIn) error { return other.Forget() })
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(kept, files(t, src.Dir)); diff != "" {
		t.Errorf("files (-before +after):\n%s", diff)
	}
}

func TestForgetAll(t *testing.T) {
	t.Parallel()
	log := sample(3000, 2900, 30)
	server := start(t, log, nil)
	src := source(t, graph(t, server, nil))
	src.Keep = true
	mustRead(t, src)
	kept := files(t, src.Dir)
	if n, err := signins.ForgetAll(src.Dir, true); err != nil || n != len(kept) || n == 0 {
		t.Errorf("counted %d of %q: %v", n, kept, err)
	}
	var running error
	_, err := src.Read(t.Context(), func([]detect.SignIn) error {
		_, running = signins.ForgetAll(src.Dir, false)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !errors.Is(running, signins.ErrRunning) || len(files(t, src.Dir)) != len(kept) {
		t.Errorf("taken away from a reading that is under way: %v", running)
	}
	if n, err := signins.ForgetAll(src.Dir, false); err != nil || n != len(kept) || len(files(t, src.Dir)) > 0 {
		t.Errorf("removed %d, left %q: %v", n, files(t, src.Dir), err)
	}
	if n, err := signins.ForgetAll(filepath.Join(src.Dir, "none"), false); n != 0 || err != nil {
		t.Errorf("where nothing is: %d, %v", n, err)
	}
}

// files are what a directory holds but for the lock.
func files(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".lock") {
			names = append(names, filepath.Base(e.Name()))
		}
	}
	return names
}
