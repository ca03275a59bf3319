package people_test

import (
	"fmt"
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/entra/settings"
	"legacyauth/bot/people/campaign"
	"legacyauth/detect/migration"
)

// TestHolds holds back what would be useless until the setting is right, takes
// nobody's place in a wave meanwhile, and then lets it go.
func TestHolds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	item := func(answer settings.Answer) {
		t.Helper()
		if err := w.people.SaveHolds(t.Context(), w.tenant, []settings.Item{{ID: "apple.consent", Answer: answer}, {ID: "licenses", Answer: settings.No}}); err != nil {
			t.Fatal(err)
		}
	}
	var apple, others []chat.Person
	for n := range 3 {
		name := fmt.Sprintf("apple%d", n)
		apple = append(apple, w.known(name, "en", "Europe/Lisbon"))
		w.save(phone(fmt.Sprintf("ka%d", n), name))
		name = fmt.Sprintf("other%d", n)
		others = append(others, w.known(name, "en", "Europe/Lisbon"))
		w.save(reader(fmt.Sprintf("ko%d", n), name))
	}
	w.save(reader("kb", "apple0")) // one of hers is not held back, and so she is told
	count := func(all []chat.Person) (n int) {
		for _, p := range all {
			n += len(roots(w.inbox(p)))
		}
		return n
	}
	// Planned while nothing is known; the hold comes before the first wave.
	plan, _, err := w.people.PlanCampaign(t.Context(), w.tenant, "all", campaign.Body{Manner: campaign.Manner{Wave: 4}}, anAdmin)
	if err != nil || plan.Told() != 6 {
		t.Fatal(plan.Told(), err)
	}
	if _, err := w.people.StartCampaign(t.Context(), w.tenant, "all", 6, anAdmin); err != nil {
		t.Fatal(err)
	}
	item(settings.No)
	w.turn()
	if count(apple) != 1 || count(others) != 3 {
		t.Errorf("%d with iPhones and %d others are told, want 1 and 3", count(apple), count(others))
	}
	plan, _, err = w.people.PlanCampaign(t.Context(), w.tenant, "again", campaign.Body{}, anAdmin)
	if err != nil || plan.Told() != 4 || len(plan.Holds) != 1 {
		t.Errorf("a dry run: %d told, held %v (%v)", plan.Told(), plan.Holds, err)
	}
	for why := range plan.Holds {
		if !strings.Contains(why, "consented to Apple's application") || !strings.Contains(why, "playbook apple-consent") {
			t.Errorf("held because: %s", why)
		}
	}
	r, err := w.people.CampaignReport(t.Context(), w.tenant, "all")
	if err != nil || r.Waiting != 0 || r.Held != 2 || len(r.Holds) != 1 || !strings.Contains(r.Holds[0], "playbook apple-consent") {
		t.Errorf("the report: %d waiting, %d held back by %q (%v)", r.Waiting, r.Held, r.Holds, err)
	}
	w.set(monday.Add(day))
	item(settings.CannotTell) // and so it goes on
	w.turn()
	if count(apple) != 1 {
		t.Errorf("%d with iPhones are told while nobody can tell", count(apple))
	}
	item(settings.Yes)
	w.turn()
	if count(apple) != 3 {
		t.Errorf("%d with iPhones are told after the release", count(apple))
	}
	if r, err := w.people.CampaignReport(t.Context(), w.tenant, "all"); err != nil || r.Held != 0 || len(r.Holds) != 0 {
		t.Errorf("the report after the release: %d held back by %q (%v)", r.Held, r.Holds, err)
	}
	w.wantState("ka2", migration.Told)
}
