package settings

import (
	"slices"
	"strings"
	"testing"

	"legacyauth/detect"
)

// What already blocks everyone makes the other block no advice.
func TestNoAdviceToBlockTwice(t *testing.T) {
	t.Parallel()
	full := policyJSON(t, nil)
	trial := policyJSON(t, map[string]string{"displayName": `"Trial"`, "state": `"enabledForReportingButNotEnforced"`})
	half := policyJSON(t, map[string]string{"types": `["other"]`})
	tests := map[string]struct {
		policies []Policy
		defaults bool
		advice   string // ids of the items, not fine, that send to a block
	}{
		"nothing blocks":          {[]Policy{}, false, "conditional-access.exchangeActiveSync conditional-access.other conditional-access.managed security-defaults"},
		"a policy for all":        {[]Policy{full}, false, ""},
		"a policy and a trial":    {[]Policy{full, trial}, false, ""},
		"a policy for a half":     {[]Policy{half}, false, "conditional-access.exchangeActiveSync conditional-access.managed security-defaults"},
		"a trial":                 {[]Policy{trial}, false, "conditional-access.exchangeActiveSync conditional-access.other conditional-access.managed security-defaults report-only"},
		"security defaults":       {[]Policy{}, true, ""},
		"security defaults, both": {[]Policy{trial}, true, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var advice []string
			var clients []detect.Client
			if slices.ContainsFunc(tt.policies, func(p Policy) bool { return p.State == stateReportOnly }) {
				clients = using(1, detect.IMAP, "Trial")
			}
			for _, i := range Judge(Facts{Policies: Known(tt.policies), Defaults: Known(tt.defaults)}, clients, Expectations{}) {
				if i.Severity != Fine && (i.Playbook == "block-conditional-access" || i.Playbook == "block-security-defaults") {
					advice = append(advice, i.ID)
				}
			}
			if got := strings.Join(advice, " "); got != tt.advice {
				t.Errorf("advice in %q, want %q", got, tt.advice)
			}
		})
	}
}
