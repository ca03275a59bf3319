// Package graphlog writes sign-in rows the way Microsoft Entra ID does: as
// Microsoft Graph beta resources, as diagnostic-setting records and as lines of
// a portal download. It only writes; the rows it writes are made up.
package graphlog

import "time"

// SignIn is one sign-in with the fields a real log carries. The zero value of a
// field is written as an empty string, false or an empty list, as Entra does.
//
// Field meanings: https://github.com/microsoftgraph/microsoft-graph-docs-contrib/blob/027089ba862ead70fe2f55e6e7f79d42e39decd6/api-reference/beta/resources/signin.md
// (read 2026-11-22).
type SignIn struct {
	ID          string // request id, a guid
	Correlation string // correlation id, a guid
	Token       string // unique token identifier: the request id in base64url
	Time        time.Time
	Event       Event

	User             User
	ServicePrincipal Application // set for sign-ins of applications only
	App, Resource    Application
	HomeTenant       string
	ResourceTenant   string
	CrossTenant      string // "none", "b2bCollaboration"

	ClientApp    string // clientAppUsed
	AuthProtocol string // "none", "oAuth2", "ropc"
	Requirement  string // authenticationRequirement
	Agent        string
	IncomingType string // incomingTokenType

	IP    string
	ASN   int
	Place Place

	Device   Device
	Status   Status
	CAStatus string // conditionalAccessStatus
	Policies []Policy
	Steps    []Step
	Details  []Detail // authenticationProcessingDetails

	Milliseconds int // processingTimeInMilliseconds
}

// Event is a value of signInEventTypes.
type Event string

// The kinds of event, one per log.
const (
	Interactive      Event = "interactiveUser"
	NonInteractive   Event = "nonInteractiveUser"
	ServicePrincipal Event = "servicePrincipal"
	ManagedIdentity  Event = "managedIdentity"
)

// User is the account that signed in.
type User struct {
	ID, Name, Display string
	Type              string // "member" or "guest"
}

// Application is an application, a service or a service principal.
type Application struct{ ID, Name string }

// Place is where Entra thinks an address is.
type Place struct {
	City, State, Country string
	Latitude, Longitude  float64
}

// Device is what Entra knows about the device; all empty when it is not
// registered.
type Device struct {
	ID, Name, OS, Browser, Trust string
	Compliant, Managed           bool
}

// Status is how the sign-in ended.
type Status struct {
	Code            int
	Reason, Details string
}

// Policy is one Conditional Access policy and what it did.
type Policy struct {
	ID, Name string
	Grants   []string
	Result   string // "success", "failure", "notApplied", "reportOnlyFailure", …
}

// Step is one entry of authenticationDetails, made at the time of the sign-in.
type Step struct {
	Method, Detail, Result, Requirement string
	Succeeded                           bool
}

// Detail is one entry of authenticationProcessingDetails.
type Detail struct{ Key, Value string }
