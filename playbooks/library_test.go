package playbooks_test

import (
	"io/fs"
	"os"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks"
)

var today = time.Date(2026, 11, 23, 15, 4, 0, 0, time.UTC)

func load(t *testing.T) *playbooks.Library {
	t.Helper()
	l, err := playbooks.Load(os.DirFS("testdata/library"), today)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// source gives the files of the test library, to change one and load again.
func source(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	dir := os.DirFS("testdata/library")
	err := fs.WalkDir(dir, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(dir, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestLibrary(t *testing.T) {
	t.Parallel()
	l := load(t)
	var ids []string
	for _, p := range l.All() {
		ids = append(ids, p.ID)
	}
	if diff := cmp.Diff([]string{"printer", "unknown-client"}, ids); diff != "" {
		t.Errorf("ids: -want +got\n%s", diff)
	}
	p, ok := l.ByID("printer")
	if !ok {
		t.Fatal("printer is missing")
	}
	if p.For != playbooks.Admin || p.Rank != 60 || p.Versions.String() != ">=2 <10" || len(p.Files) != 3 ||
		p.ReviewBy.Format(time.DateOnly) != "2027-05-31" || p.Sources[0].URL != "https://docs.example.com/smtp" {
		t.Errorf("front matter is read as %+v", p)
	}
	if _, ok := l.ByID("print"); ok {
		t.Error("there is a playbook for half an id")
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	l := load(t)
	tests := map[string]string{
		"prniter":      "printer",
		"Printer":      "printer",
		"unknown":      "unknown-client",
		"unknwn-clint": "unknown-client",
		"outlook":      "",
		"":             "",
	}
	for in, want := range tests {
		if got, ok := l.Nearest(in); got != want || ok != (want != "") {
			t.Errorf("Nearest(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDeadline(t *testing.T) {
	t.Parallel()
	l := load(t)
	tests := map[string]struct {
		protocol detect.Protocol
		family   useragent.Family
		on       string
		want     string
		left     string
	}{
		"general":                 {detect.SMTP, useragent.MailSender, "2026-11-22", "smtp-basic", "39 days left"},
		"family goes first":       {detect.SMTP, useragent.Printer, "2026-11-22", "smtp-printers", "649 days left"},
		"a day past, one ahead":   {detect.EWS, useragent.Unknown, "2026-11-22", "ews-gone", "130 days left"},
		"two ahead":               {detect.EWS, useragent.Unknown, "2026-09-30", "ews-off", "1 day left"},
		"on the day":              {detect.EWS, useragent.Unknown, "2026-10-01", "ews-off", "today"},
		"both past, the last one": {detect.EWS, useragent.Unknown, "2027-04-02", "ews-gone", "since 2027-04-01"},
		"past":                    {detect.EAS, useragent.IPhone, "2026-11-22", "eas-basic", "since 2022-10-01"},
		"not in the calendar":     {detect.OAB, useragent.Unknown, "2026-11-22", "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			on, err := time.Parse(time.DateOnly, tt.on)
			if err != nil {
				t.Fatal(err)
			}
			r, ok := l.Deadline(tt.protocol, tt.family, on)
			if r.ID != tt.want || ok != (tt.want != "") {
				t.Fatalf("counts down to %q, want %q", r.ID, tt.want)
			}
			if ok && r.Left(on) != tt.left {
				t.Errorf("%q, want %q", r.Left(on), tt.left)
			}
		})
	}
}

func TestDayCountsInTheZoneOfToday(t *testing.T) {
	t.Parallel()
	r := playbooks.Retirement{Date: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)}
	late := time.Date(2026, 12, 30, 23, 30, 0, 0, time.FixedZone("", -8*3600)) // the 31st in UTC
	if got := r.Left(late); got != "1 day left" {
		t.Errorf("%q, want 1 day left", got)
	}
}

func TestStale(t *testing.T) {
	t.Parallel()
	l := load(t)
	if got := l.Stale(time.Date(2027, 5, 31, 23, 0, 0, 0, time.UTC)); len(got) != 0 {
		t.Errorf("%d stale on the last day, want none", len(got))
	}
	if got := l.Stale(time.Date(2027, 6, 1, 0, 0, 0, 0, time.UTC)); len(got) != 2 {
		t.Errorf("%d stale on the day after, want 2", len(got))
	}
	if len(l.All()) != 2 {
		t.Error("asking what is stale changed the library")
	}
}
