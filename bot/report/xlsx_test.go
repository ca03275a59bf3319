package report_test

import (
	"bytes"
	"encoding/csv"
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
	for _, name := range []string{"ana@contoso.com", `=HYPERLINK("https://evil.example","x")`, "+1", "007", "a\nb"} {
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
