package signins_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/entra/entratest"
	"legacyauth/adapters/entra/signins"
	"legacyauth/detect"
)

// stopped gives a source whose scan was stopped after its first window.
func stopped(t *testing.T, log entratest.Sample) (*signins.Source, *entratest.Server) {
	t.Helper()
	server := start(t, log, nil)
	src := source(t, graph(t, server, nil))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	src.Progress = func(p signins.Progress) {
		if p.Share > 0.4 {
			cancel()
		}
	}
	if _, err := src.Read(ctx, func([]detect.SignIn) error { return nil }); err == nil {
		t.Fatal("the scan was not stopped")
	}
	src.Progress = nil
	server.Reset()
	return src, server
}

func file(t *testing.T, src *signins.Source, ending string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(src.Dir, "*"+ending))
	if err != nil || len(found) != 1 {
		t.Fatalf("files %v, error %v", found, err)
	}
	return found[0]
}

// What an earlier scan left behind is used when it fits, and otherwise the scan
// begins anew and says why.
func TestWhatIsLeftBehind(t *testing.T) {
	t.Parallel()
	log := sample(3000, 2900, 30)
	replace := func(from, to string) func(t *testing.T, src *signins.Source) {
		return func(t *testing.T, src *signins.Source) {
			path := file(t, src, ".json")
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			changed := strings.Replace(string(content), from, to, 1)
			if changed == string(content) {
				t.Fatalf("%s is not in %s", from, content)
			}
			if err := os.WriteFile(path, []byte(changed), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range []struct {
		name   string
		change func(t *testing.T, src *signins.Source)
		why    string // empty: the scan is gone on with
	}{
		{"as it was", func(*testing.T, *signins.Source) {}, ""},
		{"rows of an unfinished window", func(t *testing.T, src *signins.Source) {
			f, err := os.OpenFile(file(t, src, ".rows"), os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.WriteString(`{"i":"half a r`); err != nil {
				t.Fatal(err)
			}
			_ = f.Close()
		}, ""},
		{"asked for less", func(_ *testing.T, src *signins.Source) { src.Window.From = now.Add(-25 * day) }, ""},
		{"asked for more", func(_ *testing.T, src *signins.Source) { src.Window.From = now.Add(-31 * day) }, ""},
		{"a later day", func(_ *testing.T, src *signins.Source) { src.Now = func() time.Time { return now.Add(20 * time.Hour) } }, ""},
		{"empty checkpoint", func(t *testing.T, src *signins.Source) {
			if err := os.Truncate(file(t, src, ".json"), 0); err != nil {
				t.Fatal(err)
			}
		}, "is broken"},
		{"half a checkpoint", func(t *testing.T, src *signins.Source) {
			if err := os.Truncate(file(t, src, ".json"), 100); err != nil {
				t.Fatal(err)
			}
		}, "is broken"},
		{"contradicting checkpoint", replace(`"rung":0`, `"rung":99`), "is broken"},
		{"newer checkpoint", replace(`"version":1`, `"version":2`), "is of version 2"},
		{"another tenant's", replace(entratest.ContosoID, "fabrikam"), "another tenant's"},
		{"of v1.0", replace(`"interactiveOnly":false`, `"interactiveOnly":true`), "another version of the log"},
		{"too old", func(_ *testing.T, src *signins.Source) { src.Now = func() time.Time { return now.Add(73 * time.Hour) } }, "more than 72 hours ago"},
		{"changed rows", func(t *testing.T, src *signins.Source) {
			if err := os.Truncate(file(t, src, ".rows"), 1000); err != nil {
				t.Fatal(err)
			}
		}, "are broken"},
		{"no rows", func(t *testing.T, src *signins.Source) {
			if err := os.Remove(file(t, src, ".rows")); err != nil {
				t.Fatal(err)
			}
		}, "are broken"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			src, server := stopped(t, log)
			c.change(t, src)
			got := mustRead(t, src)
			var want []string
			from := src.Window.From
			if from.IsZero() {
				from = src.Now().Add(-signins.Retention)
			}
			for r := range log.All() {
				if detect.ParseClientApp(r.ClientApp) != detect.Modern && !r.Time.Before(from) {
					want = append(want, r.ID)
				}
			}
			slices.Sort(want)
			if diff := cmp.Diff(want, sorted(got.ids)); diff != "" {
				t.Errorf("sign-ins (-log +read):\n%s", diff)
			}
			anew := slices.ContainsFunc(got.reading.Notes, func(n string) bool {
				return strings.HasPrefix(n, "an earlier scan was stopped and this one began anew") && strings.Contains(n, c.why)
			})
			if anew != (c.why != "") {
				t.Errorf("notes %q", got.reading.Notes)
			}
			// An earlier start has to be read in either case.
			again := slices.ContainsFunc(queries(t, server), func(q asked) bool {
				return q.top != "1" && q.from <= "2026-10-25T00:00:00Z" && q.to > "2026-10-24T12:00:00Z"
			})
			if again != (c.why != "") && c.name != "too old" {
				t.Errorf("the finished window was asked for again: %t", again)
			}
		})
	}
}

func TestKeptFilesAreTheOwners(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("file modes are those of Unix")
	}
	log := sample(3000, 2900, 30)
	server := start(t, log, nil)
	src := source(t, graph(t, server, nil))
	src.Dir = filepath.Join(src.Dir, "state")
	src.Progress = func(p signins.Progress) {
		if p.Share < 0.4 || p.Share == 1 {
			return
		}
		info, err := os.Stat(src.Dir)
		if err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("directory %v, error %v", info.Mode(), err)
		}
		for _, ending := range []string{".json", ".rows", ".lock"} {
			info, err := os.Stat(file(t, src, ending))
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s: %v, error %v", ending, info.Mode(), err)
			}
		}
	}
	mustRead(t, src)
}

