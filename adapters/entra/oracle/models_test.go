//go:build graphmodels

package oracle

import (
	"time"

	"github.com/microsoftgraph/msgraph-sdk-go/models"

	"legacyauth/detect"
)

// said is a sign-in as the SDK's model tells it, in the form in which logrow
// gives it: Conditional Access results in lower case, countries only by their
// code, a policy without a name by its id.
func said(m models.SignInable) detect.SignIn {
	s := detect.SignIn{
		ID: of(m.GetId()), Tenant: of(m.GetResourceTenantId()), HomeTenant: of(m.GetHomeTenantId()), Time: at(m.GetCreatedDateTime()),
		UserID: of(m.GetUserId()), User: of(m.GetUserPrincipalName()), DisplayName: of(m.GetUserDisplayName()), UserType: extra(m, "userType"),
		ClientApp: of(m.GetClientAppUsed()), AuthProtocol: extra(m, "authenticationProtocol"), Agent: of(m.GetUserAgent()),
		App: of(m.GetAppDisplayName()), AppID: of(m.GetAppId()), Resource: of(m.GetResourceDisplayName()), IP: of(m.GetIpAddress()),
		Event: event(m),
	}
	if s.Tenant == "" {
		s.Tenant = s.HomeTenant
	}
	if status := m.GetConditionalAccessStatus(); status != nil {
		s.CAStatus = map[models.ConditionalAccessStatus]string{
			models.SUCCESS_CONDITIONALACCESSSTATUS:            "success",
			models.FAILURE_CONDITIONALACCESSSTATUS:            "failure",
			models.NOTAPPLIED_CONDITIONALACCESSSTATUS:         "notapplied",
			models.UNKNOWNFUTUREVALUE_CONDITIONALACCESSSTATUS: "unknownfuturevalue",
		}[*status]
	}
	if status := m.GetStatus(); status != nil {
		s.Result = detect.Result{Known: status.GetErrorCode() != nil, Code: int(of(status.GetErrorCode())), Reason: of(status.GetFailureReason())}
	}
	if place := m.GetLocation(); place != nil {
		s.City = of(place.GetCity())
		if country := of(place.GetCountryOrRegion()); len(country) == 2 {
			s.Country = country
		}
	}
	if device := m.GetDeviceDetail(); device != nil {
		s.DeviceID, s.DeviceName = of(device.GetDeviceId()), of(device.GetDisplayName())
		s.DeviceOS, s.Browser = of(device.GetOperatingSystem()), of(device.GetBrowser())
	}
	s.PoliciesTold = m.GetAppliedConditionalAccessPolicies() != nil
	for _, policy := range m.GetAppliedConditionalAccessPolicies() {
		result, name := policy.GetResult(), of(policy.GetDisplayName())
		if name == "" {
			name = of(policy.GetId())
		}
		if result != nil && *result == models.REPORTONLYFAILURE_APPLIEDCONDITIONALACCESSPOLICYRESULT {
			s.ReportOnly = append(s.ReportOnly, name)
		}
	}
	return s
}

// decisive is what logrow keeps of a modern sign-in.
func decisive(s detect.SignIn) detect.SignIn {
	return detect.SignIn{
		ClientApp: s.ClientApp, Time: s.Time, Tenant: s.Tenant, HomeTenant: s.HomeTenant,
		UserID: s.UserID, User: s.User, UserType: s.UserType, IP: s.IP,
		CAStatus: s.CAStatus, Event: s.Event, Result: detect.Result{Known: s.Result.Known, Code: s.Result.Code},
	}
}

// event is the kind of sign-in: from signInEventTypes, which the model does not
// know but keeps, else that an application signed in without a user, else from
// isInteractive.
func event(m models.SignInable) detect.Event {
	for _, e := range []detect.Event{detect.Interactive, detect.NonInteractive, detect.ServicePrincipal, detect.ManagedIdentity} {
		if extra(m, "signInEventTypes") == e.String() {
			return e
		}
	}
	switch {
	case of(m.GetUserId()) == "" && of(m.GetUserPrincipalName()) == "" && of(m.GetServicePrincipalId()) != "":
		return detect.ServicePrincipal
	case m.GetIsInteractive() == nil:
		return detect.EventUnknown
	case *m.GetIsInteractive():
		return detect.Interactive
	}
	return detect.NonInteractive
}

// extra is a text, or the first of a list, that only beta has.
func extra(m models.SignInable, name string) string {
	value := m.GetAdditionalData()[name]
	if list, ok := value.([]any); ok && len(list) > 0 {
		value = list[0]
	}
	text, _ := value.(*string)
	return of(text)
}

// at is a time, but none where exporters write a placeholder such as 1900.
func at(t *time.Time) time.Time {
	if of(t).Year() < 2000 {
		return time.Time{}
	}
	return t.UTC()
}

// of is what a pointer points to, or nothing.
func of[T any](p *T) T {
	if p == nil {
		var nothing T
		return nothing
	}
	return *p
}
