package app

import (
	"bytes"
	"compress/gzip"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the scripts start the program under its name.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"legacyauth": func() {
			program, now := New(), time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
			if later := os.Getenv("NOW"); later != "" {
				var err error
				if now, err = time.Parse(time.RFC3339, later); err != nil {
					panic(err)
				}
			}
			program.Now = func() time.Time { return now }
			os.Exit(program.Run(os.Args[1:]))
		},
	})
}

// TestScripts runs the program as people do: each script is one thing somebody
// would want of it.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"compress": compress,
			"utf16":    toUTF16,
			"settle":   settle,
			"await":    await,
		},
	})
}

// compress FILE writes FILE.gz.
func compress(ts *testscript.TestScript, _ bool, args []string) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	ts.Check(w.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]+".gz"), out.Bytes(), 0o600))
}

// utf16 FILE writes FILE again as UTF-16, little-endian with a byte-order mark,
// as Excel and PowerShell do.
func toUTF16(ts *testscript.TestScript, _ bool, args []string) {
	out := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(ts.ReadFile(args[0]))) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), out, 0o600))
}

// settle FILE makes a file look as if it had been left alone for a day.
func settle(ts *testscript.TestScript, _ bool, args []string) {
	yesterday := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	ts.Check(os.Chtimes(ts.MkAbs(args[0]), yesterday, yesterday))
}

// await FILE TEXT waits until a program in the background has written a text.
func await(ts *testscript.TestScript, _ bool, args []string) {
	tick, late := time.NewTicker(20*time.Millisecond), time.After(30*time.Second)
	defer tick.Stop()
	for {
		text, err := os.ReadFile(ts.MkAbs(args[0]))
		if err == nil && strings.Contains(string(text), args[1]) {
			return
		}
		select {
		case <-tick.C:
		case <-late:
			ts.Fatalf("%s does not say %q: %s", args[0], args[1], text)
		}
	}
}
