package migration

import (
	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// Audience says to whom a client is told.
type Audience string

// The audiences.
const (
	ToPerson Audience = "person" // the user, in a direct message
	ToAdmins Audience = "admins" // admins: nobody else can act
	ToTrend  Audience = "trend"  // nobody by name: one line of counts with a trend
)

// AudienceOf decides to whom a client is told, and says why in a sentence.
//
// Guessing never reaches a person and has no state. What a leaver's device does,
// a password that a guesser knows, what sends a token already and what manages the
// tenant are for admins.
func AudienceOf(c *detect.Client) (Audience, string) {
	switch {
	case c.Verdict == detect.Spray:
		return ToTrend, "Somebody is guessing passwords; there is no device to move."
	case c.AccountDisabled:
		return ToAdmins, "The account is disabled, so nobody reads its messages."
	case c.Verdict == detect.Leaked:
		return ToAdmins, "Somebody who guesses passwords knows this one; the device may not be the user's."
	case c.Auth.Kind == detect.Token:
		return ToAdmins, "It sends a token already, so there is nothing for its person to do."
	case c.Protocol == detect.PowerShell, c.Protocol == detect.RWS, c.Device.Family == useragent.PowerShell:
		return ToAdmins, "Whoever runs Exchange PowerShell or reads the tenant's reports is an admin, and so are the steps."
	case NoUser(c.Device):
		return ToAdmins, "No person signs in from this device."
	}
	return ToPerson, "The device belongs to the user."
}

// HasState says whether a client has a migration of its own: everything but
// guessing has.
func HasState(c *detect.Client) bool { return c.Verdict != detect.Spray }
