package doctor_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"legacyauth/bot/config"
	"legacyauth/bot/doctor"
)

// Doctor insists on who is behind a message before a campaign.
func TestPeopleNeedToKnowWhoWrites(t *testing.T) {
	t.Parallel()
	const folder = "tenants: [{name: contoso, folder: exports}]\n"
	for name, tc := range map[string]struct {
		text  string
		works bool
		says  []string
	}{
		"nothing said of people": {folder, true, []string{"warn contact: no campaign starts: nobody is named", "write contact: ", "warn check: no campaign starts: nothing says where people can make sure", "write people: {check: ", "only people who are linked"}},
		"people, and no contact": {folder + "people: {folder: notices, check: the intranet}\n", false, []string{"failed contact: no campaign starts: nobody is named"}},
		"people, and no check":   {folder + "contact: IT\npeople: {folder: notices}\n", false, []string{"failed check: no campaign starts: nothing says where"}},
		"an empty contact":       {folder + "contact: ' '\npeople: {folder: notices, check: the intranet}\n", false, []string{"nobody is named"}},
		"everything":             {folder + "contact: IT\npeople: {folder: notices, check: the intranet}\n", true, []string{"ok contact and check", "ok where people are told: a log file"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "legacyauth.yaml")
			if err := os.WriteFile(file, []byte(tc.text), 0o600); err != nil {
				t.Fatal(err)
			}
			c, err := config.Load(file)
			if err != nil {
				t.Fatal(err)
			}
			found := doctor.ExaminePeople(c)
			said := ""
			for _, check := range found.Checks {
				said += string(check.Outcome) + " " + check.Name + ": " + check.Detail + "\n"
			}
			for _, want := range tc.says {
				if !strings.Contains(said, want) {
					t.Errorf("%q is not said:\n%s", want, said)
				}
			}
			if found.Works() != tc.works {
				t.Errorf("works: %t\n%s", found.Works(), said)
			}
		})
	}
}
