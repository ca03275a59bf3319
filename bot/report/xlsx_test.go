package report_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"legacyauth/bot/report"
	"legacyauth/bot/scan"
	"legacyauth/detect"
	"legacyauth/playbooks"
)

// A workbook holds what the CSV holds, each cell as text: what a log wrote is no
// formula and no link.
func TestXLSXHoldsWhatCSVHolds(t *testing.T) {
	t.Parallel()
	library, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	result := scan.Result{}
	for _, name := range []string{"ana@contoso.com", `=HYPERLINK("https://evil.example","x")`, "+1", "007", "a\nb", " <&> \"é🎩\" ", "_x0041_", "a_x004_"} {
		k := detect.Client{Key: "k", User: detect.User{Name: name}, Protocol: detect.SMTP, Verdict: detect.InUse, Agents: []string{name}}
		result.Findings = append(result.Findings, scan.Finding{Client: k, Playbook: library.For(k)})
	}
	var table, book bytes.Buffer
	if err := report.CSV(&table, result); err != nil {
		t.Fatal(err)
	}
	if err := report.XLSX(&book, result); err != nil {
		t.Fatal(err)
	}
	want, err := csv.NewReader(&table).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	read, err := excelize.OpenReader(&book)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = read.Close() }()
	got, err := read.GetRows("Clients")
	if err != nil {
		t.Fatal(err)
	}
	for i := range got { // empty cells at the end are no cells
		for len(got[i]) < len(want[0]) {
			got[i] = append(got[i], "")
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for row := range want {
		for column := range want[0] {
			cell, err := excelize.CoordinatesToCellName(column+1, row+1)
			if err != nil {
				t.Fatal(err)
			}
			if formula, err := read.GetCellFormula("Clients", cell); formula != "" || err != nil {
				t.Errorf("%s holds the formula %q, %v", cell, formula, err)
			}
		}
	}
}

// A cell longer than Excel allows is cut, where a character ends, and what no XML
// may hold is replaced: a file that Excel calls broken helps nobody.
func TestXLSXStaysWhatExcelReads(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ agent, want string }{
		"long":         {strings.Repeat("x", 40_000), strings.Repeat("x", 32_767)},
		"cut pair":     {"x" + strings.Repeat("🎩", 20_000), "x" + strings.Repeat("🎩", 16_383)},
		"control":      {"a\x00b\x1bc", "abc"},
		"invalid UTF8": {"a\xffb", "a\ufffdb"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var book bytes.Buffer
			result := scan.Result{Findings: []scan.Finding{{Client: detect.Client{Key: "k", Agents: []string{c.agent}}, Playbook: &playbooks.Playbook{}}}}
			if err := report.XLSX(&book, result); err != nil {
				t.Fatal(err)
			}
			read, err := excelize.OpenReader(&book)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = read.Close() }()
			if got, err := read.GetCellValue("Clients", "U2"); got != c.want || err != nil {
				t.Errorf("%d bytes %.40q, want %d bytes, %v", len(got), got, len(c.want), err)
			}
			panes, err := read.GetPanes("Clients")
			if err != nil || !panes.Freeze || panes.YSplit != 1 {
				t.Errorf("panes %+v, %v", panes, err)
			}
		})
	}
}
