package detect

import "time"

// SignIn is one row of a sign-in log, reduced to the fields that decide
// something. Every field may be empty: logs differ in what they carry, and an
// empty field means that the log did not say.
//
// The names in JSON are those under which bundles are stored: they never change.
type SignIn struct {
	// ID is the request id, the same in every export of one sign-in.
	ID string `json:"id,omitempty"`
	// Tenant is the id of the tenant whose resource was signed in to.
	Tenant string `json:"tenant,omitempty"`
	// HomeTenant is the id of the tenant the user belongs to.
	HomeTenant string `json:"homeTenant,omitempty"`
	// Time is when the sign-in was made, in UTC.
	Time time.Time `json:"time,omitzero"`

	UserID      string `json:"userId,omitempty"` // directory object id
	User        string `json:"user,omitempty"`   // user principal name as logged
	DisplayName string `json:"displayName,omitempty"`
	// UserType is "member" or "guest", lower-cased.
	UserType string `json:"userType,omitempty"`

	// ClientApp is clientAppUsed as logged; ParseClientApp gives its protocol.
	ClientApp string `json:"clientApp,omitempty"`
	// AuthProtocol is authenticationProtocol as logged: "ropc", "oAuth2", "none".
	AuthProtocol string `json:"authProtocol,omitempty"`
	Agent        string `json:"agent,omitempty"` // user agent as logged
	App          string `json:"app,omitempty"`   // display name of the application that asked
	AppID        string `json:"appId,omitempty"`
	Resource     string `json:"resource,omitempty"` // display name of the service that was asked for

	IP      string `json:"ip,omitempty"`      // address as logged
	Country string `json:"country,omitempty"` // two-letter code
	City    string `json:"city,omitempty"`

	// Result says how the sign-in ended.
	Result Result `json:"result,omitzero"`
	// CAStatus is conditionalAccessStatus, lower-cased: "success", "failure",
	// "notapplied".
	CAStatus string `json:"caStatus,omitempty"`
	// ReportOnly names the report-only Conditional Access policies that would
	// have stopped this sign-in (result reportOnlyFailure).
	ReportOnly []string `json:"reportOnly,omitempty"`
	// PoliciesTold says that the row carries the results of Conditional Access
	// policies, be it an empty list. Without it an empty ReportOnly tells nothing.
	PoliciesTold bool `json:"policiesTold,omitempty"`

	DeviceID   string `json:"deviceId,omitempty"` // id of the registered device
	DeviceName string `json:"deviceName,omitempty"`
	DeviceOS   string `json:"deviceOS,omitempty"`
	Browser    string `json:"browser,omitempty"`

	Event Event `json:"event,omitempty"`
}

// Result is how a sign-in ended. The zero value is a result the log does not
// tell.
type Result struct {
	// Known is false when the row carries no error code.
	Known bool `json:"known,omitempty"`
	// Code is the AADSTS error code; 0 is success.
	Code int `json:"code,omitempty"`
	// Reason is failureReason as logged; it tells the two meanings of 50053 apart.
	Reason string `json:"reason,omitempty"`
}

// Event is the kind of a sign-in event. Its zero value is EventUnknown.
type Event uint8

// The kinds of event, by the log they stand in. Their numbers are stored and
// never change.
const (
	EventUnknown Event = iota
	Interactive
	NonInteractive
	ServicePrincipal
	ManagedIdentity
)

// String gives the name that Microsoft Graph uses in signInEventTypes, or
// "unknown".
func (e Event) String() string {
	switch e {
	case Interactive:
		return "interactiveUser"
	case NonInteractive:
		return "nonInteractiveUser"
	case ServicePrincipal:
		return "servicePrincipal"
	case ManagedIdentity:
		return "managedIdentity"
	}
	return "unknown"
}

// ByUser says whether a person's or a service account's password or token was
// used, rather than an application's own credential. Only such rows can be
// legacy.
func (e Event) ByUser() bool { return e != ServicePrincipal && e != ManagedIdentity }
