package report

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/terminal"
	"legacyauth/bot/scan"
	"legacyauth/detect"
)

// Every form of the answer says that a filtered scan was one.
func TestListedOnlyIsSaidInEveryForm(t *testing.T) {
	t.Parallel()
	today := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	forms := map[string]func(out *bytes.Buffer, r scan.Result) error{
		"JSON":   func(out *bytes.Buffer, r scan.Result) error { return JSON(out, r) },
		"NDJSON": func(out *bytes.Buffer, r scan.Result) error { return NDJSON(out, r) },
		"tenants": func(out *bytes.Buffer, r scan.Result) error {
			return TenantsJSON(out, []Tenant{{Name: "contoso", Result: r}})
		},
		"text": func(out *bytes.Buffer, r scan.Result) error { return Text(out, terminal.Options{}, r, today) },
	}
	for name, write := range forms {
		for _, filtered := range []bool{false, true} {
			var out bytes.Buffer
			if err := write(&out, scan.Result{ListedOnly: filtered, Coverage: detect.Coverage{Complete: true}}); err != nil {
				t.Fatal(err)
			}
			said := strings.Contains(strings.ReplaceAll(out.String(), " ", ""), `"listedOnly":true`) || strings.Contains(out.String(), "with a listed client app")
			if said != filtered {
				t.Errorf("%s, filtered %t:\n%s", name, filtered, out.String())
			}
		}
	}
}
