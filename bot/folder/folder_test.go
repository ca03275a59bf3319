package folder

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/detect"
	"legacyauth/storage"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// share is a folder of exports under test, with the clock it is looked at by.
type share struct {
	t    *testing.T
	dir  string
	now  time.Time
	on   *Folder
	kept []storage.File
}

func newShare(t *testing.T) *share {
	s := &share{t: t, dir: t.TempDir(), now: noon}
	s.on = &Folder{Path: s.dir, Now: func() time.Time { return s.now }}
	return s
}

// put writes a file last changed age before now.
func (s *share) put(path string, age time.Duration, content string) {
	s.t.Helper()
	at := filepath.Join(s.dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(content), 0o600); err != nil {
		s.t.Fatal(err)
	}
	if err := os.Chtimes(at, s.now.Add(-age), s.now.Add(-age)); err != nil {
		s.t.Fatal(err)
	}
}

// seen is what one look came to.
type seen struct {
	IDs         []string
	Gaps, Notes []string
	Left        []string
}

func (s *share) look() seen {
	s.t.Helper()
	l := s.on.Look(s.kept)
	var got seen
	parts, err := l.SignIns(s.t.Context(), func(rows []detect.SignIn) error {
		for i := range rows {
			got.IDs = append(got.IDs, rows[i].ID)
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, p := range parts {
		if p.Truncated != "" {
			got.Gaps = append(got.Gaps, p.Name+" looks truncated: "+p.Truncated)
		}
		for _, gap := range p.Gaps {
			got.Gaps = append(got.Gaps, strings.ReplaceAll(gap, s.dir, "DIR"))
		}
		got.Notes = append(got.Notes, p.Notes...)
	}
	got.Left = l.Unfinished()
	for _, f := range l.Files() {
		s.kept = slices.DeleteFunc(s.kept, func(k storage.File) bool { return k.Path == f.Path })
		s.kept = append(s.kept, f)
	}
	return got
}

func (s *share) want(what string, want seen) {
	s.t.Helper()
	if diff := cmp.Diff(want, s.look()); diff != "" {
		s.t.Errorf("%s: -want +got:\n%s", what, diff)
	}
}

// line is a row as Microsoft Graph writes it, on one line.
func line(id string) string {
	return fmt.Sprintf(`{"id":%q,"createdDateTime":"2026-11-23T09:00:00Z","userPrincipalName":"ana@contoso.com","userId":"5e2b3a60-0000-4000-8000-000000000001","clientAppUsed":"IMAP4","userAgent":"CBAInPROD","isInteractive":false,"signInEventTypes":["nonInteractiveUser"],"ipAddress":"192.0.2.7","status":{"errorCode":0},"appliedConditionalAccessPolicies":[]}`, id) + "\n"
}

// page is a whole answer of Microsoft Graph.
func page(ids ...string) string {
	var rows []string
	for _, id := range ids {
		rows = append(rows, strings.TrimSpace(line(id)))
	}
	return `{"value":[` + strings.Join(rows, ",") + `]}`
}

const container = "insights-logs-noninteractiveusersigninlogs/tenantId=t/y=2026/m=11/d=23/"

func TestEachFileIsReadOnce(t *testing.T) {
	t.Parallel()
	s := newShare(t)
	s.put(container+"h=09/m=00/PT1H.json", time.Hour, line("a")+line("b"))
	s.put("portal/page.json", time.Hour, page("c"))
	s.want("first look", seen{IDs: []string{"a", "b", "c"}})
	s.want("nothing new", seen{})

	s.put(container+"h=10/m=00/PT1H.json", time.Minute, line("d"))
	s.want("a new hour", seen{IDs: []string{"d"}})

	s.put(container+"h=10/m=00/PT1H.json", 40*time.Second, line("d")+line("e"))
	s.want("a block was appended", seen{IDs: []string{"d", "e"}})

	s.put("portal/page.json", time.Minute, page("c"))
	s.want("touched", seen{})
	s.put("archive/page.json", time.Minute, page("c"))
	s.want("copied", seen{})

	if err := os.RemoveAll(filepath.Join(s.dir, "portal")); err != nil {
		t.Fatal(err)
	}
	s.want("gone", seen{})
}

func TestAFileStillBeingWrittenIsLeft(t *testing.T) {
	t.Parallel()
	zipped := func(text string) string {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	cutOff := func(s string) string { return s[:len(s)-9] }
	utf16 := func(s string) string {
		out := "\xff\xfe"
		for _, c := range []byte(s) {
			out += string([]byte{c, 0})
		}
		return out
	}
	const table = "Date (UTC),Request ID,User,Username,User ID,Application,Client app,IP address,Status,Sign-in error code\n" +
		"2026-11-23T09:00:00Z,b,Ana,ana@contoso.com,5e2b3a60-0000-4000-8000-000000000001,Exchange,IMAP4,192.0.2.7,Success,0"
	tests := []struct {
		name, file   string
		part, full   string
		partIsBroken bool // what is read of the part alone, in the end, is a gap
	}{
		{"lines", "x.json", line("b") + cutOff(line("c")), line("b"), true},
		{"a page", "x.json", cutOff(page("b", "c")), page("b"), true},
		{"a page cut between rows", "x.json", strings.TrimSuffix(page("b"), "]}"), page("b"), true},
		{"an array over lines", "x.json", "[\n" + line("b"), "[\n" + line("b") + "]", true},
		{"a table", "x.csv", table, table + "\n", false},
		{"compressed", "x.json.gz", cutOff(zipped(line("b"))), zipped(line("b")), true},
		{"compressed, cut inside", "x.json.gz", zipped(cutOff(line("b"))), zipped(line("b")), true},
		{"UTF-16", "x.json", utf16(cutOff(line("b"))), utf16(line("b")), true},
		{"nothing yet", "x.json", "", line("b"), false},
		{"white space only", "x.json", "\n\n", line("b"), true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			left := seen{Left: []string{tt.file}, Notes: []string{"1 file is still being written and was left for later: " + tt.file}}

			s := newShare(t)
			s.put(tt.file, 0, tt.full)
			s.want("just changed", left)
			s.now = s.now.Add(29 * time.Second)
			s.want("not yet quiet", left)
			s.now = s.now.Add(time.Second)
			s.want("quiet", seen{IDs: []string{"b"}, Notes: slices.Clone(s.notesOf(tt.full))})

			s = newShare(t)
			s.put(tt.file, 50*time.Minute, tt.part)
			s.want("not whole", left)
			s.put(tt.file, time.Minute, tt.full)
			s.want("made whole", seen{IDs: []string{"b"}, Notes: slices.Clone(s.notesOf(tt.full))})

			s = newShare(t)
			s.put(tt.file, time.Hour, tt.part)
			got := s.look()
			if tt.part == "" {
				if len(got.Left) != 1 {
					t.Errorf("an empty file was not left: %+v", got)
				}
				return
			}
			if len(got.Left) > 0 || (len(got.Gaps) > 0) != tt.partIsBroken {
				t.Errorf("after an hour it is not read as it stands: %+v", got)
			}
			s.want("and said once", seen{})
		})
	}
}

// notesOf gives the notes that reading the content itself brings.
func (s *share) notesOf(content string) []string {
	if strings.HasPrefix(content, "Date") {
		return []string{"no row of this portal CSV says whether it is interactive, and neither does the file's name; the JSON download says it in every row"}
	}
	return nil
}

func TestAFileFromAClockThatIsAhead(t *testing.T) {
	t.Parallel()
	s := newShare(t)
	s.put("x.json", -2*time.Hour, line("a"))
	left := seen{Left: []string{"x.json"}, Notes: []string{"1 file is still being written and was left for later: x.json"}}
	s.want("first seen", left)
	s.now = s.now.Add(10 * time.Second)
	s.want("seen again", left)
	s.now = s.now.Add(20 * time.Second)
	s.want("unchanged for long enough", seen{IDs: []string{"a"}})
}

func TestAFileThatNeverComesToRest(t *testing.T) {
	t.Parallel()
	s := newShare(t)
	text := line("a")
	for range 6 {
		s.put("x.json", 0, text)
		if got := s.look(); len(got.IDs) > 0 {
			t.Fatalf("read while it was being written: %+v", got)
		}
		s.now = s.now.Add(10 * time.Minute)
		text += line("b")
	}
	s.put("x.json", 0, text+line("c")[:20])
	s.want("read as far as it goes", seen{IDs: []string{"a", "b", "b", "b", "b", "b", "b"}})
}

func TestUnfinishedNamesAreIgnored(t *testing.T) {
	t.Parallel()
	s := newShare(t)
	for _, name := range []string{".hidden.json", ".azDownload-1-x.json", "x.json.tmp", "X.JSON.PART", "x.crdownload", "~$book.csv", ".git/x.json", "y.tmp/x.json"} {
		s.put(name, time.Hour, line(name))
	}
	s.want("names of unfinished files", seen{})
}

func TestNotALogIsSaidOnce(t *testing.T) {
	t.Parallel()
	s := newShare(t)
	s.put("audit.csv", time.Hour, "CreationDate,UserIds,Operations,AuditData\n2026-11-23,ana@contoso.com,UserLoggedIn,{}\n")
	s.put("broken.json", time.Hour, `{"value":[{"id":"a"},]]}`)
	s.put("good.json", time.Hour, line("a"))
	s.put("readme.txt", time.Hour, "put the exports here\n")
	got := s.look()
	if len(got.Gaps) != 2 || !strings.HasPrefix(got.Gaps[0], "audit.csv: this is a Unified Audit Log export") || !strings.HasPrefix(got.Gaps[1], "broken.json: broken at line 1") {
		t.Errorf("gaps: %q", got.Gaps)
	}
	if diff := cmp.Diff(seen{IDs: []string{"a"}, Gaps: got.Gaps, Notes: []string{"readme.txt was left out: it holds plain text"}}, got); diff != "" {
		t.Error(diff)
	}
	s.want("said already", seen{})
	s.put("broken.json", time.Minute, page("b"))
	s.want("repaired", seen{IDs: []string{"b"}})
}

func TestLinksOutOfTheFolder(t *testing.T) {
	t.Parallel()
	s, elsewhere := newShare(t), newShare(t)
	elsewhere.put("secret.json", time.Hour, line("secret"))
	s.put("in/real.json", time.Hour, line("a"))
	for name, to := range map[string]string{
		"in/out.json": filepath.Join(elsewhere.dir, "secret.json"),
		"out":         elsewhere.dir,
		"inside.json": "in/real.json",
		"loop":        ".",
		"dangling":    "in/nothing",
	} {
		if err := os.Symlink(to, filepath.Join(s.dir, filepath.FromSlash(name))); err != nil {
			t.Skip("no symbolic links here: ", err)
		}
	}
	s.want("links", seen{IDs: []string{"a"}, Notes: []string{"2 links lead out of the folder and were not followed"}})
}

func TestWhatMayNotBeReadIsSaidEachTime(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		t.Skip("the superuser may read everything")
	}
	s := newShare(t)
	s.put("x.json", time.Hour, line("a"))
	if err := os.Chmod(filepath.Join(s.dir, "x.json"), 0); err != nil {
		t.Fatal(err)
	}
	denied := seen{Gaps: []string{"x.json may not be read: permission denied"}}
	s.want("denied", denied)
	s.want("still denied", denied)
	if err := os.Chmod(filepath.Join(s.dir, "x.json"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.want("allowed", seen{IDs: []string{"a"}})
}

func TestRowsWithoutIDsKeepTheIDTheyAreGiven(t *testing.T) {
	t.Parallel()
	s := newShare(t)
	row := strings.Replace(line("x"), `"id":"x",`, "", 1)
	other := strings.Replace(row, "IMAP4", "POP3", 1)
	s.put("x.json", 2*time.Hour, row+row)
	first := s.look()
	s.put("x.json", time.Hour, row+row+other)
	again := s.look()
	s.put("y.json", time.Hour, row)
	elsewhere := s.look()
	if len(first.IDs) != 2 || first.IDs[0] == first.IDs[1] || len(again.IDs) != 3 || len(elsewhere.IDs) != 1 {
		t.Fatalf("%q, %q, %q", first.IDs, again.IDs, elsewhere.IDs)
	}
	if !slices.Equal(first.IDs, again.IDs[:2]) || slices.Contains(first.IDs, again.IDs[2]) || slices.Contains(again.IDs, elsewhere.IDs[0]) {
		t.Errorf("%q, %q, %q", first.IDs, again.IDs, elsewhere.IDs)
	}
	if want := []string{"3 of its rows carry no id; one that stands in another file too counts twice"}; !slices.Equal(again.Notes, want) {
		t.Errorf("notes: %q", again.Notes)
	}
}

func TestTheFolderItself(t *testing.T) {
	t.Parallel()
	s := newShare(t)
	s.on.Path = filepath.Join(s.dir, "nothing")
	_, err := s.on.Look(nil).SignIns(t.Context(), func([]detect.SignIn) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "nothing does not exist") {
		t.Errorf("got %v", err)
	}
}

func TestErrorsOfTheCallerEndTheLook(t *testing.T) {
	t.Parallel()
	s := newShare(t)
	s.put("a.json", time.Hour, line("a"))
	s.put("b.json", time.Hour, line("b"))
	full := errors.New("the disk is full")
	l := s.on.Look(nil)
	if _, err := l.SignIns(t.Context(), func([]detect.SignIn) error { return full }); !errors.Is(err, full) || len(l.Files()) > 0 {
		t.Errorf("got %v, %v", err, l.Files())
	}
	ctx, cancel := context.WithCancel(t.Context())
	l = s.on.Look(nil)
	_, err := l.SignIns(ctx, func([]detect.SignIn) error { cancel(); return nil })
	if !errors.Is(err, context.Canceled) || len(l.Files()) > 0 {
		t.Errorf("got %v, %v", err, l.Files())
	}
}

func FuzzWhole(f *testing.F) {
	for _, seed := range []string{line("a"), page("a"), "[\n" + line("a"), "a,b\n1,2", "PK\x03\x04", "\x1f\x8b\x08", "\xff\xfe{\x00", ""} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		done, err := whole(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		if done && len(bytes.TrimSpace(content)) == 0 {
			t.Fatal("an empty file is whole")
		}
	})
}
