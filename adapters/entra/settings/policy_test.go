package settings

import (
	"encoding/json"
	"strings"
	"testing"

	"legacyauth/detect"
)

// policyJSON is a policy that blocks all legacy clients for everyone, with some
// fields replaced. A key of the form "users.excludeUsers" reaches inside.
func policyJSON(t *testing.T, change map[string]string) Policy {
	t.Helper()
	fields := map[string]string{
		"id": `"p"`, "displayName": `"Block legacy"`, "state": `"enabled"`, "createdDateTime": `"2026-01-01T00:00:00Z"`,
		"types": `["exchangeActiveSync","other"]`, "applications": `{"includeApplications":["All"]}`,
		"users": `{"includeUsers":["All"]}`, "more": "", "grant": `{"operator":"OR","builtInControls":["block"]}`,
	}
	for name, value := range change {
		if _, ok := fields[name]; !ok {
			t.Fatalf("no field %s", name)
		}
		fields[name] = value
	}
	text := `{"id":` + fields["id"] + `,"displayName":` + fields["displayName"] + `,"state":` + fields["state"] +
		`,"createdDateTime":` + fields["createdDateTime"] + `,"conditions":{"clientAppTypes":` + fields["types"] +
		`,"applications":` + fields["applications"] + `,"users":` + fields["users"] + fields["more"] + `},"grantControls":` + fields["grant"] + `}`
	var p Policy
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return p
}

func judged(t *testing.T, policies []Policy, e Expectations, clients []detect.Client) []Item {
	t.Helper()
	return Judge(Facts{Policies: Known(policies), Users: Known([]Principal{
		{Kind: User, ID: "u-break", Name: "break.glass@contoso.com"},
		{Kind: User, ID: "u-boss", Name: "boss@contoso.com"},
	}), Groups: Known([]Principal{{Kind: Group, ID: "g-sales", Name: "Sales"}}), Defaults: Known(false)}, clients, e)
}

