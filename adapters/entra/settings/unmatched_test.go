package settings

import (
	"slices"
	"testing"
)

// T11: an entry of the configuration that matches nobody is said, not passed
// over.
func TestT11EntriesThatMatchNothing(t *testing.T) {
	t.Parallel()
	left := policyJSON(t, map[string]string{"users": `{"includeUsers":["All"],"excludeUsers":["u-break"],"excludeGroups":["g-sales"]}`})
	trial := policyJSON(t, map[string]string{"state": `"enabledForReportingButNotEnforced"`, "users": `{"includeUsers":["All"],"excludeUsers":["u-break"]}`})
	modern := policyJSON(t, map[string]string{"types": `["browser"]`})
	tests := map[string]struct {
		policies []Policy
		e        Expectations
		want     Answer // empty: no item
		severity Severity
		says     []string
	}{
		"all match":              {[]Policy{left}, Expectations{BreakGlass: []string{"BREAK.glass@contoso.com"}, Exceptions: []string{"G-SALES"}}, Yes, Fine, []string{"2 entries match."}},
		"one entry":              {[]Policy{left}, Expectations{BreakGlass: []string{"u-break", " u-break ", ""}}, Yes, Fine, []string{"1 entry matches."}},
		"a report-only policy":   {[]Policy{trial}, Expectations{BreakGlass: []string{"u-break"}}, Yes, Fine, []string{"1 entry matches."}},
		"mistyped":               {[]Policy{left}, Expectations{BreakGlass: []string{"brake.glass@contoso.com"}, Exceptions: []string{"g-sales"}}, No, Warning, []string{`break-glass account "brake.glass@contoso.com".`}},
		"a group by its name":    {[]Policy{left}, Expectations{Exceptions: []string{"Sales"}}, No, Warning, []string{`exception "Sales" (name the group by its object id, g-sales)`}},
		"no policy stops legacy": {[]Policy{modern}, Expectations{BreakGlass: []string{"u-break"}}, "", "", nil},
		"nobody configured":      {[]Policy{left}, Expectations{BreakGlass: []string{" "}}, "", "", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			items := judged(t, tt.policies, tt.e, nil)
			if tt.want == "" {
				if slices.ContainsFunc(items, func(i Item) bool { return i.ID == "conditional-access.exceptions" }) {
					t.Error("an item although there is nothing to compare")
				}
				return
			}
			i := find(t, items, "conditional-access.exceptions", "")
			if i.Answer != tt.want || i.Severity != tt.severity {
				t.Errorf("%s, %s; want %s, %s", i.Answer, i.Severity, tt.want, tt.severity)
			}
			i.says(t, tt.says...)
		})
	}
}

// T11: groups that cannot be read leave the users their names, and the reverse
// leaves open who an address is.
func TestT11OneKindOfNameIsEnough(t *testing.T) {
	t.Parallel()
	left := policyJSON(t, map[string]string{"users": `{"includeUsers":["All"],"excludeUsers":["u-break"],"excludeGroups":["g-sales"]}`})
	e := Expectations{BreakGlass: []string{"break.glass@contoso.com"}, Exceptions: []string{"g-sales"}}
	users := Known([]Principal{{Kind: User, ID: "u-break", Name: "break.glass@contoso.com"}})
	refused := Fact[[]Principal]{Needs: needsDirectory, Why: "denied"}

	items := Judge(Facts{Policies: Known([]Policy{left}), Users: users, Groups: refused}, nil, e)
	if i := find(t, items, "conditional-access.other", ""); i.Answer != Yes {
		t.Errorf("without the names of groups: %s, %q", i.Answer, i.Evidence)
	}
	if i := find(t, items, "conditional-access.exceptions", ""); i.Answer != Yes {
		t.Errorf("without the names of groups: %s, %q", i.Answer, i.Evidence)
	}

	i := find(t, Judge(Facts{Policies: Known([]Policy{left}), Users: refused, Groups: Known([]Principal{})}, nil, e), "conditional-access.exceptions", "")
	if i.Answer != CannotTell || i.Missing != needsDirectory {
		t.Errorf("without the names of users: %s, missing %q", i.Answer, i.Missing)
	}
	i.says(t, `cannot be compared: break-glass account "break.glass@contoso.com"`)
}
