package detect

import "strings"

// Outcome is what one sign-in's result says about its password and its access.
type Outcome uint8

// The outcomes.
const (
	OutcomeUnknown  Outcome = iota // the log does not tell
	Succeeded                      // access given
	Stopped                        // right password, stopped by policy or by a second factor
	PasswordOnly                   // right password, no access, no policy: expired, disabled
	WrongPassword                  // wrong password or no such account: what a guesser gets
	FailedOtherwise                // anything else
)

// PasswordRight says whether whoever signed in knew the password.
func (o Outcome) PasswordRight() bool { return o == Succeeded || o == Stopped || o == PasswordOnly }

// The codes that mean more than their outcome.
const (
	// accountDisabled ends a sign-in to a disabled account.
	accountDisabled = 50057
	// LockedOrMalicious has two meanings, which failureReason tells apart.
	LockedOrMalicious = 50053
)

// CodeNotGiven is the Result.Code of a row that says it failed but gives no
// error code.
const CodeNotGiven = -1

// outcomes holds the AADSTS codes that decide, except 0, success. A code not listed is
// FailedOtherwise: it neither proves the password nor hints at guessing.
//
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes and
// the password-spray rule of Microsoft Sentinel,
// https://github.com/Azure/Azure-Sentinel/blob/6cdb4a288d5118648bead2fb6a715927837cf5a1/Solutions/Microsoft%20Entra%20ID/Analytic%20Rules/SigninPasswordSpray.yaml,
// both read 2026-11-22.
var outcomes = map[int]Outcome{
	50055: PasswordOnly, // password expired
	50057: PasswordOnly, // account disabled

	50072:  Stopped, // must enroll for MFA
	50074:  Stopped, // MFA required
	50076:  Stopped, // MFA required by policy
	50079:  Stopped, // must enroll for MFA
	50097:  Stopped, // device authentication required
	50105:  Stopped, // not assigned to the application
	50129:  Stopped, // device not joined
	50155:  Stopped, // device authentication failed
	50158:  Stopped, // external challenge not answered
	50173:  Stopped, // token revoked, sign in again
	53000:  Stopped, // device not compliant
	53001:  Stopped, // device not joined
	53002:  Stopped, // application not approved
	53003:  Stopped, // Conditional Access
	53004:  Stopped, // MFA enrollment blocked by risk
	65001:  Stopped, // consent missing
	530031: Stopped, // access policy
	530032: Stopped, // tenant security policy
	530034: Stopped, // delegated administrator blocked
	530035: Stopped, // security defaults

	50034:  WrongPassword, // no such account
	50053:  WrongPassword, // locked, or a malicious address: see addressRefused
	50056:  WrongPassword, // no password stored
	50064:  WrongPassword, // credential validation failed
	50126:  WrongPassword, // wrong user name or password
	700016: WrongPassword, // invented application id: a spraying tool
}

// Outcome says how the sign-in ended. Exchange ActiveSync that Conditional
// Access stopped is logged as success with conditionalAccessStatus failure, so
// a success needs both.
func (s *SignIn) Outcome() Outcome {
	if !s.Result.Known {
		return OutcomeUnknown
	}
	if s.Result.Code == 0 {
		if strings.EqualFold(s.CAStatus, "failure") {
			return Stopped
		}
		return Succeeded
	}
	if o, ok := outcomes[s.Result.Code]; ok {
		return o
	}
	return FailedOtherwise
}

// addressRefused says whether Microsoft refused the sign-in because it takes
// the address for an attacker's; the password was then not judged. Code 50053
// carries one of two texts: "The account is locked, you've tried to sign in too
// many times with an incorrect user ID or password" or "Sign-in was blocked
// because it came from an IP address with malicious activity". A text with both,
// as in the list of codes, tells nothing.
//
// https://github.com/MicrosoftDocs/entra-docs/blob/04f65548622d3f134b13b4c1978d1471177e2b1c/docs/identity-platform/reference-error-codes.md,
// read 2026-11-22.
func (s *SignIn) addressRefused() bool {
	if s.Result.Code != LockedOrMalicious || s.Result.Reason == "" {
		return false
	}
	reason := strings.ToLower(s.Result.Reason)
	return strings.Contains(reason, "malicious") && !strings.Contains(reason, "is locked")
}