// T10: a report-only, disabled or narrow policy is no block.
func TestT10OnlyAnEnforcedPolicyForEveryoneIsABlock(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change     map[string]string
		eas, other Answer
		says       string // part of the evidence for other clients
	}{
		"on, for everyone":         {nil, Yes, Yes, "is on and blocks everyone."},
		"report-only":              {map[string]string{"state": `"enabledForReportingButNotEnforced"`}, No, No, "report-only and stops nobody"},
		"off":                      {map[string]string{"state": `"disabled"`}, No, No, "is off and stops nobody"},
		"a state to come":          {map[string]string{"state": `"unknownFutureValue"`}, No, No, "does not know"},
		"only a group":             {map[string]string{"users": `{"includeGroups":["g-sales"]}`}, No, No, `only group "Sales"`},
		"only a role":              {map[string]string{"users": `{"includeRoles":["r1"]}`}, No, No, "only role r1"},
		"only guests":              {map[string]string{"users": `{"includeUsers":["GuestsOrExternalUsers"]}`}, No, No, "only guests"},
		"nobody":                   {map[string]string{"users": `{"includeUsers":["None"]}`}, No, No, "only nobody"},
		"only one person":          {map[string]string{"users": `{"includeUsers":["u-boss"]}`}, No, No, "boss@contoso.com"},
		"only ActiveSync":          {map[string]string{"types": `["exchangeActiveSync"]`}, Yes, No, "No policy blocks other legacy clients"},
		"only others":              {map[string]string{"types": `["other"]`}, No, Yes, "blocks everyone"},
		"every client":             {map[string]string{"types": `["all"]`}, Yes, Yes, "blocks everyone"},
		"modern clients":           {map[string]string{"types": `["browser","mobileAppsAndDesktopClients"]`}, No, No, "No policy"},
		"one platform":             {map[string]string{"more": `,"platforms":{"includePlatforms":["iOS"],"excludePlatforms":[]}`}, No, No, "only on iOS"},
		"every platform":           {map[string]string{"more": `,"platforms":{"includePlatforms":["all"],"excludePlatforms":[]}`}, Yes, Yes, "blocks everyone"},
		"not from the office":      {map[string]string{"more": `,"locations":{"includeLocations":["All"],"excludeLocations":["AllTrusted"]}`}, No, No, "not from trusted locations"},
		"only from one place":      {map[string]string{"more": `,"locations":{"includeLocations":["l1"],"excludeLocations":[]}`}, No, No, "only from 1 location"},
		"only at risk":             {map[string]string{"more": `,"signInRiskLevels":["high"]`}, No, No, "signInRiskLevels"},
		"a condition to come":      {map[string]string{"more": `,"moonPhase":{"phases":["full"]}`}, No, No, "moonPhase"},
		"empty conditions":         {map[string]string{"more": `,"signInRiskLevels":[],"devices":null,"moonPhase":{"phases":[]},"x@odata.type":"#y"`}, Yes, Yes, "blocks everyone"},
		"Exchange Online":          {map[string]string{"applications": `{"includeApplications":["00000002-0000-0ff1-ce00-000000000000"]}`}, Yes, Yes, "it is for Exchange Online"},
		"Office 365":               {map[string]string{"applications": `{"includeApplications":["Office365"]}`}, Yes, Yes, "it is for Exchange Online"},
		"another application":      {map[string]string{"applications": `{"includeApplications":["a1"]}`}, No, No, "other than Exchange Online"},
		"not Exchange Online":      {map[string]string{"applications": `{"includeApplications":["All"],"excludeApplications":["Office365"]}`}, No, No, "not for Exchange Online"},
		"a filter of applications": {map[string]string{"applications": `{"includeApplications":["All"],"applicationFilter":{"mode":"include","rule":"x"}}`}, No, No, "filter"},
		"a second factor":          {map[string]string{"types": `["all"]`, "grant": `{"operator":"OR","builtInControls":["mfa"]}`}, Yes, Yes, "asks for what legacy clients cannot do"},
		"a strength":               {map[string]string{"types": `["all"]`, "grant": `{"operator":"OR","builtInControls":[],"authenticationStrength":{"id":"x"}}`}, Yes, Yes, "asks for what"},
		"a compliant device":       {map[string]string{"types": `["all"]`, "grant": `{"operator":"OR","builtInControls":["compliantDevice"]}`}, No, Yes, "asks for what"},
		"a factor or terms":        {map[string]string{"types": `["all"]`, "grant": `{"operator":"OR","builtInControls":["mfa"],"termsOfUse":["t"]}`}, No, No, "No policy"},
		"a factor and terms":       {map[string]string{"types": `["all"]`, "grant": `{"operator":"AND","builtInControls":["mfa"],"termsOfUse":["t"]}`}, Yes, Yes, "asks for what"},
		"a control to come":        {map[string]string{"types": `["all"]`, "grant": `{"operator":"OR","builtInControls":["unknownFutureValue"]}`}, No, No, "No policy"},
		"sessions only":            {map[string]string{"grant": `null`}, No, No, "No policy"},
		"applications as users":    {map[string]string{"users": `null`, "more": `,"clientApplications":{"includeServicePrincipals":["s"]}`}, No, No, "No policy"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			items := judged(t, []Policy{policyJSON(t, tt.change)}, Expectations{}, nil)
			eas := find(t, items, "conditional-access.exchangeActiveSync", "")
			other := find(t, items, "conditional-access.other", "")
			if eas.Answer != tt.eas || other.Answer != tt.other {
				t.Errorf("ActiveSync %s, others %s; want %s, %s", eas.Answer, other.Answer, tt.eas, tt.other)
			}
			other.says(t, tt.says)
			if other.Answer == No && other.Severity != Problem {
				t.Errorf("an open door is only a %s", other.Severity)
			}
		})
	}
}

