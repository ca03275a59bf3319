package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"legacyauth/bot/demo"
)

func parse(t *testing.T, args ...string) *flags {
	t.Helper()
	var f flags
	parser, err := kong.New(&f, kong.Name("gensignins"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(args); err != nil {
		t.Fatal(err)
	}
	return &f
}

func TestRunWritesRows(t *testing.T) {
	t.Parallel()
	var out, said bytes.Buffer
	if err := parse(t, "--rows", "500", "--clients", "10", "--legacy", "0.5").run(&out, &said); err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(out.Bytes(), []byte("\n")); n != 500 {
		t.Errorf("got %d lines, want 500", n)
	}
	if !strings.Contains(said.String(), "500 rows") || !strings.Contains(said.String(), "10 clients") {
		t.Errorf("said %q", said.String())
	}
}

func TestRunWritesFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "log.csv")
	var out, said bytes.Buffer
	if err := parse(t, "--bytes", "64KiB", "--shape", "portal-csv", "-o", path).run(&out, &said); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if out.Len() != 0 || len(got) < 64<<10 || !bytes.HasPrefix(got, []byte("\ufeffDate (UTC),")) {
		t.Errorf("the file has %d bytes and begins %.30q; standard output has %d", len(got), got, out.Len())
	}
}

func TestRunWritesTheEmbeddedLog(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := parse(t, "--demo", dir).run(nil, &bytes.Buffer{}); err != nil {
		t.Fatal(err)
	}
	for _, f := range demo.Files() {
		if _, err := os.Stat(filepath.Join(dir, f.Name)); err != nil {
			t.Error(err)
		}
	}
}

func TestSize(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]size{
		"10GB": 10e9, "500 MB": 500e6, "1GiB": 1 << 30, "1.5kb": 1500, "12": 12, "7b": 7, "2TB": 2e12,
	} {
		var got size
		if err := got.UnmarshalText([]byte(text)); err != nil || got != want {
			t.Errorf("%q is %d (%v), want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "GB", "-1MB", "ten", "1e40GB", "NaN"} {
		var got size
		if err := got.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is taken for %d", text, got)
		}
	}
}

func FuzzSize(f *testing.F) {
	f.Add("10GB")
	f.Add("nan")
	f.Fuzz(func(t *testing.T, text string) {
		var s size
		if err := s.UnmarshalText([]byte(text)); err == nil && s < 0 {
			t.Errorf("%q is %d", text, s)
		}
	})
}
