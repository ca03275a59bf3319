package traps

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"legacyauth/bot/app"
)

// expected is what a case's expected.json says; see README.md.
type expected struct {
	Trap, Title, Why string
	Inputs           []string
	Repeat           *struct {
		File, Header, Row string
		Times             int
	}
	Reorder  bool
	Exit     int
	Stderr   []string
	Coverage map[string]any
	Spray    map[string]any
	Notes    []string
	Clients  []map[string]any
	Never    []string
}

func TestTraps(t *testing.T) {
	t.Parallel()
	cases, err := filepath.Glob("cases/*/expected.json")
	if err != nil || len(cases) < 14 {
		t.Fatalf("found %d cases, %v", len(cases), err)
	}
	for _, path := range cases {
		t.Run(filepath.Base(filepath.Dir(path)), func(t *testing.T) {
			t.Parallel()
			want := load(t, path)
			inputs := prepare(t, filepath.Dir(path), want)
			check(t, want, inputs)
			if want.Reorder {
				for i := range uint64(5) {
					check(t, want, shuffled(t, inputs, i))
				}
			}
		})
	}
}

func load(t *testing.T, path string) expected {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	var want expected
	if err := dec.Decode(&want); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return want
}

// prepare gives the paths of the inputs, writing the repeated one out.
func prepare(t *testing.T, dir string, want expected) []string {
	t.Helper()
	var paths []string
	for _, name := range want.Inputs {
		path := filepath.Join(dir, name)
		if want.Repeat != nil && want.Repeat.File == name {
			path = repeat(t, dir, want)
		}
		paths = append(paths, path)
	}
	return paths
}

func repeat(t *testing.T, dir string, want expected) string {
	t.Helper()
	header, err := os.ReadFile(filepath.Join(dir, want.Repeat.Header))
	if err != nil {
		t.Fatal(err)
	}
	row, err := os.ReadFile(filepath.Join(dir, want.Repeat.Row))
	if err != nil {
		t.Fatal(err)
	}
	out := bytes.NewBuffer(header)
	for n := range want.Repeat.Times {
		out.WriteString(strings.ReplaceAll(string(row), "{n}", fmt.Sprintf("%012d", n)))
	}
	return write(t, want.Repeat.File, out.Bytes())
}

func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// shuffled puts all rows of all files into one in another order.
func shuffled(t *testing.T, inputs []string, seed uint64) []string {
	t.Helper()
	var rows []string
	for _, path := range inputs {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, strings.Split(strings.TrimSpace(string(data)), "\n")...)
	}
	rand.New(rand.NewPCG(seed, 1)).Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return []string{write(t, "shuffled.jsonl", []byte(strings.Join(rows, "\n")+"\n"))}
}

// checkRefusal wants an object that holds the error and nothing that could be
// read as an answer.
func checkRefusal(t *testing.T, stdout string) {
	t.Helper()
	var said map[string]string
	if err := json.Unmarshal([]byte(stdout), &said); err != nil || len(said) != 1 || said["error"] == "" {
		t.Errorf("an error is not one JSON object with an error alone: %s", stdout)
	}
}

// run starts the whole program.
func run(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	m := &app.Main{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs,
		Now: func() time.Time { return time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC) },
	}
	code = m.Run(args)
	return code, out.String(), errs.String()
}

func check(t *testing.T, want expected, inputs []string) {
	t.Helper()
	args := []string{"scan"}
	for _, path := range inputs {
		args = append(args, "--from", path)
	}
	code, stdout, stderr := run(append(args, "--output", "json")...)
	if code != want.Exit {
		t.Fatalf("exit code %d, want %d (%s)\n%s", code, want.Exit, want.Why, stderr)
	}
	for _, text := range want.Stderr {
		if !strings.Contains(stderr, text) {
			t.Errorf("the error lacks %q: %s", text, stderr)
		}
	}
	if want.Exit == 1 {
		checkRefusal(t, stdout)
		return
	}
	checkAnswer(t, want, stdout)
	_, text, _ := run(args...)
	for _, never := range want.Never {
		if strings.Contains(strings.ToLower(text), strings.ToLower(never)) {
			t.Errorf("%q is shown to a person:\n%s", never, text)
		}
	}
}

func checkAnswer(t *testing.T, want expected, stdout string) {
	t.Helper()
	var got struct {
		Coverage map[string]any
		Spray    map[string]any
		Clients  []map[string]any
	}
	if err := json.Unmarshal([]byte(stdout), &got); err != nil {
		t.Fatalf("%v in %s", err, stdout)
	}
	if why := differs(want.Coverage, got.Coverage); why != "" {
		t.Errorf("coverage: %s", why)
	}
	if why := differs(want.Spray, got.Spray); why != "" {
		t.Errorf("spray: %s", why)
	}
	notes := fmt.Sprint(got.Coverage["notes"])
	for _, text := range want.Notes {
		if !strings.Contains(notes, text) {
			t.Errorf("the notes lack %q: %s", text, notes)
		}
	}
	if len(got.Clients) != len(want.Clients) {
		t.Errorf("got %d clients, want %d", len(got.Clients), len(want.Clients))
	}
	for _, client := range want.Clients {
		if why := claim(client, &got.Clients); why != "" {
			t.Errorf("no client like %v:\n%s", client, why)
		}
	}
}

// claim takes the client that agrees with want out of the list, so that two
// expected clients cannot both be satisfied by one.
func claim(want map[string]any, clients *[]map[string]any) string {
	var reasons []string
	for i, got := range *clients {
		why := differs(want, got)
		if why == "" {
			*clients = append((*clients)[:i:i], (*clients)[i+1:]...)
			return ""
		}
		if differs(map[string]any{"user": want["user"], "protocol": want["protocol"]}, got) == "" {
			reasons = append(reasons, why)
		}
	}
	return strings.Join(reasons, "\n")
}

// differs says where got lacks what want names; other fields do not matter.
func differs(want, got any) string {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok && len(w) > 0 {
			return fmt.Sprintf("got %v, want %v", got, want)
		}
		for name, value := range w {
			if why := differs(value, g[name]); why != "" {
				return name + ": " + why
			}
		}
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return fmt.Sprintf("got %v, want %v", got, want)
		}
		for i := range w {
			if why := differs(w[i], g[i]); why != "" {
				return why
			}
		}
	default:
		if fmt.Sprint(got) != fmt.Sprint(want) {
			return fmt.Sprintf("got %v, want %v", got, want)
		}
	}
	return ""
}
