package bench

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/export"
	"legacyauth/bot/demo"
	"legacyauth/bot/demo/graphlog"
)

// TestMain lets the tests start this program, and programs that answer badly, as
// processes.
func TestMain(m *testing.M) {
	if len(os.Args) < 3 || os.Args[1] != "as" {
		os.Exit(m.Run())
	}
	switch os.Args[2] {
	case "own":
		inputs, err := export.Inputs(os.Args[3:], nil)
		if err == nil {
			var own Own
			if own, err = ReadOwn(context.Background(), inputs[0], nil); err == nil {
				err = own.Write(os.Stdout)
			}
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "legacyauth:", err)
			os.Exit(1)
		}
	case "wrong":
		fmt.Println(`[{"user":"nobody@contoso.com","protocol":"IMAP4","agent":"","code":0,"n":7}]`)
	case "fails":
		fmt.Fprintln(os.Stderr, "\nout of\tmemory\x1b[31m "+strings.Repeat("x", 500)+"\nsecond line")
		os.Exit(9)
	case "babbles":
		fmt.Println("Summary: fine")
	case "hangs":
		<-time.After(time.Hour)
	}
}

func self(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// as is a peer that is this test in a role.
func as(t *testing.T, role string) Peer {
	return Peer{role, self(t), func(f File) ([]string, string) { return []string{"as", role, f.Path}, "" }}
}

// generated writes a log of 2,000 rows.
func generated(t *testing.T, shape graphlog.Shape, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	out := bufio.NewWriter(file)
	var into io.Writer = out
	var packed *gzip.Writer
	if strings.HasSuffix(name, ".gz") {
		packed = gzip.NewWriter(out)
		into = packed
	}
	_, err = demo.Stream(demo.StreamConfig{
		Seed: 1, Rows: 2000, Users: 200, Clients: 60, Legacy: 0.2, Shape: shape,
		From: time.Date(2026, 10, 22, 0, 0, 0, 0, time.UTC), To: time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC),
	}, into)
	if packed != nil {
		err = errors.Join(err, packed.Close())
	}
	if err := errors.Join(err, out.Flush(), file.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

func comparison(t *testing.T, peers ...Peer) Comparison {
	return Comparison{Self: []string{self(t), "as", "own"}, Runs: 1, Peers: peers}
}

// TestPeersAgree asks the real programs. Which of them are installed differs from
// machine to machine; .ci/install brings jq and Python.
func TestPeersAgree(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		shape graphlog.Shape
		name  string
	}{
		{graphlog.Lines, "signins.jsonl"},
		{graphlog.Lines, "it's.jsonl.gz"},
		{graphlog.Array, "signins.json"},
		{graphlog.Page, "page.json"},
		{graphlog.PortalCSV, "NonInteractiveSignIns.csv"},
	} {
		path := generated(t, c.shape, c.name)
		for _, peer := range Peers() {
			t.Run(c.name+"/"+peer.Name, func(t *testing.T) {
				t.Parallel()
				if _, err := exec.LookPath(peer.Program); err != nil {
					t.Skipf("%s is not installed", peer.Program)
				}
				got, err := comparison(t, peer).Ask(t.Context(), path)
				if err != nil {
					t.Fatal(err)
				}
				if got.Rows != 2000 || got.Legacy < 300 || got.Groups < 60 {
					t.Errorf("%d rows, %d legacy in %d groups", got.Rows, got.Legacy, got.Groups)
				}
				m := got.Programs[1]
				if m.Not != "" && !strings.HasPrefix(m.Not, "it reads no") && !strings.HasPrefix(m.Not, "the question is not written") {
					t.Error(m.Not)
				}
				if diff := cmp.Diff([]string(nil), m.Differences); diff != "" {
					t.Error(diff)
				}
				if m.Not == "" && m.Took <= 0 {
					t.Errorf("measured %+v", m)
				}
			})
		}
	}
}

// TestBadPeers says what is wrong with a program that answers badly, and goes on.
func TestBadPeers(t *testing.T) {
	t.Parallel()
	path := generated(t, graphlog.Lines, "signins.jsonl")
	c := comparison(t, as(t, "wrong"), as(t, "fails"), as(t, "babbles"), Peer{"absent", "no-such-program", nil}, as(t, "own"))
	c.Runs = 2
	got, err := c.Ask(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"no-such-program"}, got.Missing); diff != "" || got.Equal() {
		t.Error(diff, got.Equal())
	}
	not := map[string]string{}
	for _, m := range got.Programs {
		not[m.Name] = m.Not
	}
	for name, want := range map[string]string{
		"legacyauth": "", "wrong": "", "fails": "it failed: out of memory [31m xxx", "babbles": "its output is not JSON", "own": "its output is not an answer",
	} {
		if !strings.HasPrefix(not[name], want) || (want == "") != (not[name] == "") || len(not[name]) > 200 {
			t.Errorf("%s: %q, want %q", name, not[name], want)
		}
	}
	wrong := got.Programs[1]
	if len(wrong.Differences) != shownDifferences+1 || !strings.HasPrefix(wrong.Differences[shownDifferences], "and ") {
		t.Errorf("differences %q", wrong.Differences)
	}
	if told := strings.Join(wrong.Differences, "\n"); strings.Contains(told, "@") {
		t.Errorf("somebody is named in %q", told)
	}
}

