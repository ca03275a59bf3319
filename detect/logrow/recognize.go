package logrow

import "legacyauth/detect/logrow/rawjson"

// isSignIn tells a sign-in from a row of another log that shares its stream: by
// a value that only sign-ins have, else by the category, else by the three
// things every sign-in has: who, when and how it ended.
func (d *Decoder) isSignIn() bool {
	f := &d.fields
	mark := false
	for _, key := range [...]field{fClientApp, fCAStatus, fInteractive, fEvents} {
		if f.has(key) {
			if v := f.get(key); v.Kind != rawjson.Null && len(v.Raw) > 0 {
				return true
			}
			mark = true
		}
	}
	if c := d.bytes(f.get(fCategory)); len(c) > 0 {
		return signInCategory(c)
	}
	if mark {
		return true
	}
	who := f.has(fUser) || f.has(fUserID) || f.has(fPrincipal) || f.has(fApp)
	when := f.has(fCreated) || f.has(fTime) || f.has(fGenerated)
	how := f.has(fStatus) || f.has(fResultType)
	return who && when && how
}

// signInCategory knows the categories of sign-in logs by their common ending.
// https://learn.microsoft.com/entra/identity/monitoring-health/concept-diagnostic-settings-logs-options, read 2026-11-23
func signInCategory(c []byte) bool {
	const ending = "signinlogs"
	return len(c) >= len(ending) && rawjson.Is(c[len(c)-len(ending):], ending)
}