func TestTwoScansOfOneTenant(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("files are locked on Unix only")
	}
	server := start(t, sample(100, 100, 30), nil)
	src := source(t, graph(t, server, nil))
	second := *src
	src.Progress = func(signins.Progress) {
		if _, err := read(&second); !errors.Is(err, signins.ErrRunning) {
			t.Errorf("a second scan meanwhile: %v", err)
		}
	}
	mustRead(t, src)
	mustRead(t, &second)
}

// A tenant's name is outside text: it chooses no path.
func TestStateStaysInItsDirectory(t *testing.T) {
	t.Parallel()
	server := start(t, sample(100, 100, 30), nil)
	src := source(t, graph(t, server, nil))
	src.Tenant = "../../contoso com"
	mustRead(t, src)
	file(t, src, ".lock")
}

func TestWithoutADirectoryNothingIsKept(t *testing.T) {
	t.Parallel()
	log := sample(3000, 2900, 30)
	server := start(t, log, nil)
	src := source(t, graph(t, server, nil))
	src.Dir = ""
	got := mustRead(t, src)
	if diff := cmp.Diff(legacyIDs(log), sorted(got.ids)); diff != "" {
		t.Errorf("sign-ins (-log +read):\n%s", diff)
	}
	server.Reset()
	server.FailAfter(3)
	_, err := read(src)
	var stopped *signins.StoppedError
	if !errors.As(err, &stopped) || stopped.Kept != 0 || !strings.Contains(err.Error(), "nothing had been kept") {
		t.Errorf("error %v", err)
	}
}

// A scan that came to nothing leaves nothing but its lock.
func TestNothingIsKeptOfNothing(t *testing.T) {
	t.Parallel()
	server := start(t, sample(100, 100, 30), func(c *entratest.Config) { c.Tenants[0].Free = true })
	src := source(t, graph(t, server, nil))
	if _, err := read(src); err == nil {
		t.Fatal("a tenant without a license was read")
	}
	left, err := os.ReadDir(src.Dir)
	if err != nil || len(left) != 1 || !strings.HasSuffix(left[0].Name(), ".lock") {
		t.Errorf("left behind: %v, error %v", left, err)
	}
}

func TestSinkErrorComesBack(t *testing.T) {
	t.Parallel()
	server := start(t, sample(100, 100, 30), nil)
	enough := errors.New("enough")
	_, err := source(t, graph(t, server, nil)).SignIns(context.Background(), func([]detect.SignIn) error { return enough })
	if err != enough { //nolint:errorlint // the sink's error comes back as it is
		t.Errorf("error %v", err)
	}
}
