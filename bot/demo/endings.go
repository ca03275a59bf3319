package demo

import "legacyauth/bot/demo/graphlog"

// quietlyStopped stands for what Exchange ActiveSync logs when Conditional
// Access stops it: error code 0 with conditionalAccessStatus "failure".
const quietlyStopped = -1

// ending is what Entra writes for an error code.
type ending struct {
	reason, details string
	// stopped says that the password was right and something else refused.
	stopped bool
}

// endings has the words of the codes used here, from
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes
// (read 2026-11-22).
var endings = map[int]ending{
	0:       {reason: "Other."},
	50034:   {reason: "The user account does not exist in the directory. To sign into this application, the account must be added to the directory."},
	50053:   {reason: "Sign-in was blocked because it came from an IP address with malicious activity."},
	50057:   {reason: "The user account is disabled.", details: "The user object in Active Directory backing this account has been disabled."},
	50058:   {reason: "Session information is not sufficient for single-sign-on."},
	50074:   {reason: "Strong Authentication is required.", details: "MFA required in Azure AD", stopped: true},
	50076:   {reason: "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.", details: "MFA required in Azure AD", stopped: true},
	50126:   {reason: "Error validating credentials due to invalid username or password.", details: "The user didn't enter the right credentials.  It's expected to see some number of these errors in your logs due to users making mistakes."},
	50140:   {reason: "This occurred due to 'Keep me signed in' interrupt when the user was signing in."},
	53003:   {reason: "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.", stopped: true},
	70043:   {reason: "The refresh token has expired or is invalid due to sign-in frequency checks by Conditional Access."},
	530035:  {reason: "Access has been blocked by security defaults. This is due to the request using legacy auth or being deemed unsafe by security defaults policies.", stopped: true},
	700016:  {reason: "Application with identifier was not found in the directory."},
	7000215: {reason: "Invalid client secret is provided."},
}

// lockedReason is the other meaning of 50053, which a real device meets.
const lockedReason = "Account is locked because the user tried to sign in too many times with an incorrect user ID or password."

func status(code int) graphlog.Status {
	if code == quietlyStopped {
		code = 0
	}
	e := endings[code]
	return graphlog.Status{Code: code, Reason: e.reason, Details: e.details}
}

// The Conditional Access policies of Contoso, in the state they are in: one
// enforced for everybody, one tried in report-only, one for a pilot group.
var policies = []graphlog.Policy{
	{ID: "c8a1f2d0-51d1-4d0e-8b7e-0a4f1c9b2e01", Name: "CA01 Require MFA for all users", Grants: []string{"Mfa"}},
	{ID: "c8a1f2d0-51d1-4d0e-8b7e-0a4f1c9b2e02", Name: "CA02 Block legacy authentication", Grants: []string{"Block"}},
	{ID: "c8a1f2d0-51d1-4d0e-8b7e-0a4f1c9b2e03", Name: "CA03 Block legacy authentication (pilot)", Grants: []string{"Block"}},
}

// applied gives the policies with the results they had, in the order above.
func applied(results ...string) []graphlog.Policy {
	out := make([]graphlog.Policy, 0, len(results))
	for i, result := range results {
		p := policies[i]
		p.Result = result
		out = append(out, p)
	}
	return out
}

// legacyPolicies gives the policies of a legacy sign-in that ended with code,
// and the status they add up to. Policies are only weighed after the password
// was right.
func legacyPolicies(code int) ([]graphlog.Policy, string) {
	switch code {
	case 53003, quietlyStopped:
		return applied("notApplied", "reportOnlyFailure", "failure"), "failure"
	case 50076:
		return applied("failure", "reportOnlyFailure", "notApplied"), "failure"
	case 0:
		return applied("notApplied", "reportOnlyFailure", "notApplied"), "notApplied"
	}
	return nil, "notApplied"
}
