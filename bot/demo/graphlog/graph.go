package graphlog

// AppendGraph appends s as one Microsoft Graph beta signIn resource on one
// line, without the line's end.
func AppendGraph(dst []byte, s *SignIn) []byte {
	o := &object{dst: dst}
	o.open()
	s.members(o)
	o.close()
	return o.dst
}

func (s *SignIn) members(o *object) {
	o.text("id", s.ID)
	o.time("createdDateTime", s.Time)
	s.identity(o)
	s.request(o)
	s.tenants(o)
	s.risk(o)
	s.outcome(o)
	s.evidence(o)
}

func (s *SignIn) identity(o *object) {
	o.text("userDisplayName", s.User.Display)
	o.text("userPrincipalName", s.User.Name)
	o.text("userId", s.User.ID)
	o.text("userType", s.User.Type)
	o.text("signInIdentifier", s.User.Name)
	o.text("servicePrincipalId", s.ServicePrincipal.ID)
	if s.ServicePrincipal.Name != "" {
		o.text("servicePrincipalName", s.ServicePrincipal.Name)
	}
	o.text("appId", s.App.ID)
	o.text("appDisplayName", s.App.Name)
	o.text("resourceId", s.Resource.ID)
	o.text("resourceDisplayName", s.Resource.Name)
}

func (s *SignIn) request(o *object) {
	o.text("ipAddress", s.IP)
	o.text("clientAppUsed", s.ClientApp)
	o.text("userAgent", s.Agent)
	o.text("authenticationProtocol", s.AuthProtocol)
	o.text("incomingTokenType", s.IncomingType)
	o.text("authenticationRequirement", s.Requirement)
	o.text("correlationId", s.Correlation)
	o.text("uniqueTokenIdentifier", s.Token)
	o.flag("isInteractive", s.Event == Interactive)
	o.texts("signInEventTypes", string(s.Event))
}

func (s *SignIn) tenants(o *object) {
	o.text("homeTenantId", s.HomeTenant)
	o.text("resourceTenantId", s.ResourceTenant)
	o.text("crossTenantAccessType", s.CrossTenant)
	o.text("tokenIssuerType", "AzureAD")
	o.number("autonomousSystemNumber", s.ASN)
	o.number("processingTimeInMilliseconds", s.Milliseconds)
}

func (s *SignIn) risk(o *object) {
	o.text("riskState", "none")
	o.text("riskDetail", "none")
	o.text("riskLevelAggregated", "none")
	o.text("riskLevelDuringSignIn", "none")
	o.flag("flaggedForReview", false)
}

func (s *SignIn) outcome(o *object) {
	o.object("status", func() {
		o.number("errorCode", s.Status.Code)
		o.text("failureReason", s.Status.Reason)
		o.text("additionalDetails", s.Status.Details)
	})
	o.text("conditionalAccessStatus", s.CAStatus)
	o.list("appliedConditionalAccessPolicies", len(s.Policies), func(i int) {
		p := s.Policies[i]
		o.open()
		o.text("id", p.ID)
		o.text("displayName", p.Name)
		o.texts("enforcedGrantControls", p.Grants...)
		o.text("result", p.Result)
		o.close()
	})
}

func (s *SignIn) evidence(o *object) {
	o.object("deviceDetail", func() {
		o.text("deviceId", s.Device.ID)
		o.text("displayName", s.Device.Name)
		o.text("operatingSystem", s.Device.OS)
		o.text("browser", s.Device.Browser)
		o.flag("isCompliant", s.Device.Compliant)
		o.flag("isManaged", s.Device.Managed)
		o.text("trustType", s.Device.Trust)
	})
	o.object("location", func() {
		o.text("city", s.Place.City)
		o.text("state", s.Place.State)
		o.text("countryOrRegion", s.Place.Country)
		o.object("geoCoordinates", func() {
			o.null("altitude")
			o.decimal("latitude", s.Place.Latitude)
			o.decimal("longitude", s.Place.Longitude)
		})
	})
	o.list("authenticationDetails", len(s.Steps), func(i int) {
		step := s.Steps[i]
		o.open()
		o.time("authenticationStepDateTime", s.Time)
		o.text("authenticationMethod", step.Method)
		o.text("authenticationMethodDetail", step.Detail)
		o.flag("succeeded", step.Succeeded)
		o.text("authenticationStepResultDetail", step.Result)
		o.text("authenticationStepRequirement", step.Requirement)
		o.close()
	})
	o.list("authenticationProcessingDetails", len(s.Details), func(i int) {
		o.open()
		o.text("key", s.Details[i].Key)
		o.text("value", s.Details[i].Value)
		o.close()
	})
}