// TestLimit stops a program that does not end.
func TestLimit(t *testing.T) {
	t.Parallel()
	c := comparison(t, as(t, "hangs"))
	c.Limit = 100 * time.Millisecond
	got, err := c.Ask(t.Context(), generated(t, graphlog.Lines, "signins.jsonl"))
	if err != nil || got.Programs[1].Not != "it was stopped after 100ms" {
		t.Errorf("%+v, %v", got.Programs, err)
	}
}

// TestOwnErrors are told in this program's own words.
func TestOwnErrors(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "audit.csv")
	if err := os.WriteFile(path, []byte("CreationDate,UserIds,Operations,AuditData\na,b,c,d\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := comparison(t).Ask(t.Context(), path)
	if err == nil || !strings.HasPrefix(err.Error(), path+": this is a Unified Audit Log export") {
		t.Errorf("error %v", err)
	}
	if _, err := comparison(t).Ask(t.Context(), path+"x"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := comparison(t).Ask(ctx, generated(t, graphlog.Lines, "a.jsonl")); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// TestArguments quotes paths for every language, and words what is not asked.
func TestArguments(t *testing.T) {
	t.Parallel()
	for _, shape := range []string{lines, array, page, portal} {
		f := File{Path: `/tmp/it's "x".log`, Bytes: 100, Shape: shape}
		for _, p := range Peers() {
			arguments, not := p.Arguments(f)
			text := strings.Join(arguments, " ")
			if not == "" && p.Program != "jq" && p.Program != "python3" && !strings.Contains(text, `'/tmp/it''s "x".log'`) {
				t.Errorf("%s, %s: %s", p.Name, shape, text)
			}
			if not == "" && strings.Contains(text, "%!") {
				t.Errorf("%s, %s: %s", p.Name, shape, text)
			}
		}
	}
	for _, p := range Peers() {
		if arguments, not := p.Arguments(File{Path: "x", Shape: "Event Hub records"}); not == "" || len(arguments) > 0 {
			t.Errorf("%s is asked about a shape it does not know", p.Name)
		}
	}
	if _, not := declared(File{Path: "a*.log", Shape: lines}); not == "" {
		t.Error("DuckDB is given a pattern")
	}
}

// FuzzParse reads what other programs print.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		`{"user":"a","protocol":"b","agent":"c","code":1,"n":2}`, `[{"user":"a","code":"","n":2},{"code":null,"n":0}]`, `[]`, `{}{}`, `null`, `[null]`, `{"n":1e3}`, `"x"`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, out []byte) {
		answer, err := parse(out)
		if (err == nil) == (answer == nil) {
			t.Fatalf("%q: %v, %v", out, answer, err)
		}
		if err == nil && len(answer.differences(answer)) > 0 {
			t.Fatalf("%q differs from itself", out)
		}
	})
}
