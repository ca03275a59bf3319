package graphlog

import "strconv"

// category is the table of Azure Monitor that an event goes to.
func (e Event) category() string {
	switch e {
	case Interactive:
		return "SignInLogs"
	case ServicePrincipal:
		return "ServicePrincipalSignInLogs"
	case ManagedIdentity:
		return "ManagedIdentitySignInLogs"
	}
	return "NonInteractiveUserSignInLogs"
}

// AppendDiagnostic appends s as one diagnostic-setting record on one line,
// without the line's end: the envelope of Azure Monitor around the properties
// that Graph lists.
func AppendDiagnostic(dst []byte, s *SignIn) []byte {
	o := &object{dst: dst}
	o.open()
	o.time("time", s.Time)
	o.text("resourceId", "/tenants/"+s.ResourceTenant+"/providers/Microsoft.aadiam")
	o.text("operationName", "Sign-in activity")
	o.text("operationVersion", "1.0")
	o.text("category", s.Event.category())
	o.text("tenantId", s.ResourceTenant)
	o.text("resultType", strconv.Itoa(s.Status.Code))
	o.text("resultSignature", signature(s.Status.Code))
	o.text("resultDescription", s.Status.Reason)
	o.number("durationMs", 0)
	o.text("callerIpAddress", s.IP)
	o.text("correlationId", s.Correlation)
	o.text("identity", s.User.Display)
	o.number("Level", 4)
	o.text("location", s.Place.Country)
	o.object("properties", func() { s.members(o) })
	o.close()
	return o.dst
}

func signature(code int) string {
	if code == 0 {
		return "SUCCESS"
	}
	return "FAILURE"
}
