package printed_test

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"flag"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"legacyauth/bot/people"
	"legacyauth/bot/people/campaign"
	"legacyauth/bot/people/printed"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks"
)

var update = flag.Bool("update", false, "write the golden files anew")

var (
	monday = time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	smtp   = time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)
)

func line(user string, state migration.State, edit func(*people.ReportLine)) people.ReportLine {
	l := people.ReportLine{
		User: user, State: state, Since: monday.AddDate(0, 0, 3).Add(9 * time.Hour), Told: monday.Add(9 * time.Hour), Reminded: 1,
		Client: detect.Client{
			Key: "k7f3q2m9x4ab", Protocol: detect.SMTP, Last: monday.AddDate(0, 0, 20).Add(8*time.Hour + 14*time.Minute),
			Device: useragent.Device{Family: useragent.Printer, Model: "Canon iR-ADV", Confidence: useragent.Likely},
		},
	}
	if edit != nil {
		edit(&l)
	}
	return l
}

// report is a campaign of three weeks, with names that want to be something else.
func report() printed.Report {
	r := people.CampaignReport{
		Name: "smtp", State: people.Running, Started: monday.Add(9 * time.Hour), At: monday.AddDate(0, 0, 21).Add(10 * time.Hour),
		Members: 60, Told: 52, Seen: 31, OnTheWay: 1, Unreachable: 2, Waiting: 3, Held: 1, Nothing: 1, Holds: []string{"No admin has consented to it: see the playbook apple-consent."}, Clients: 74, Left: 28, Handed: 3, Claimed: 4, Verified: 43, Settled: 1, Relapsed: 3, Back: 1, Excepted: 2,
		Ends: []people.End{{Retirement: playbooks.Retirement{
			ID: "smtp-basic", Protocols: []detect.Protocol{detect.SMTP}, Date: smtp, Words: "end of December 2026", What: "Basic authentication for SMTP AUTH is switched off by default.",
		}, Count: 28}},
		Lines: []people.ReportLine{
			line("ana@contoso.com", migration.Verified, func(l *people.ReportLine) { l.Seen = true }),
			line("ana@contoso.com", migration.Acknowledged, func(l *people.ReportLine) { l.Seen, l.Client.Protocol = true, detect.IMAP }),
			line("ben@contoso.com", migration.Told, func(l *people.ReportLine) { l.Relapses = 1 }),
			line("ben@contoso.com", migration.Open, func(l *people.ReportLine) { l.Handed, l.Client.Protocol = true, detect.IMAP }),
			line("carl@contoso.com", migration.Open, func(l *people.ReportLine) { l.Told, l.Why = time.Time{}, "nobody" }),
			line("=1+1@contoso.com", migration.Open, func(l *people.ReportLine) {
				l.Told, l.Client.Device.Model = time.Time{}, "<img src=x onerror=alert(1)>\u202e"
			}),
		},
	}
	for i, left := range []int{74, 74, 72, 70, 69, 69, 69, 66, 64, 60, 57, 52, 52, 52, 47, 44, 40, 41, 35, 33, 30, 28} {
		r.Points = append(r.Points, campaign.Point{Day: monday.AddDate(0, 0, i), Left: left, Done: 74 - left - min(74-left, 2), Excepted: min(74-left, 2), Claimed: i % 5, Relapsed: i % 2})
	}
	return printed.Of(r, "contoso", "IT service desk, extension 100", time.Time{}, monday)
}

