package checkup_test

import (
	"testing"
	"time"

	"legacyauth/adapters/entra/settings"
	"legacyauth/bot/checkup"
	"legacyauth/playbooks/card"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestHowOldAReadingIs(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		age  time.Duration
		says string
		old  bool
	}{
		"a clock that is ahead": {-time.Hour, "less than a day ago", false},
		"today":                 {23 * time.Hour, "less than a day ago", false},
		"yesterday":             {24 * time.Hour, "1 day ago", false},
		"three days":            {3*24*time.Hour + time.Hour, "3 days ago", false},
		"a month":               {30 * 24 * time.Hour, "30 days ago", false},
		"a month and a second":  {30*24*time.Hour + time.Second, "30 days ago", true},
	} {
		r := checkup.Reading{At: noon.Add(-tc.age)}
		if r.Ago(noon) != tc.says || r.Old(noon) != tc.old {
			t.Errorf("%s: %q, old %t; want %q, %t", name, r.Ago(noon), r.Old(noon), tc.says, tc.old)
		}
	}
}

// TestRecallLeavesWhatIsKnownNow lets no older file stand in for a newer one, nor
// for what Graph tells.
func TestRecallLeavesWhatIsKnownNow(t *testing.T) {
	t.Parallel()
	r := checkup.Result{Tenant: "contoso", Items: []settings.Item{
		{ID: "apple.consent", Title: "Consent", Answer: settings.CannotTell, Severity: settings.Warning, Missing: "Directory.Read.All"},
		{ID: "exchange.modern-auth", Title: "Modern authentication", Answer: settings.Yes, Severity: settings.Fine},
		{ID: "exchange.ews-organization", Title: "EWS", Answer: settings.CannotTell, Severity: settings.Warning, Evidence: []string{"EwsEnabled is not set."}},
		{ID: "exchange.direct-send", Title: "Direct Send is refused", Answer: settings.CannotTell, Missing: "a file"},
	}}
	var kept []checkup.Reading
	for _, i := range r.Items {
		kept = append(kept, checkup.Reading{ID: i.ID, Answer: settings.No, Severity: settings.Notice, At: noon.Add(-time.Hour), By: "cli"})
	}
	r.Recall(kept, noon)
	want := map[string]settings.Answer{
		"apple.consent": settings.CannotTell, "exchange.modern-auth": settings.Yes, "exchange.ews-organization": settings.CannotTell, "exchange.direct-send": settings.No,
	}
	for _, i := range r.Items {
		if i.Answer != want[i.ID] {
			t.Errorf("%s is %s, want %s", i.ID, i.Answer, want[i.ID])
		}
	}
	if len(r.Items) != len(want) {
		t.Errorf("%d items", len(r.Items))
	}
	// Graph told nothing, whatever a file said.
	if c := r.Card(); c.Tone != card.Danger {
		t.Errorf("the card's tone is %v", c.Tone)
	}
}
