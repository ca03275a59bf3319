package export

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"legacyauth/detect"
)

// samples gives the folder of logs made by others, which is not part of the
// repository. LEGACYAUTH_SAMPLES says where it is; the test is skipped where
// neither that nor a folder beside the checkout exists.
func samples(t *testing.T) string {
	t.Helper()
	root, named := os.LookupEnv("LEGACYAUTH_SAMPLES")
	if !named {
		root = filepath.Join("..", "..", "..", "shared", "samples")
	}
	if _, err := os.Stat(root); err != nil {
		if named {
			t.Fatalf("LEGACYAUTH_SAMPLES names a folder without them: %v", err)
		}
		t.Skipf("no samples here: %v", err)
	}
	return root
}

func file(t *testing.T, path string) Input {
	t.Helper()
	inputs, err := Inputs([]string{path}, nil)
	if err != nil || len(inputs) != 1 {
		t.Fatal(len(inputs), err)
	}
	return inputs[0]
}

// TestSamples counts the rows of logs made by others.
func TestSamples(t *testing.T) {
	t.Parallel()
	dir := samples(t)
	for _, c := range []struct {
		name                           string
		rows, legacy, unknown, undated int
	}{
		{"panther-azure_signin_rules.jsonl", 26, 4, 17, 0},
		{"legacy-signins.jsonl", 5, 5, 0, 4},
		{"legacy-imap4.json", 3, 1, 1, 0},
		{"elastic-test-alternative-time-and-duration-as-string.log", 1, 0, 1, 0},
		{"elastic-test-created-datetime-timestamp.log", 2, 0, 0, 0},
		{"elastic-test-invalid-time.log", 1, 0, 1, 0},
		{"elastic-test-non-interactive-user-sample.excerpt3.log", 3, 0, 0, 0},
		{"elastic-test-non-interactive-user.log", 1, 0, 0, 0},
		{"elastic-test-service-principal.log", 1, 0, 1, 0},
		{"elastic-test-signinlogs-raw.log", 5, 0, 0, 0},
		{"elastic-test-signinlogs-sample.log", 2, 0, 0, 0},
		{"elastic-test-time-formats-corner-cases.log", 11, 0, 11, 0},
		{"eventhub-records-wrapper.json", 5, 0, 0, 0},
		{"loganalytics-query-api-wrapper.json", 6, 0, 0, 0},
		{"sentinel-lab-sign-in_adelete.csv", 56, 0, 0, 0},
		{"sentinel-lab-disable_accounts.csv", 4, 0, 0, 4},
		{"msticpy-aad_logons.csv", 86, 0, 2, 0},
		{"graph-docs-beta-signin-get-1.json", 1, 0, 0, 0},
		{"graph-docs-beta-signin-list-1.json", 1, 0, 0, 0},
		{"graph-docs-beta-signin-list-2.json", 1, 0, 0, 0},
		{"graph-docs-beta-signin-list-3.json", 1, 0, 0, 0},
		{"cribl-signins.graph.json", 2, 0, 0, 0},
		{"pnp-user-signin-list.json", 1, 0, 0, 0},
		{"datadog-sample2-signin.json", 1, 0, 0, 0},
		{"splunk-sign_in_activity.jsonl", 1, 0, 0, 0},
		{"zerotrust-SignIn-model-all-null.json", 1, 0, 1, 1},
		{"sfazliddinov-flattened-array.json", 54, 0, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, report, err := all(t, file(t, filepath.Join(dir, "signins", c.name)))
			if err != nil {
				t.Fatal(err)
			}
			legacy, unknown := 0, 0
			for _, s := range got {
				switch p := detect.ParseClientApp(s.ClientApp); {
				case p.Legacy():
					legacy++
				case p == detect.Unknown:
					unknown++
				}
			}
			if len(got) != c.rows || legacy != c.legacy || unknown != c.unknown || int(report.Undated) != c.undated {
				t.Errorf("got %d rows, %d legacy, %d unknown, %d undated; want %d, %d, %d, %d",
					len(got), legacy, unknown, report.Undated, c.rows, c.legacy, c.unknown, c.undated)
			}
			if report.Skipped > 0 || report.Other > 0 || report.Truncated != "" {
				t.Errorf("report %+v of a whole log", report)
			}
		})
	}
}

// TestSamplesBroken wants the place in JSON that was published broken.
func TestSamplesBroken(t *testing.T) {
	t.Parallel()
	dir := samples(t)
	for name, line := range map[string]int64{
		"graph-docs-v1.0-signin-get-1.invalid-json.json":  63,
		"graph-docs-v1.0-signin-list-1.invalid-json.json": 64,
		"graph-docs-v1.0-signin-list-2.invalid-json.json": 64,
	} {
		_, _, err := all(t, file(t, filepath.Join(dir, "signins", name)))
		var broken *SyntaxError
		if !errors.As(err, &broken) || broken.Line != line || broken.Column != 15 {
			t.Errorf("%s: %v, want line %d, column 15", name, err, line)
		}
	}
}

// TestSamplesRefused wants every other table named for what it is.
func TestSamplesRefused(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(samples(t), "not-signins")
	says := map[string]string{
		"kql-tables-SigninLogs-without-ClientAppUsed.csv": "without the column ClientAppUsed",
		"otrf-AADAuditEvents.jsonl":                       "audit log (AuditLogs)",
		"otrf-o365spray_default.jsonl":                    "Unified Audit Log",
		"otrf-o365spray_reporting.jsonl":                  "Unified Audit Log",
		"sentinel-lab-signinLogs-summary.csv":             "query summary",
		"splunk-o365_userlogin.jsonl":                     "Unified Audit Log",
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		want, ok := says[entry.Name()]
		if !ok {
			t.Errorf("%s is new; say what it is", entry.Name())
			continue
		}
		got, _, err := all(t, file(t, filepath.Join(dir, entry.Name())))
		var wrong *WrongTableError
		if !errors.As(err, &wrong) || !strings.Contains(err.Error(), want) || len(got) > 0 {
			t.Errorf("%s: %d rows and %v, want a WrongTableError that says %q", entry.Name(), len(got), err, want)
		}
	}
}
