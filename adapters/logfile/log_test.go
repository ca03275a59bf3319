package logfile_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/chat/chattest"
	"legacyauth/adapters/logfile"
	"legacyauth/playbooks/card"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func atNoon() time.Time { return noon }

func message(path, key string) chat.Message {
	return chat.Message{Key: key, To: logfile.Place(path), Card: card.Card{
		Title:  []card.Span{card.Text("New client ")},
		Tone:   card.Warning,
		Blocks: []card.Block{card.Para{Spans: []card.Span{card.Text("Client " + key)}}},
	}}
}

// lines reads a log and fails when a line of it is not whole.
func lines(t testing.TB, path string) []logfile.Line {
	t.Helper()
	raw, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	if len(raw) > 0 && raw[len(raw)-1] != '\n' {
		t.Errorf("%s does not end in a line feed", path)
	}
	var all []logfile.Line
	for raw := range bytes.Lines(raw) {
		l, err := logfile.Parse(raw)
		if err != nil {
			t.Fatalf("%v: %q", err, raw)
		}
		all = append(all, l)
	}
	return all
}

// shown reads a log as a person does: a change stands for what it changes.
func shown(t testing.TB, paths ...string) []chattest.Shown {
	var all []chattest.Shown
	for _, path := range paths {
		at := map[string]int{}
		for _, l := range lines(t, path) {
			i, ok := at[l.Changes]
			if !ok {
				i = len(all)
				all = append(all, chattest.Shown{Ref: chat.Ref(l.Key), Place: logfile.Place(path)})
				at[l.Key] = i
			}
			all[i].Text, all[i].Notice = l.Text, l.Title
		}
	}
	return all
}

func TestLogPasses(t *testing.T) {
	t.Parallel()
	chattest.Senders(t, func(t testing.TB) chattest.Fixture {
		dir := t.TempDir()
		one, two := filepath.Join(dir, "one.log"), filepath.Join(dir, "two.log")
		return chattest.Fixture{
			Sender:     logfile.New("", atNoon),
			Again:      func() chat.Sender { return logfile.New("", atNoon) },
			To:         logfile.Place(one),
			Other:      logfile.Place(two),
			Shown:      func() []chattest.Shown { return shown(t, one, two) },
			Idempotent: true,
		}
	})
}

func TestLineAsItIsWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := logfile.New(dir, atNoon)
	m := message("alerts.log", "first:k7:1")
	m.Card.Blocks = append(m.Card.Blocks, card.Para{Spans: []card.Span{card.Value("\"},{\"key\":\"forged\u2028<b>")}})
	ref, err := log.Send(t.Context(), m)
	if err != nil || ref != "first:k7:1" {
		t.Fatalf("Send = %q, %v", ref, err)
	}
	change := message("alerts.log", "first:k7:2")
	change.Replaces = "older"
	change.Under = "thread"
	if err := log.Update(t.Context(), ref, change); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "alerts.log"))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"time":"2026-11-23T12:00:00Z","key":"first:k7:1","place":"logfile:alerts.log","tone":"warning","title":"Warning: New client","text":"Warning: New client\n\nClient first:k7:1\n\n\"},{\"key\":\"forged \u003cb\u003e"}
{"time":"2026-11-23T12:00:00Z","key":"first:k7:2","place":"logfile:alerts.log","tone":"warning","title":"Warning: New client","text":"Warning: New client\n\nClient first:k7:2","changes":"first:k7:1","under":"thread","replaces":"older"}
`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFilesOfTheirOwner(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := logfile.New(dir, atNoon)
	shared := filepath.Join(dir, "shared.log")
	if err := os.WriteFile(shared, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(shared, 0o640); err != nil {
		t.Fatal(err)
	}
	for name, mode := range map[string]os.FileMode{"new.log": 0o600, "shared.log": 0o640} {
		if _, err := log.Send(t.Context(), message(name, "k")); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != mode {
			t.Errorf("%s has mode %v, want %v", name, info.Mode().Perm(), mode)
		}
	}
}

func TestRenamedAway(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := logfile.New(dir, atNoon)
	path := filepath.Join(dir, "a.log")
	send := func(key string) {
		t.Helper()
		if _, err := log.Send(t.Context(), message("a.log", key)); err != nil {
			t.Fatal(err)
		}
	}
	send("one")
	if err := os.Rename(path, path+"-20261123"); err != nil {
		t.Fatal(err)
	}
	send("two")
	send("one") // still known, from the file that was renamed
	if got := lines(t, path); len(got) != 1 || got[0].Key != "two" {
		t.Errorf("the new file holds %+v, want only two", got)
	}
	if got := lines(t, path+"-20261123"); len(got) != 1 || got[0].Key != "one" {
		t.Errorf("the renamed file holds %+v, want only one", got)
	}
	for key, want := range map[string]bool{"one": true, "two": true, "three": false} {
		if _, found, err := log.Find(t.Context(), message("a.log", key)); found != want || err != nil {
			t.Errorf("Find(%s) = %v, %v, want %v", key, found, err, want)
		}
	}
	if _, found, err := log.Find(t.Context(), message("a.lo", "one")); found || err != nil {
		t.Errorf("a.log-20261123 is taken for a renamed a.lo: %v, %v", found, err)
	}
}

func TestWhatIsFinal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct{ path, why string }{
		"no folder":       {"missing/a.log", "make the folder"},
		"a folder":        {".", "regular file"},
		"under a file":    {"file/a.log", "no such place"},
		"name too long":   {strings.Repeat("n", 300), "no such place"},
		"device":          {"/dev/null", "regular file"},
		"file never ours": {"", "names no channel"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := logfile.New(dir, atNoon).Send(t.Context(), message(tt.path, "k"))
			if err == nil || chat.Retry(err) != nil || !strings.Contains(err.Error(), tt.why) {
				t.Errorf("Send = %v, want a final error with %q", err, tt.why)
			}
			if tt.path != "" && !errors.Is(err, chat.ErrNoPlace) {
				t.Errorf("%v is not ErrNoPlace", err)
			}
		})
	}
}

func TestTornLinesAreMended(t *testing.T) {
	t.Parallel()
	const whole = `{"time":"2026-11-23T12:00:00Z","key":"one","place":"logfile:a.log","title":"t","text":"x"}`
	tests := map[string]struct {
		before string
		want   string // what stands before the new line
	}{
		"empty":                     {"", ""},
		"whole":                     {whole + "\n", whole + "\n"},
		"without its line feed":     {whole, whole + "\n"},
		"half a line":               {whole + "\n" + whole[:40], whole + "\n"},
		"one byte of a line":        {whole + "\n{", whole + "\n"},
		"nothing but half a line":   {whole[:60], ""},
		"zeros":                     {whole + "\n" + strings.Repeat("\x00", 500), whole + "\n"},
		"half a line and zeros":     {whole + "\n" + whole[:30] + "\x00\x00", whole + "\n"},
		"a line and zeros":          {whole + "\x00\x00", whole + "\n"},
		"nothing but zeros":         {"\x00\x00\x00", ""},
		"somebody else's last line": {"# notes of the operator", "# notes of the operator\n"},
		"somebody else's JSON":      {`{"level":"info"`, `{"level":"info"` + "\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := filepath.Join(dir, "a.log")
			if err := os.WriteFile(path, []byte(tt.before), 0o600); err != nil {
				t.Fatal(err)
			}
			log := logfile.New(dir, atNoon)
			if _, err := log.Send(t.Context(), message("a.log", "two")); err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			before, ok := strings.CutSuffix(string(got), "\n")
			at := strings.LastIndexByte(before, '\n') + 1
			if !ok || before[:at] != tt.want {
				t.Errorf("before the new line stands %q, want %q", before[:at], tt.want)
			}
			if l, err := logfile.Parse([]byte(before[at:])); err != nil || l.Key != "two" {
				t.Errorf("the new line is %q: %v", before[at:], err)
			}
		})
	}
}

func TestLookedForFarBack(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	log := logfile.New(dir, atNoon)
	m := message("a.log", "long:0")
	m.Card.Blocks = []card.Block{card.Para{Spans: []card.Span{card.Text(strings.Repeat("\U0001F5A8", 20000))}}}
	for i := range 101 { // the longest that a line gets
		m.Key = fmt.Sprint("long:", i)
		if _, err := log.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	for _, i := range []int{1, 50, 100} {
		m.Key = fmt.Sprint("long:", i)
		if _, found, err := log.Find(t.Context(), m); !found || err != nil {
			t.Errorf("Find(%s) = %v, %v", m.Key, found, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ line, why string }{
		"nothing":    {"", "end of JSON"},
		"words":      {"hello", "invalid character"},
		"other JSON": {`{"level":"info"}`, "not written by legacyauth"},
		"two lines":  {"{\"time\":\"2026-11-23T12:00:00Z\",\"key\":\"a\"}\n{}", "after top-level value"},
		"too long":   {strings.Repeat(" ", 300<<10), "longer than"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if l, err := logfile.Parse([]byte(tt.line)); err == nil || !strings.Contains(err.Error(), tt.why) {
				t.Errorf("Parse = %+v, %v, want an error with %q", l, err, tt.why)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"time":"2026-11-23T12:00:00Z","key":"one","place":"logfile:a.log","title":"t","text":"x\ny","changes":"z"}`))
	f.Add([]byte(`{"time":"0001-01-01T00:00:00Z","key":""}`))
	f.Add([]byte("{\"time\":\"\x00"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		l, err := logfile.Parse(raw)
		if err == nil && (l.Key == "" || l.Time.IsZero()) {
			t.Fatalf("Parse(%q) = %+v", raw, l)
		}
	})
}

func TestWaitsForTheLockOnlyAsLongAsItMay(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.log")
	release := hold(t, path)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	log := logfile.New("", atNoon)
	_, err := log.Send(ctx, message(path, "k"))
	if retry := chat.Retry(err); retry == nil || retry.Maybe || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Send while another process writes = %v", err)
	}
	release()
	if _, err := log.Send(t.Context(), message(path, "k")); err != nil {
		t.Error(err)
	}
}
