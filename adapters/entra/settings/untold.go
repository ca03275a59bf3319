package settings

import (
	"fmt"
	"slices"
	"time"

	"legacyauth/detect"
)

// untold counts the clients in use whose sign-ins cannot say whether a
// report-only policy would stop them: silence about those is no all-clear.
type untold struct {
	bare  int       // carry no results of policies at all
	stale int       // were last seen before the policy was as it is now
	since time.Time // when the policy became what it is now; zero when not known
}

// untoldOf looks at the clients that a policy's results should be about and
// that are not known to be stopped. Policies are the report-only ones of one
// name; there is none where the policies could not be read.
func untoldOf(clients []detect.Client, name string, policies []Policy) untold {
	u := untold{since: changed(policies)}
	for _, c := range clients {
		switch {
		case c.Verdict != detect.InUse || slices.Contains(c.ReportOnly, name) || !concerns(policies, c.Protocol):
		case c.PoliciesTold == 0:
			u.bare++
		case c.Last.Before(u.since):
			u.stale++
		}
	}
	return u
}

func (u untold) any() bool { return u.bare+u.stale > 0 }

// evidence says in sentences how many clients cannot be told of, and why.
func (u untold) evidence(granted grants) []string {
	var list []string
	if u.bare > 0 {
		why := "the export lacks them, or " + needsPolicy + " is missing"
		if granted.surely(needsPolicy) {
			why = "the export lacks them, or the scan was made before " + needsPolicy + " was granted"
		}
		list = append(list, fmt.Sprintf("%s in use %s no policy results: %s.", counted(u.bare, "client", "clients"), verb(u.bare, "carries", "carry"), why))
	}
	if u.stale > 0 {
		list = append(list, fmt.Sprintf("%s in use %s last seen before the policy was created or changed, on %s.",
			counted(u.stale, "client", "clients"), verb(u.stale, "was", "were"), u.since.UTC().Format(time.DateOnly)))
	}
	return list
}

// missing names what would tell.
func (u untold) missing() string {
	if u.bare > 0 {
		return "sign-ins with the results of policies"
	}
	return "sign-ins newer than the policy"
}

// changed is when the newest of the policies became what it is now.
func changed(policies []Policy) time.Time {
	var newest time.Time
	for _, p := range policies {
		for _, at := range []*time.Time{p.Created, p.Modified} {
			if at != nil && at.After(newest) {
				newest = *at
			}
		}
	}
	return newest
}

// concerns says whether a policy may be about clients of a protocol. Where this
// program cannot tell that it stops any legacy client, it may be about all.
func concerns(policies []Policy, p detect.Protocol) bool {
	kind, stopsAny := kindOf(p), false
	for _, policy := range policies {
		if scopeOf(policy, kind).stops {
			return true
		}
		stopsAny = stopsAny || scopeOf(policy, activeSync).stops || scopeOf(policy, otherClients).stops
	}
	return !stopsAny
}

// kindOf sorts a protocol as Conditional Access does.
func kindOf(p detect.Protocol) clientKind {
	if p == detect.EAS {
		return activeSync
	}
	return otherClients
}
