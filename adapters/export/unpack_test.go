package export

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/export/flow"
	"legacyauth/adapters/export/tables"
	"legacyauth/detect"
)

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "read", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func gzipped(parts ...[]byte) []byte {
	var b bytes.Buffer
	for _, p := range parts {
		w := gzip.NewWriter(&b)
		_, _ = w.Write(p)
		_ = w.Close()
	}
	return b.Bytes()
}

type entry struct {
	name string
	data []byte
}

func zipped(entries ...entry) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		f, _ := w.Create(e.name)
		_, _ = f.Write(e.data)
	}
	_ = w.Close()
	return b.Bytes()
}

func utf16le(text []byte, mark bool) []byte {
	var b []byte
	if mark {
		b = append(b, 0xff, 0xfe)
	}
	for _, u := range utf16.Encode([]rune(string(text))) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

func swapped(b []byte) []byte {
	out := make([]byte, len(b))
	for i := 0; i+1 < len(b); i += 2 {
		out[i], out[i+1] = b[i+1], b[i]
	}
	return out
}

// pipe hides everything but reading, a few bytes at a time.
func pipe(data []byte) Input {
	in, _ := Inputs([]string{"-"}, struct{ io.Reader }{iotest{bytes.NewReader(data)}})
	return in[0]
}

type iotest struct{ r io.Reader }

func (r iotest) Read(p []byte) (int, error) { return r.r.Read(p[:min(len(p), 7)]) }

// TestWrappings reads one log however it is encoded, compressed and given.
func TestWrappings(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"portal.csv", "graph-list.json", "records.jsonl"} {
		text := bytes.TrimPrefix(fixture(t, name), []byte("\xef\xbb\xbf"))
		want, _, err := all(t, memory("x", text))
		if err != nil {
			t.Fatal(err)
		}
		for how, in := range map[string]Input{
			"mark":              memory("x", append([]byte("\xef\xbb\xbf"), text...)),
			"UTF-16LE":          memory("x", utf16le(text, true)),
			"UTF-16BE":          memory("x", swapped(utf16le(text, true))),
			"UTF-16LE, no mark": memory("x", utf16le(text, false)),
			"UTF-16BE, no mark": memory("x", swapped(utf16le(text, false))),
			"gzip":              memory("x.csv", gzipped(text)),
			"gzip, two members": memory("x", gzipped(text[:700], text[700:])),
			"gzip of UTF-16":    memory("x", gzipped(utf16le(text, true))),
			"gzip twice":        memory("x", gzipped(gzipped(text))),
			"zip":               memory("x", zipped(entry{"a/log", text})),
			"pipe":              pipe(text),
			"gzip by pipe":      pipe(gzipped(text)),
			"zip by pipe":       pipe(zipped(entry{"log", text})),
			"gzip in zip":       memory("x", zipped(entry{"log.gz", gzipped(text)})),
		} {
			t.Run(name+"/"+how, func(t *testing.T) {
				t.Parallel()
				got, r, err := all(t, in)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, got); diff != "" || r.Truncated != "" || r.Bytes == 0 {
					t.Errorf("%+v (-plain +%s):\n%s", r, how, diff)
				}
			})
		}
	}
}

// TestFiles reads what is on disk: a file, a zip archive, a folder of logs.
func TestFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	put := func(name string, data []byte) {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, data, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	put("y=2026/m=11/d=02/PT1H.json", fixture(t, "records.jsonl"))
	put("y=2026/m=11/d=01/PT1H.json", fixture(t, "graph-lines.jsonl"))
	put("y=2026/.DS_Store", []byte{0})
	put("all.zip", zipped(entry{"InteractiveSignIns.json", fixture(t, "graph-list.json")}, entry{"portal.csv", fixture(t, "portal.csv")}))

	if err := os.Symlink(filepath.Join(dir, "all.zip"), filepath.Join(dir, "link")); err != nil {
		t.Log("no links here:", err)
		put("link", zipped(entry{"a", fixture(t, "graph-list.json")}, entry{"portal.csv", fixture(t, "portal.csv")}))
	}

	inputs, err := Inputs([]string{dir}, nil)
	if err != nil {
		t.Fatal(err)
	}
	rows := []int64{}
	for _, in := range inputs {
		_, r, err := all(t, in)
		if err != nil || r.Bytes == 0 || r.Bytes > in.Size {
			t.Errorf("%s: %+v, %v", in.Name, r, err)
		}
		rows = append(rows, r.Rows)
	}
	if diff := cmp.Diff([]int64{7, 7, 3, 4}, rows); diff != "" {
		t.Errorf("rows of the files by path (-want +got):\n%s", diff)
	}
	for _, paths := range [][]string{{filepath.Join(dir, "none.json")}, {t.TempDir()}, {"-", "-"}} {
		if _, err := Inputs(paths, strings.NewReader("")); err == nil {
			t.Errorf("%q: no error", paths)
		}
	}
}

