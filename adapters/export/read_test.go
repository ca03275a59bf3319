package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"legacyauth/detect"
	"legacyauth/detect/logrow/logrowtest"
)

// lines makes a log of about size bytes.
func lines(size int, shape logrowtest.Shape) []byte {
	return logrowtest.Lines(size, shape, rand.New(rand.NewPCG(7, 11)).IntN)
}

// TestCancel ends a blocked read, a blocked pipeline and every goroutine. The
// bubble fails the test when one is left.
func TestCancel(t *testing.T) {
	t.Parallel()
	log := lines(8<<20, logrowtest.Graph)
	for name, c := range map[string]struct {
		given  []byte // through the pipe before it falls silent
		cancel bool   // by the caller rather than by sink
	}{
		"before the first byte": {nil, true},
		"in the middle":         {log, true},
		"by sink":               {log, false},
		"in an array":           {append([]byte{'['}, bytes.ReplaceAll(log, []byte("\n"), []byte(",\n"))...), true},
		"in a zip":              {zipped(entry{"a", log})[:1<<10], true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				r, w := io.Pipe()
				go func() { _, _ = w.Write(c.given) }()
				go func() {
					synctest.Wait()
					if c.cancel {
						cancel()
					}
				}()
				mine := errors.New("enough")
				in, _ := Inputs([]string{"-"}, r)
				_, err := Read(ctx, in[0], Options{Workers: 3}, func([]detect.SignIn) error {
					if !c.cancel {
						_ = r.Close()
						return mine
					}
					return nil
				})
				if want := map[bool]error{true: context.Canceled, false: mine}[c.cancel]; !errors.Is(err, want) {
					t.Errorf("got %v, want %v", err, want)
				}
				_ = r.Close()
			})
		})
	}
}

// TestLimits says that a download of exactly a portal's limit looks cut.
func TestLimits(t *testing.T) {
	t.Parallel()
	record := `{"time":"2026-11-02T08:00:00Z","category":"SignInLogs","properties":{"id":"1"}}` + "\n"
	row := "2026-11-02T08:00:00Z,ada@contoso.com,0,IMAP4\n"
	portal := "Date (UTC),Username,Status,Client app\n"
	array := func(n int) string {
		return "[" + strings.Repeat("{\"isInteractive\":true},\n", n-1) + "{\"isInteractive\":true}]"
	}
	for _, c := range []struct {
		name, text string
		truncated  bool
	}{
		{"array of 100,000", array(100_000), true},
		{"array of 99,999", array(99_999), false},
		{"array of 100,001", array(100_001), false},
		{"lines of 250,000", strings.Repeat("{\"isInteractive\":true}\n", 250_000), true},
		{"records of 100,000", strings.Repeat(record, 100_000), false},
		{"portal CSV of 100,000", portal + strings.Repeat(row, 100_000), true},
		{"portal CSV of 99,999", portal + strings.Repeat(row, 99_999), false},
		{"workspace CSV of 30,000", smallHeader + strings.Repeat(row, 30_000), true},
		{"workspace CSV of 100,000", smallHeader + strings.Repeat(row, 100_000), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r, err := Read(t.Context(), memory("x", []byte(c.text)), Options{}, func([]detect.SignIn) error { return nil })
			if err != nil || (r.Truncated != "") != c.truncated {
				t.Errorf("%d rows, truncated %q, %v", r.Rows, r.Truncated, err)
			}
		})
	}
}

// TestOrder hands rows over in the input's order, one batch at a time, and
// tells the progress of every batch.
func TestOrder(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	for i := range 50_000 {
		fmt.Fprintf(&b, one+"\n", i)
	}
	for _, workers := range []int{0, 1, 7} {
		var busy atomic.Int32
		next, told := 0, int64(0)
		r, err := Read(t.Context(), memory("x", b.Bytes()), Options{
			Workers:  workers,
			Progress: func(n int64) { told = max(told, n) },
		}, func(batch []detect.SignIn) error {
			if busy.Add(1) != 1 {
				t.Error("sink is called concurrently")
			}
			for i := range batch {
				if batch[i].ID != fmt.Sprint(next) {
					return fmt.Errorf("row %q in the place of %d", batch[i].ID, next)
				}
				next++
			}
			busy.Add(-1)
			return nil
		})
		if err != nil || next != 50_000 || told != int64(b.Len()) || r.Bytes != told {
			t.Errorf("%d workers: %d rows, %d of %d bytes told, %v", workers, next, told, b.Len(), err)
		}
	}
}

// repeated is an endless log.
type repeated struct {
	text []byte
	at   int
	left int64
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, io.EOF
	}
	n := copy(p, r.text[r.at:])
	r.at = (r.at + n) % len(r.text)
	r.left -= int64(n)
	return n, nil
}

// TestMemory reads half a gigabyte and wants the heap no larger for it.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 512 MiB")
	}
	text := lines(4<<20, logrowtest.Record)
	in := Input{Name: "x", Size: -1, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(&repeated{text: text, left: int64(128 * len(text))}), nil
	}}
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	runtime.GC()
	before, most, n := heap(), uint64(0), 0
	r, err := Read(t.Context(), in, Options{}, func([]detect.SignIn) error {
		if n++; n%64 == 0 {
			most = max(most, heap())
		}
		return nil
	})
	if err != nil || r.Rows < 200_000 || r.Truncated != "" || r.Skipped > 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	t.Logf("%d rows of %d MiB, heap %.1f MiB more at most", r.Rows, r.Bytes>>20, float64(most-before)/(1<<20))
	if most > before+40<<20 {
		t.Errorf("heap grew by %d MiB, want at most 40", (most-before)>>20)
	}
}

// TestParts says of a set of pages whether the last one is there.
func TestParts(t *testing.T) {
	t.Parallel()
	page := func(more bool) Report { return Report{Name: "p", Shape: shapeGraphList, MorePages: more} }
	gaps := func(reports ...Report) (n int) {
		for _, p := range Parts(reports) {
			n += len(p.Gaps)
		}
		return n
	}
	if n := gaps(page(true), page(true)); n != 2 {
		t.Errorf("no last page: %d gaps, want 2", n)
	}
	if n := gaps(page(true), page(false)); n != 0 {
		t.Errorf("with the last page: %d gaps, want none", n)
	}
	if n := gaps(Report{Members: []Report{page(true), page(false)}, MorePages: true}); n != 0 {
		t.Errorf("archive of all pages: %d gaps, want none", n)
	}
	if n := gaps(page(true), Report{Shape: "portal CSV"}); n != 1 {
		t.Errorf("page and another log: %d gaps, want 1", n)
	}
}
