package doctor_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"legacyauth/bot/doctor"
)

func TestExamineFolder(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 11, 23, 8, 5, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		files   []string // none: an empty folder
		gone    bool
		outcome doctor.Outcome
		says    string
	}{
		"no folder":    {gone: true, outcome: doctor.Failed, says: "does not exist; create it"},
		"empty":        {outcome: doctor.Warn, says: "is empty: put the downloaded sign-in logs into it"},
		"half written": {files: []string{"a.json.part"}, outcome: doctor.Warn, says: "is empty"},
		"one file":     {files: []string{"a.json"}, outcome: doctor.OK, says: "can be read: 1 file, the newest of 2026-11-23 08:05 UTC"},
		"below":        {files: []string{"a.json", "11/b.json"}, outcome: doctor.OK, says: "can be read: 2 files"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := t.TempDir()
			if tc.gone {
				path = filepath.Join(path, "exports")
			}
			for _, name := range tc.files {
				file := filepath.Join(path, name)
				if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte("{}"), 0o600); err != nil {
					t.Fatal(err)
				}
				if err := os.Chtimes(file, day, day); err != nil {
					t.Fatal(err)
				}
			}
			found := doctor.ExamineFolder("contoso", path, func() time.Time { return day })
			if len(found.Checks) != 1 || found.Checks[0].Outcome != tc.outcome || !strings.Contains(found.Checks[0].Detail, tc.says) {
				t.Errorf("found %+v, want %s with %q", found.Checks, tc.outcome, tc.says)
			}
		})
	}
}
