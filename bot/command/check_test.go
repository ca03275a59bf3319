package command_test

import (
	"strings"
	"testing"
	"time"

	tenant "legacyauth/adapters/entra/settings"
	"legacyauth/bot/checkup"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// TestCheckRecallsAFile shows what a file said of the tenant that is asked about,
// with its age, and of no other; what is old cannot be told any more.
func TestCheckRecallsAFile(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		h := newHall(t, dsn)
		h.fill()
		h.write(func(tx *storage.Tx) error {
			id, err := tx.Tenant("contoso", "")
			if err != nil {
				return err
			}
			items := tenant.JudgeExchange(tenant.Exchange{
				Organization: tenant.Fact[tenant.Organization]{Known: true, Value: tenant.Organization{Name: "contoso.onmicrosoft.com", ModernAuth: new(bool)}},
				AllowedApps:  tenant.Fact[[]string]{Why: "nobody may"},
			})
			return checkup.Keep(tx, id, items, monday.AddDate(0, 0, -3), "cli")
		})
		text := shown(h.ask(admin, "check", "contoso"))
		golden(t, "check-recalled", text)
		for _, want := range []string{"Modern authentication is on for the organization: no", "Read from a file 3 days ago", "read 3 days ago could not tell it; check --exchange says why"} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is not said:\n%s", want, text)
			}
		}
		if text := shown(h.ask(admin, "check", "fabrikam")); !strings.Contains(text, "There are no settings to read") {
			t.Errorf("of another tenant it says:\n%s", text)
		}
		h.mu.Lock()
		h.now = monday.Add(checkup.OldAfter - 2*24*time.Hour)
		h.mu.Unlock()
		if text := shown(h.ask(admin, "check", "contoso")); strings.Contains(text, "organization: no") || !strings.Contains(text, `A file said "no" 31 days ago, which after 30 days counts as unread`) {
			t.Errorf("after 31 days it says:\n%s", text)
		}
	})
}
