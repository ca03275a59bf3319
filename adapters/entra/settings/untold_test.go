package settings

import (
	"testing"
	"time"

	"legacyauth/detect"
)

// bare makes n clients in use whose sign-ins carry no results of policies.
func bare(n int, p detect.Protocol) []detect.Client {
	clients := using(n, p)
	for i := range clients {
		clients[i].PoliciesTold = 0
	}
	return clients
}

// Silence about a policy is no all-clear: neither where the rows carry no
// results, nor where they are older than the policy.
func TestT10SilenceIsNoAllClear(t *testing.T) {
	t.Parallel()
	const state = `"enabledForReportingButNotEnforced"`
	both := map[string]string{"state": state}
	seen := using(1, detect.IMAP)[0].Last
	created := func(at time.Time) map[string]string {
		return map[string]string{"state": state, "createdDateTime": `"` + at.Format(time.RFC3339) + `"`}
	}
	tests := map[string]struct {
		change   map[string]string
		clients  []detect.Client
		want     Answer
		severity Severity
		says     string
		missing  string
	}{
		"no results":                {both, bare(6, detect.IMAP), CannotTell, Warning, "6 clients in use carry no policy results: the export lacks them, or Policy.Read.All is missing.", "sign-ins with the results of policies"},
		"one without results":       {both, append(using(5, detect.IMAP), bare(1, detect.POP)...), CannotTell, Warning, "1 client in use carries no policy results", "sign-ins with the results of policies"},
		"not in use":                {both, verdict(bare(6, detect.IMAP), detect.Spray), No, Fine, "No client in use has", ""},
		"nobody":                    {both, []detect.Client{}, No, Fine, "No client in use has", ""},
		"some would stop":           {both, append(using(2, detect.IMAP, "Block legacy"), bare(3, detect.POP)...), Yes, Warning, "3 clients in use carry no policy results", ""},
		"created later":             {created(seen.Add(time.Second)), using(2, detect.IMAP), CannotTell, Warning, "2 clients in use were last seen before the policy was created or changed, on 2026-11-20.", "sign-ins newer than the policy"},
		"created at that moment":    {created(seen), using(2, detect.IMAP), No, Fine, "No client in use has", ""},
		"another kind of client":    {map[string]string{"state": state, "types": `["exchangeActiveSync"]`}, bare(6, detect.IMAP), No, Fine, "No client in use has", ""},
		"the kind it is about":      {map[string]string{"state": state, "types": `["exchangeActiveSync"]`}, bare(6, detect.EAS), CannotTell, Warning, "6 clients", "sign-ins with the results of policies"},
		"both without and too old":  {created(seen.Add(time.Second)), append(using(2, detect.IMAP), bare(1, detect.IMAP)...), CannotTell, Warning, "2 clients in use were last seen", "sign-ins with the results of policies"},
		"would stop and is too old": {created(seen.Add(time.Second)), using(2, detect.IMAP, "Block legacy"), Yes, Warning, "2 clients would stop", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := find(t, judged(t, []Policy{policyJSON(t, tt.change)}, Expectations{}, tt.clients), "report-only", "Block legacy")
			if i.Answer != tt.want || i.Severity != tt.severity || i.Missing != tt.missing {
				t.Errorf("%s, %s, missing %q; want %s, %s, %q", i.Answer, i.Severity, i.Missing, tt.want, tt.severity, tt.missing)
			}
			i.says(t, tt.says)
			if i.Answer != No {
				for _, e := range i.Evidence {
					if e == "No client in use has a sign-in that it would have stopped." {
						t.Errorf("%s, and yet an all-clear: %q", i.Answer, i.Evidence)
					}
				}
			}
		})
	}
}

func TestAPolicyThatWasChangedMakesOldSignInsSilent(t *testing.T) {
	t.Parallel()
	p := policyJSON(t, map[string]string{"state": `"enabledForReportingButNotEnforced"`})
	at := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	p.Modified = &at
	i := find(t, judged(t, []Policy{p}, Expectations{}, using(2, detect.IMAP)), "report-only", "Block legacy")
	if i.Answer != CannotTell {
		t.Errorf("answer %s", i.Answer)
	}
	i.says(t, "created or changed, on 2026-11-21")
}

// A permission that is granted is not said to be missing.
func TestNoResultsAlthoughGranted(t *testing.T) {
	t.Parallel()
	p := policyJSON(t, map[string]string{"state": `"enabledForReportingButNotEnforced"`})
	i := find(t, Judge(Facts{Policies: Known([]Policy{p}), Permissions: granted(needsPolicy)}, bare(2, detect.IMAP), Expectations{}), "report-only", "")
	if i.Answer != CannotTell {
		t.Errorf("answer %s", i.Answer)
	}
	i.says(t, "before Policy.Read.All was granted")
}
