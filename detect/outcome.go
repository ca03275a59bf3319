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

// accountDisabled is the code of a sign-in to a disabled account.
const accountDisabled = "50057"

// CodeNotGiven is the Result.Code of a row that says it failed but gives no
// error code.
const CodeNotGiven = -1

// outcomes holds the AADSTS codes that decide. A code not listed is
// FailedOtherwise: it neither proves the password nor hints at guessing.
//
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes and
// the password-spray rule of Microsoft Sentinel,
// https://github.com/Azure/Azure-Sentinel/blob/6cdb4a288d5118648bead2fb6a715927837cf5a1/Solutions/Microsoft%20Entra%20ID/Analytic%20Rules/SigninPasswordSpray.yaml,
// both read 2026-11-22.
var outcomes = map[int]Outcome{
	0: Succeeded,

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
	50053:  WrongPassword, // locked, or a malicious address
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
	o, listed := outcomes[s.Result.Code]
	if !listed {
		return FailedOtherwise
	}
	if o == Succeeded && strings.EqualFold(s.CAStatus, "failure") {
		return Stopped
	}
	return o
}
