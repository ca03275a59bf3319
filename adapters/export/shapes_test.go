package export

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/export/flow"
	"legacyauth/detect"
)

var update = flag.Bool("update", false, "write the golden files")

// memory is an input that holds data.
func memory(name string, data []byte) Input {
	return Input{Name: name, Size: int64(len(data)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(data)), nil
	}}
}

// all reads an input whole.
func all(t testing.TB, in Input) ([]detect.SignIn, Report, error) {
	t.Helper()
	return allWith(t, in, flow.Usual(), sniffSize)
}

func allWith(t testing.TB, in Input, bounds flow.Sizes, head int) ([]detect.SignIn, Report, error) {
	t.Helper()
	var got []detect.SignIn
	s := &scan{ctx: context.Background(), bounds: bounds, head: head, sink: func(batch []detect.SignIn) error {
		got = append(got, batch...)
		return nil
	}}
	report, err := s.whole(in)
	if err == nil && report.Rows != int64(len(got)) {
		t.Errorf("report counts %d rows, %d were handed over", report.Rows, len(got))
	}
	return got, report, err
}

// write lays out what was read, leaving out what is empty.
func write(got []detect.SignIn, report Report, err error) string {
	var b strings.Builder
	fields := func(v any) {
		s := reflect.ValueOf(v)
		for i := range s.NumField() {
			if f := s.Field(i); !f.IsZero() {
				value := f.Interface()
				if at, ok := value.(time.Time); ok {
					value = at.Format(time.RFC3339Nano)
				}
				fmt.Fprintf(&b, "  %s: %+v\n", s.Type().Field(i).Name, value)
			}
		}
	}
	b.WriteString("report\n")
	fields(report)
	if err != nil {
		fmt.Fprintf(&b, "error\n  %T\n  %v\n", err, err)
	}
	for _, s := range got {
		b.WriteString("sign-in\n")
		fields(s)
	}
	return b.String()
}

// TestShapes reads one file of every shape, and one of every table that has to
// be refused, and compares with what is written beside it.
func TestShapes(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"read", "refused"} {
		paths, err := filepath.Glob(filepath.Join("testdata", dir, "*"))
		if err != nil || len(paths) == 0 {
			t.Fatal("no files", err)
		}
		for _, path := range paths {
			if strings.HasSuffix(path, ".golden") {
				continue
			}
			t.Run(filepath.Base(path), func(t *testing.T) {
				t.Parallel()
				data, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				signIns, report, err := all(t, memory(filepath.Base(path), data))
				if (err != nil) != (dir == "refused") {
					t.Errorf("error %v of a file in %s", err, dir)
				}
				golden(t, path+".golden", write(signIns, report, err))

				// However the text is cut into jobs, the answer is the same.
				for _, chunk := range []int{1 << 10, 5000} {
					again, report2, err2 := allWith(t, memory(filepath.Base(path), data), flow.Sizes{Chunk: chunk, Row: 64 << 10}, sniffSize)
					if diff := cmp.Diff(write(signIns, report, err), write(again, report2, err2)); diff != "" {
						t.Errorf("in chunks of %d bytes (-whole +chunks):\n%s", chunk, diff)
					}
				}
			})
		}
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// TestWrongTableIsTyped lets callers tell a refusal from a broken file.
func TestWrongTableIsTyped(t *testing.T) {
	t.Parallel()
	for name, missing := range map[string]string{
		"unified-audit.jsonl": "", "audit.jsonl": "", "summary.csv": "", "application.csv": "", "authdetails.csv": "",
		"portal-older.csv": "Client app (ClientAppUsed)", "kql-without-client.csv": "ClientAppUsed", "query-without-client.json": "ClientAppUsed",
	} {
		data, err := os.ReadFile(filepath.Join("testdata", "refused", name))
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = all(t, memory(name, data))
		var wrong *WrongTableError
		if !errors.As(err, &wrong) || wrong.Missing != missing || wrong.Name != name {
			t.Errorf("%s: got %#v, want a WrongTableError that misses %q", name, err, missing)
		}
	}
}