func TestSentence(t *testing.T) {
	t.Parallel()
	whole := report()
	young := whole.CampaignReport
	young.Points, young.Ends = young.Points[:2], nil
	for name, tc := range map[string]struct {
		report printed.Report
		want   string
	}{
		"to the nearest deadline": {whole, "28 of 74 clients are left (74 on 2 November 2026); 3 of them are handed to admins. At this pace no client is left on 31 December 2026, nine times in ten. The pace is that of the last 14 days. SMTP AUTH ends for 28 clients (end of December 2026, 38 days left)."},
		"to a day":                {printed.Of(whole.CampaignReport, "", "", monday.AddDate(0, 0, 25), monday), "28 of 74 clients are left (74 on 2 November 2026); 3 of them are handed to admins. At this pace 17 clients are left on 27 November 2026; nine times in ten between 8 and 26. The pace is that of the last 14 days."},
		"too young":               {printed.Of(young, "", "", time.Time{}, smtp), "74 of 74 clients are left (74 on 2 November 2026); 3 of them are handed to admins. There are too few days yet to say how many clients will be left on 31 December 2026."},
	} {
		if got := tc.report.Sentence(); got != tc.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestPicture(t *testing.T) {
	t.Parallel()
	r := report()
	f, err := r.Picture()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := png.Decode(bytes.NewReader(f.Data)); err != nil || f.Alt != r.Sentence() || f.Name != "campaign-smtp-2026-11-23.png" {
		t.Errorf("%v: %s, %q", err, f.Name, f.Alt)
	}
}

// TestPage compares the page with the one that somebody looked at, and holds it
// to what a page that needs nothing else must be.
func TestPage(t *testing.T) {
	t.Parallel()
	files, err := report().Files("html")
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	page := string(files[0].Data)
	begin := strings.Index(page, "data:image/png;base64,")
	end := begin + strings.IndexByte(page[begin:], '"')
	for _, not := range []string{"<script", "http://", "https://", "<link", "@import", "url(", "\u202e"} {
		if strings.Contains(page[:begin]+page[end:], not) {
			t.Errorf("the page holds %q", not)
		}
	}
	if strings.Contains(page, "<img src=x") || strings.Count(page, "<img") != 1 {
		t.Error("a name became markup")
	}
	d := xml.NewDecoder(strings.NewReader(strings.NewReplacer("<!DOCTYPE html>", "", `charset="utf-8">`, `charset="utf-8"/>`).Replace(page)))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("elements do not close: %v", err)
		}
	}
	golden(t, "page.html", page[:begin]+"data:PICTURE"+page[end:])
}

func TestTables(t *testing.T) {
	t.Parallel()
	files, err := report().Files("csv")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range files {
		if _, err := csv.NewReader(bytes.NewReader(f.Data)).ReadAll(); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		b.WriteString("== " + f.Name + "\n" + string(f.Data))
	}
	golden(t, "tables.txt", b.String())
}

// TestWorkbook reads the workbook as a spreadsheet does.
func TestWorkbook(t *testing.T) {
	t.Parallel()
	files, err := report().Files("xlsx")
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(files[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}()
	if diff := cmp.Diff([]string{"Figures", "Days", "Clients"}, book.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	for _, c := range []struct{ sheet, cell, want string }{
		{"Figures", "A4", "Seen, as far as known"},
		{"Figures", "B4", "31"},
		{"Days", "A2", "2026-11-02 00:00"},
		{"Figures", "A16", "Relapsed, ever"},
		{"Figures", "B16", "3"},
		{"Days", "B23", "28"},
		{"Days", "G1", "settled otherwise"},
		{"Clients", "M4", "1"},
		{"Clients", "A2", "ana@contoso.com"},
		{"Clients", "E5", "yes"},
		{"Clients", "H2", "known"},
		{"Clients", "A7", "'=1+1@contoso.com"},
		{"Clients", "G6", ""},
	} {
		if got, err := book.GetCellValue(c.sheet, c.cell); err != nil || got != c.want {
			t.Errorf("%s %s is %q, want %q (%v)", c.sheet, c.cell, got, c.want, err)
		}
	}
	if kind, err := book.GetCellType("Days", "B2"); err != nil || kind != excelize.CellTypeNumber && kind != excelize.CellTypeUnset {
		t.Errorf("a count is of type %v (%v)", kind, err)
	}
	if pictures, err := book.GetPictures("Figures", "D4"); err != nil || len(pictures) != 1 {
		t.Errorf("%d pictures (%v)", len(pictures), err)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}
