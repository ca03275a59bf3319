package logrow

import (
	"strings"

	"legacyauth/detect"
	"legacyauth/detect/logrow/rawjson"
)

// event tells which log a row stands in: what the row says of its event types,
// else its category, else that an application signed in without a user, else
// isInteractive.
func (d *Decoder) event(f *fields, s *detect.SignIn) detect.Event {
	types := f.get(fEvents)
	if e, ok := d.events.of(types); ok {
		return e
	}
	if e := d.eventType(types); e != detect.EventUnknown {
		if !d.garbled {
			d.events.keep(types, e)
		}
		return e
	}
	if e := categoryEvent(d.bytes(f.get(fCategory))); e != detect.EventUnknown {
		return e
	}
	if s.User == "" && s.UserID == "" && len(d.bytes(f.get(fPrincipal))) > 0 {
		return detect.ServicePrincipal
	}
	switch v := f.get(fInteractive); {
	case v.Kind == rawjson.True, rawjson.Is(d.bytes(v), "true"):
		return detect.Interactive
	case v.Kind == rawjson.False, rawjson.Is(d.bytes(v), "false"):
		return detect.NonInteractive
	}
	return detect.EventUnknown
}

// eventType reads signInEventTypes, an array or its text; the first kind named
// counts.
func (d *Decoder) eventType(v rawjson.Value) detect.Event {
	array := d.array(v)
	if array == nil {
		return eventNamed(d.bytes(v))
	}
	found := detect.EventUnknown
	rawjson.Elements(array, func(element rawjson.Value) bool {
		found = eventNamed(d.bytes(element))
		return found == detect.EventUnknown
	})
	return found
}

func eventNamed(b []byte) detect.Event {
	switch {
	case rawjson.Is(b, "interactiveuser"):
		return detect.Interactive
	case rawjson.Is(b, "noninteractiveuser"):
		return detect.NonInteractive
	case rawjson.Is(b, "serviceprincipal"):
		return detect.ServicePrincipal
	case rawjson.Is(b, "managedidentity"):
		return detect.ManagedIdentity
	}
	return detect.EventUnknown
}

// categoryEvent knows the categories of diagnostic settings.
// https://learn.microsoft.com/entra/identity/monitoring-health/concept-diagnostic-settings-logs-options, read 2026-11-23
func categoryEvent(c []byte) detect.Event {
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