// TestArchive reads the members of an archive as files of their own.
func TestArchive(t *testing.T) {
	t.Parallel()
	details := []byte("Date (UTC),Request ID,Authentication method,Succeeded,Result detail\n")
	list, portal := fixture(t, "graph-list.json"), fixture(t, "portal.csv")

	got, r, err := all(t, memory("a.zip", zipped(entry{"in.json", list}, entry{"__MACOSX/in.json", nil}, entry{"non_AuthDetails.csv", details}, entry{"sub/non.csv", portal})))
	if err != nil || len(got) != 7 || r.Shape != "archive" || len(r.Members) != 2 || r.Members[1].Name != "a.zip/sub/non.csv" || !r.NonInteractive {
		t.Errorf("%d rows, %+v, %v", len(got), r, err)
	}
	if len(r.Notes) == 0 || !strings.Contains(r.Notes[0], "non_AuthDetails.csv was left out") {
		t.Errorf("notes %q do not name what was left out", r.Notes)
	}

	var wrong *WrongTableError
	if _, _, err = all(t, memory("a.zip", zipped(entry{"in.json", list}, entry{"audit.json", []byte(`[{"Operation":"x","Workload":"y"}]`)}))); !errors.As(err, &wrong) || wrong.Name != "a.zip/audit.json" {
		t.Errorf("wrong member: %v", err)
	}
	if _, _, err = all(t, memory("a.zip", zipped(entry{"AuthDetails.csv", details}))); !errors.As(err, &wrong) || wrong.What != tables.AuthDetails {
		t.Errorf("only the sister file: %v", err)
	}
	if _, _, err = all(t, memory("a.xlsx", zipped(entry{"[Content_Types].xml", nil}))); !errors.As(err, &wrong) || wrong.What != "an Excel workbook" {
		t.Errorf("workbook: %v", err)
	}
	whole := zipped(entry{"in.json", list})
	for name, data := range map[string][]byte{"cut": whole[:len(whole)-30], "empty": zipped(), "zip in zip": zipped(entry{"b.zip", whole})} {
		if _, _, err := all(t, memory("a.zip", data)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestCutGzip keeps what was unpacked before the end of a gzip stream got lost.
func TestCutGzip(t *testing.T) {
	t.Parallel()
	var text bytes.Buffer
	for range 200 {
		text.Write(fixture(t, "graph-lines.jsonl"))
	}
	whole := gzipped(text.Bytes())
	got, r, err := all(t, memory("x.gz", whole[:len(whole)-len(whole)/3]))
	if err != nil || len(got) == 0 || len(got) >= 600 || r.Truncated == "" {
		t.Errorf("%d rows, %+v, %v", len(got), r, err)
	}
	damaged := bytes.Clone(whole)
	damaged[len(damaged)-6] ^= 0xff // the checksum
	if _, _, err := all(t, memory("x.gz", damaged)); err == nil {
		t.Error("damaged: no error")
	}
}

// TestDateOrderOfFile looks through the whole of a file that can be read twice
// for a date that tells the order, and says so when none can be found.
func TestDateOrderOfFile(t *testing.T) {
	t.Parallel()
	line := func(date string) string { return date + " 10:00,ada@contoso.com,0,IMAP4\n" }
	text := []byte(smallHeader + strings.Repeat(line("3/4/2025"), 1000) + line("25/12/2025"))
	month := func(in Input) (int, Report) {
		got, r, err := allWith(t, in, flow.Usual(), 1000)
		if err != nil {
			t.Fatal(err)
		}
		return int(got[0].Time.Month()), r
	}
	if m, r := month(memory("x", text)); m != 4 || !strings.Contains(strings.Join(r.Notes, ""), "day first, because") {
		t.Errorf("file: month %d, notes %q", m, r.Notes)
	}
	if m, r := month(memory("x", gzipped(text))); m != 4 || len(r.Gaps) > 0 {
		t.Errorf("gzip: month %d, gaps %q", m, r.Gaps)
	}
	if m, r := month(pipe(text)); m != 3 || len(r.Gaps) != 1 {
		t.Errorf("pipe: month %d, gaps %q; want month first and a gap", m, r.Gaps)
	}
}

// FuzzRead reads anything without a panic, in bounded output, and the same
// however it is cut into jobs.
func FuzzRead(f *testing.F) {
	paths, _ := filepath.Glob(filepath.Join("testdata", "re*", "*"))
	for _, path := range paths {
		if data, err := os.ReadFile(path); err == nil && !strings.HasSuffix(path, ".golden") {
			f.Add(data)
		}
	}
	text, _ := os.ReadFile(filepath.Join("testdata", "read", "sparse.jsonl"))
	f.Add(gzipped(text))
	f.Add(zipped(entry{"a.json", text}, entry{"b.csv", []byte(smallHeader)}))
	f.Add(utf16le(text, true))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, r, err := allWith(t, memory("x", data), flow.Sizes{Chunk: 256, Row: 1 << 20}, sniffSize)
		again, r2, err2 := allWith(t, memory("x", data), flow.Usual(), sniffSize)
		if a, b := write(got, r, err), write(again, r2, err2); a != b {
			t.Fatalf("in small jobs\n%s\nin one\n%s", a, b)
		}
		for _, s := range got {
			if !s.Time.IsZero() && s.Time.Year() < 2000 {
				t.Fatalf("time %v", s.Time)
			}
			if s.CAStatus != strings.ToLower(s.CAStatus) || s.Event > detect.ManagedIdentity {
				t.Fatalf("%+v", s)
			}
		}
		if err == nil && r.Rows == 0 && r.Truncated == "" && len(r.Notes) == 0 {
			t.Fatalf("nothing read and nothing said: %+v", r)
		}
	})
}

// TestSinkError gives the caller's own error back.
func TestSinkError(t *testing.T) {
	t.Parallel()
	mine := errors.New("enough")
	_, err := Read(context.Background(), memory("x", fixture(t, "graph-list.json")), Options{}, func([]detect.SignIn) error { return mine })
	if !errors.Is(err, mine) {
		t.Errorf("got %v", err)
	}
}
