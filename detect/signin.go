package detect

import "time"

// SignIn is one row of a sign-in log, reduced to the fields that decide
// something. Every field may be empty: logs differ in what they carry, and an
// empty field means that the log did not say.
type SignIn struct {
	// ID is the request id, the same in every export of one sign-in.
	ID string
	// Tenant is the id of the tenant whose resource was signed in to.
	Tenant string
	// HomeTenant is the id of the tenant the user belongs to.
	HomeTenant string
	// Time is when the sign-in was made, in UTC.
	Time time.Time

	UserID      string // directory object id
	User        string // user principal name as logged
	DisplayName string
	// UserType is "member" or "guest", lower-cased.
	UserType string

	// ClientApp is clientAppUsed as logged; ParseClientApp gives its protocol.
	ClientApp string
	// AuthProtocol is authenticationProtocol as logged: "ropc", "oAuth2", "none".
	AuthProtocol string
	Agent        string // user agent as logged
	App          string // display name of the application that asked
	AppID        string
	Resource     string // display name of the service that was asked for

	IP      string // address as logged
	Country string // two-letter code
	City    string

	// Result says how the sign-in ended.
	Result Result
	// CAStatus is conditionalAccessStatus, lower-cased: "success", "failure",
	// "notapplied".
	CAStatus string
	// ReportOnly names the report-only Conditional Access policies that would
	// have stopped this sign-in (result reportOnlyFailure).
	ReportOnly []string
	// PoliciesTold says that the row carries the results of Conditional Access
	// policies, be it an empty list. Without it an empty ReportOnly tells nothing.
	PoliciesTold bool

	DeviceID   string // id of the registered device
	DeviceName string
	DeviceOS   string
	Browser    string

	Event Event
}

// Result is how a sign-in ended. The zero value is a result the log does not
// tell.
type Result struct {
	// Known is false when the row carries no error code.
	Known bool
	// Code is the AADSTS error code; 0 is success.
	Code int
	// Reason is failureReason as logged; it tells the two meanings of 50053 apart.
	Reason string
}

// Event is the kind of a sign-in event. Its zero value is EventUnknown.
type Event uint8

// The kinds of event, by the log they stand in.
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