// T10: what the clients' own sign-ins say of a report-only policy.
func TestT10ReportOnlyNamesWhoWouldStop(t *testing.T) {
	t.Parallel()
	reportOnly := policyJSON(t, map[string]string{"state": `"enabledForReportingButNotEnforced"`})
	twelve := append(using(8, detect.SMTP, "Block legacy"), using(4, detect.EAS, "Block legacy")...)
	i := find(t, judged(t, []Policy{reportOnly}, Expectations{}, append(twelve, using(3, detect.POP)...)), "report-only", "Block legacy")
	if i.Answer != Yes {
		t.Errorf("answer %s", i.Answer)
	}
	i.says(t, `12 clients would stop if report-only policy "Block legacy" were enforced: 8 SMTP AUTH, 4 Exchange ActiveSync.`)

	i = find(t, judged(t, []Policy{reportOnly}, Expectations{}, using(3, detect.POP)), "report-only", "Block legacy")
	if i.Answer != No || i.Severity != Fine {
		t.Errorf("nobody would stop: answer %s, %s", i.Answer, i.Severity)
	}

	i = find(t, judged(t, []Policy{reportOnly}, Expectations{}, nil), "report-only", "Block legacy")
	if i.Answer != CannotTell || i.Missing == "" {
		t.Errorf("without a scan: answer %s, missing %q", i.Answer, i.Missing)
	}

	i = find(t, judged(t, []Policy{reportOnly}, Expectations{}, verdict(twelve, detect.Blocked)), "report-only", "Block legacy")
	if i.Answer != No {
		t.Errorf("clients that are blocked already would stop: answer %s", i.Answer)
	}
	i.says(t, "12 clients that are guesses, have a stale password or are blocked already")

	on := policyJSON(t, nil)
	i = find(t, judged(t, []Policy{on}, Expectations{}, using(2, detect.POP, "Block legacy")), "report-only", "Block legacy")
	if i.Answer != No {
		t.Errorf("a policy that is on is not report-only: answer %s", i.Answer)
	}
	i.says(t, "the policy is on by now")
}

// Without the permission the rows carry no results of policies: silence is not
// "nobody would stop".
func TestReportOnlyWithoutPermission(t *testing.T) {
	t.Parallel()
	f := Facts{Policies: Fact[[]Policy]{Needs: needsPolicy, Why: "denied"}}
	i := find(t, Judge(f, using(3, detect.POP), Expectations{}), "report-only", "")
	if i.Answer != CannotTell || i.Missing != needsPolicy {
		t.Errorf("answer %s, missing %q", i.Answer, i.Missing)
	}
}

// T11: who is left out on purpose, and named, is listed and not alarmed about.
func TestT11NamedExclusionsAreNoFailure(t *testing.T) {
	t.Parallel()
	const left = `{"includeUsers":["All"],"excludeUsers":["u-break","GuestsOrExternalUsers"],"excludeGroups":["g-sales"],"excludeRoles":["d29b2b05-8046-44ba-8758-1e26182fcf32"]}`
	tests := map[string]struct {
		users    string
		e        Expectations
		want     Answer
		severity Severity
		says     []string
	}{
		"named by id": {
			left,
			Expectations{BreakGlass: []string{"U-BREAK"}, Exceptions: []string{"g-sales"}},
			Yes, Fine,
			[]string{"break-glass account, named", `group "Sales" with id g-sales (exception, named`, "guests are left out", "Entra Connect"},
		},
		"named by user principal name": {
			left,
			Expectations{BreakGlass: []string{" Break.Glass@contoso.com "}, Exceptions: []string{"g-sales"}},
			Yes, Fine,
			[]string{"break-glass account, named"},
		},
		"a group is not named by its display name": {
			left,
			Expectations{BreakGlass: []string{"u-break"}, Exceptions: []string{"Sales"}},
			No, Warning,
			[]string{`Not named in the configuration as break-glass account or exception: group "Sales" with id g-sales`},
		},
		"not named": {
			left,
			Expectations{},
			No, Warning,
			[]string{`user "break.glass@contoso.com"`, "Name those that are left out on purpose"},
		},
		"an empty name matches nobody": {
			`{"includeUsers":["All"],"excludeUsers":["u-deleted"]}`,
			Expectations{BreakGlass: []string{""}},
			No, Warning,
			[]string{"user u-deleted"},
		},
		"a role is not an exception": {
			`{"includeUsers":["All"],"excludeRoles":["62e90394-69f5-4237-9190-012177145e10"]}`,
			Expectations{},
			No, Warning,
			[]string{"role 62e90394"},
		},
		"guests alone": {
			`{"includeUsers":["All"],"excludeGuestsOrExternalUsers":{"guestOrExternalUserTypes":"b2bCollaborationGuest","externalTenants":null}}`,
			Expectations{},
			Yes, Fine,
			[]string{"guests are left out"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := find(t, judged(t, []Policy{policyJSON(t, map[string]string{"users": tt.users})}, tt.e, nil), "conditional-access.other", "")
			if i.Answer != tt.want || i.Severity != tt.severity {
				t.Errorf("%s, %s; want %s, %s", i.Answer, i.Severity, tt.want, tt.severity)
			}
			i.says(t, tt.says...)
		})
	}
}

