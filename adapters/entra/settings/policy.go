package settings

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Policy is a Conditional Access policy as Microsoft Graph v1.0 gives it,
// reduced to what decides whether it blocks legacy authentication.
// https://learn.microsoft.com/graph/api/resources/conditionalaccesspolicy, read 2026-11-23
type Policy struct {
	ID            string         `json:"id"`
	DisplayName   string         `json:"displayName"`
	State         string         `json:"state"`
	Created       *time.Time     `json:"createdDateTime"`
	Modified      *time.Time     `json:"modifiedDateTime"` // nil when it never was
	Conditions    Conditions     `json:"conditions"`
	GrantControls *GrantControls `json:"grantControls"`
}

// The states of a policy. Any other state blocks nobody.
const (
	stateEnabled    = "enabled"
	stateReportOnly = "enabledForReportingButNotEnforced"
	stateDisabled   = "disabled"
)

// Conditions says when a policy applies.
type Conditions struct {
	ClientAppTypes []string     `json:"clientAppTypes"`
	Applications   Applications `json:"applications"`
	Users          *Users       `json:"users"`
	Platforms      *Platforms   `json:"platforms"`
	Locations      *Locations   `json:"locations"`
	// Others names the further conditions that are set, known to this program
	// or not: each narrows the policy.
	Others []string `json:"-"`
}

// Applications are the applications a policy is for.
type Applications struct {
	Include []string        `json:"includeApplications"`
	Exclude []string        `json:"excludeApplications"`
	Filter  json.RawMessage `json:"applicationFilter"`
}

// Users are the people a policy is for, by object id or by a word such as All.
type Users struct {
	Include       []string        `json:"includeUsers"`
	Exclude       []string        `json:"excludeUsers"`
	IncludeGroups []string        `json:"includeGroups"`
	ExcludeGroups []string        `json:"excludeGroups"`
	IncludeRoles  []string        `json:"includeRoles"`
	ExcludeRoles  []string        `json:"excludeRoles"`
	IncludeGuests json.RawMessage `json:"includeGuestsOrExternalUsers"`
	ExcludeGuests json.RawMessage `json:"excludeGuestsOrExternalUsers"`
}

// Platforms are the operating systems a policy is for.
type Platforms struct {
	Include []string `json:"includePlatforms"`
	Exclude []string `json:"excludePlatforms"`
}

// Locations are the networks a policy is for.
type Locations struct {
	Include []string `json:"includeLocations"`
	Exclude []string `json:"excludeLocations"`
}

// GrantControls is what a policy asks of a sign-in.
type GrantControls struct {
	Operator string          `json:"operator"` // AND or OR
	BuiltIn  []string        `json:"builtInControls"`
	Custom   []string        `json:"customAuthenticationFactors"`
	Terms    []string        `json:"termsOfUse"`
	Strength json.RawMessage `json:"authenticationStrength"`
}

// UnmarshalJSON reads the conditions and notes every further one that is set,
// so that a condition Microsoft adds later is not taken for none.
func (c *Conditions) UnmarshalJSON(data []byte) error {
	type plain Conditions
	if err := json.Unmarshal(data, (*plain)(c)); err != nil {
		return fmt.Errorf("conditions of a policy: %w", err)
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		return fmt.Errorf("conditions of a policy: %w", err)
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		switch name {
		case "clientAppTypes", "applications", "users", "platforms", "locations":
		default:
			if !strings.Contains(name, "@") && isSet(all[name]) {
				c.Others = append(c.Others, name)
			}
		}
	}
	return nil
}

// isSet says whether a JSON value says anything: null, an empty text, an empty
// list and an object of such do not.
func isSet(raw json.RawMessage) bool {
	var value any
	if len(raw) == 0 || json.Unmarshal(raw, &value) != nil {
		return false
	}
	return says(value)
}

func says(value any) bool {
	switch v := value.(type) {
	case nil:
		return false
	case string:
		return v != ""
	case []any:
		return len(v) > 0
	case map[string]any:
		for name, inner := range v {
			if !strings.Contains(name, "@") && says(inner) {
				return true
			}
		}
		return false
	}
	return true
}
