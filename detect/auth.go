package detect

import (
	"strings"

	"legacyauth/detect/useragent"
)

// AuthKind says what a legacy sign-in really carried. Legacy is not the same
// as basic: ActiveSync, IMAP, POP and SMTP can carry a token, and Teams Rooms
// exchange a password for a token by design.
type AuthKind string

// The kinds of authentication behind a legacy protocol.
const (
	Basic       AuthKind = "basic"   // the password itself, sent to Exchange
	ROPC        AuthKind = "ropc"    // a password exchanged for a token by the client (OAuth ROPC grant)
	Token       AuthKind = "token"   // OAuth: legacy protocol, modern authentication
	AuthUnknown AuthKind = "unknown" // the log does not tell
)

// AuthKinds lists the kinds, the one that ends first first.
func AuthKinds() []AuthKind { return []AuthKind{Basic, ROPC, AuthUnknown, Token} }

// Auth is what a client authenticates with and what says so.
type Auth struct {
	Kind     AuthKind
	Evidence []string
}

// exchangeOnline is the application id of Office 365 Exchange Online. Exchange
// is the one that asks Entra for a token when it translates a basic password.
// https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in, read 2026-11-22
const exchangeOnline = "00000002-0000-0ff1-ce00-000000000000"

// authBit marks one kind of evidence about a client's authentication.
type authBit uint8

const (
	authTranslated   authBit = 1 << iota // agent: Exchange translated a basic password
	authExchangeROPC                     // ropc, asked for by Exchange itself
	authClientROPC                       // ropc, asked for by the client
	authToken                            // another OAuth or federation grant
	authSilent                           // nothing said
)

// authEvidence reads what one row says about its authentication. A protocol
// name nobody has listed says nothing.
func authEvidence(s *SignIn, d *Device) authBit {
	if d.Family == useragent.ExchangeTranslated {
		return authTranslated
	}
	protocol := strings.ToLower(strings.TrimSpace(s.AuthProtocol))
	switch {
	case protocol == "ropc":
		if strings.EqualFold(s.AppID, exchangeOnline) || strings.EqualFold(s.App, "Office 365 Exchange Online") {
			return authExchangeROPC
		}
		return authClientROPC
	case tokenGrant(protocol):
		return authToken
	}
	return authSilent
}

// tokenGrant says whether an authenticationProtocol, in small letters, is one by
// which a client gets a token without handing a password to the protocol.
func tokenGrant(protocol string) bool {
	switch protocol {
	case "oauth2", "devicecode", "saml20", "wsfederation", "refreshtokengrant", "authenticationtransfer", "nativeauth":
		return true
	}
	return false
}

// movedOn says whether a sign-in with some evidence is one that nothing ends: by
// a token. Exchange Web Services end whatever is presented.
func (b authBit) movedOn(s *SignIn) bool { return b == authToken && ParseClientApp(s.ClientApp) != EWS }

// auth weighs the evidence of all rows of a client: one basic sign-in makes
// the client basic, whatever else it also does.
func (b authBit) auth() Auth {
	var a Auth
	say := func(bit authBit, kind AuthKind, words string) {
		if b&bit == 0 {
			return
		}
		if a.Kind == "" {
			a.Kind = kind
		}
		a.Evidence = append(a.Evidence, words)
	}
	say(authTranslated, Basic, "the agent says that Exchange translated a basic password")
	say(authExchangeROPC, Basic, "Exchange asked for the token with the password (ropc)")
	say(authClientROPC, ROPC, "the client exchanges a password for a token (ropc)")
	say(authSilent, AuthUnknown, "some sign-ins do not say how they authenticated")
	say(authToken, Token, "the client presents a token (OAuth)")
	if a.Kind == "" {
		a.Kind = AuthUnknown
	}
	return a
}
