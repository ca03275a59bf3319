package export

import (
	"strings"

	"legacyauth/detect"
)

// event tells which log a row stands in: what the row says of its event types,
// else its category, else that an application signed in without a user, else
// isInteractive.
func (d *decoder) event(f *fields, s *detect.SignIn) detect.Event {
	if e := d.eventType(f.get(fEvents)); e != detect.EventUnknown {
		return e
	}
	if e := categoryEvent(d.bytes(f.get(fCategory))); e != detect.EventUnknown {
		return e
	}
	if s.User == "" && s.UserID == "" && len(d.bytes(f.get(fPrincipal))) > 0 {
		return detect.ServicePrincipal
	}
	switch v := f.get(fInteractive); {
	case v.kind == vTrue, is(d.bytes(v), "true"):
		return detect.Interactive
	case v.kind == vFalse, is(d.bytes(v), "false"):
		return detect.NonInteractive
	}
	return detect.EventUnknown
}

func is(b []byte, lower string) bool { return len(b) == len(lower) && equalFold(b, lower) }

// eventType reads signInEventTypes, an array or its text; the first kind named
// counts.
func (d *decoder) eventType(v value) detect.Event {
	array := d.array(v)
	if array == nil {
		return eventNamed(d.bytes(v))
	}
	found := detect.EventUnknown
	elements(array, func(element value) bool {
		found = eventNamed(d.bytes(element))
		return found == detect.EventUnknown
	})
	return found
}

func eventNamed(b []byte) detect.Event {
	switch {
	case is(b, "interactiveuser"):
		return detect.Interactive
	case is(b, "noninteractiveuser"):
		return detect.NonInteractive
	case is(b, "serviceprincipal"):
		return detect.ServicePrincipal
	case is(b, "managedidentity"):
		return detect.ManagedIdentity
	}
	return detect.EventUnknown
}

// categoryEvent knows the categories of diagnostic settings.
// https://learn.microsoft.com/entra/identity/monitoring-health/concept-diagnostic-settings-logs-options, read 2026-11-23
func categoryEvent(c []byte) detect.Event {
	if !signInCategory(c) {
		return detect.EventUnknown
	}
	switch strings.ToLower(string(c)) {
	case "signinlogs", "adfssigninlogs":
		return detect.Interactive
	case "noninteractiveusersigninlogs":
		return detect.NonInteractive
	case "serviceprincipalsigninlogs", "microsoftserviceprincipalsigninlogs":
		return detect.ServicePrincipal
	case "managedidentitysigninlogs":
		return detect.ManagedIdentity
	}
	return detect.EventUnknown
}