// A second policy without the gap closes it; two with gaps are not added up.
func TestPoliciesTogether(t *testing.T) {
	t.Parallel()
	gap := policyJSON(t, map[string]string{"displayName": `"Gap"`, "users": `{"includeUsers":["All"],"excludeUsers":["u-boss"]}`})
	group := policyJSON(t, map[string]string{"displayName": `"Group"`, "users": `{"includeUsers":["u-boss"]}`})
	if i := find(t, judged(t, []Policy{gap, group}, Expectations{}, nil), "conditional-access.other", ""); i.Answer != No {
		t.Errorf("answer %s for a gap that a narrow policy may close", i.Answer)
	}
	if i := find(t, judged(t, []Policy{gap, policyJSON(t, nil)}, Expectations{}, nil), "conditional-access.other", ""); i.Answer != Yes {
		t.Errorf("answer %s although one policy has no gap", i.Answer)
	}
}

func TestManagedPolicy(t *testing.T) {
	t.Parallel()
	managed := `"Microsoft-managed: Block legacy authentication"`
	tests := map[string]struct {
		change   map[string]string
		want     Answer
		severity Severity
		says     string
	}{
		"report-only":         {map[string]string{"displayName": managed, "state": `"enabledForReportingButNotEnforced"`}, No, Warning, "not before 2026-02-15"},
		"without a date":      {map[string]string{"displayName": managed, "state": `"enabledForReportingButNotEnforced"`, "createdDateTime": `null`}, No, Warning, "does not say when it appeared"},
		"on":                  {map[string]string{"displayName": managed}, Yes, Fine, "is on and blocks everyone"},
		"turned off":          {map[string]string{"displayName": managed, "state": `"disabled"`}, No, Notice, "does not turn it on"},
		"for something else":  {map[string]string{"displayName": `"Microsoft-managed: Multifactor authentication for all users"`, "types": `["all"]`, "grant": `{"operator":"OR","builtInControls":["mfa"]}`}, No, Notice, "no such policy"},
		"somebody's own name": {nil, No, Notice, "no such policy"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := find(t, judged(t, []Policy{policyJSON(t, tt.change)}, Expectations{}, nil), "conditional-access.managed", "")
			if i.Answer != tt.want || i.Severity != tt.severity {
				t.Errorf("%s, %s; want %s, %s", i.Answer, i.Severity, tt.want, tt.severity)
			}
			i.says(t, tt.says)
		})
	}
}

func TestSecurityDefaults(t *testing.T) {
	t.Parallel()
	on := Judge(Facts{Policies: Known([]Policy{}), Defaults: Known(true)}, using(1, detect.IMAP), Expectations{})
	if i := find(t, on, "security-defaults", ""); i.Answer != Yes {
		t.Errorf("answer %s", i.Answer)
	}
	if i := find(t, on, "conditional-access.other", ""); i.Answer != No || i.Severity != Notice {
		t.Errorf("Conditional Access beside security defaults: %s, %s", i.Answer, i.Severity)
	}
	if i := find(t, on, "in-use", "imap"); i.Answer != Yes || !strings.Contains(strings.Join(i.Evidence, " "), "signed in all the same") {
		t.Errorf("in use: %s, %q", i.Answer, i.Evidence)
	}
	off := Judge(Facts{Policies: Known([]Policy{}), Defaults: Known(false)}, nil, Expectations{})
	if i := find(t, off, "security-defaults", ""); i.Answer != No || i.Severity != Problem {
		t.Errorf("nothing blocks: %s, %s", i.Answer, i.Severity)
	}
}
