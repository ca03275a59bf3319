package block

import (
	"encoding/json"
	"fmt"
)

// ReportOnly gives the body of a Conditional Access policy in report-only mode
// for the users who are ready, as Microsoft Graph takes it, and how many of them
// it leaves out because their directory id is not known; nil where it would be for
// nobody.
func (p *Plan) ReportOnly() (body []byte, left int, err error) {
	ids := []string{}
	for _, u := range p.Ready {
		if u.ID == "" {
			left++
			continue
		}
		ids = append(ids, u.ID)
	}
	if len(ids) == 0 {
		return nil, left, nil
	}
	body, err = json.MarshalIndent(map[string]any{
		"displayName": "Block legacy authentication (pilot)",
		"state":       "enabledForReportingButNotEnforced",
		"conditions": map[string]any{
			"clientAppTypes": []string{"exchangeActiveSync", "other"},
			"applications":   map[string]any{"includeApplications": []string{"All"}},
			"users":          map[string]any{"includeUsers": ids},
		},
		"grantControls": map[string]any{"operator": "OR", "builtInControls": []string{"block"}},
	}, "", "  ")
	if err != nil {
		return nil, left, fmt.Errorf("write the policy: %w", err)
	}
	return append(body, '\n'), left, nil
}

// ReportOnlyStep is how the policy of ReportOnly is created and removed.
func ReportOnlyStep() Step {
	return Step{
		Title: "Conditional Access in report-only mode", Playbook: "block-conditional-access",
		Do: lines(
			"Connect-MgGraph -Scopes Policy.Read.All, Policy.ReadWrite.ConditionalAccess, Application.Read.All",
			"$policy = Invoke-MgGraphRequest -Method POST -ContentType \"application/json\" `",
			"    -Uri \"https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies\" `",
			"    -Body (Get-Content .\\block-pilot.json -Raw)",
			"$policy.id"),
		Undo:  "Remove-MgIdentityConditionalAccessPolicy -ConditionalAccessPolicyId $policy.id",
		Proof: "Stops nobody. Sign-ins that it would stop carry reportOnlyFailure; once it is enforced, a row with error code 53003, over ActiveSync one with code 0 and the status failure.",
	}
}
