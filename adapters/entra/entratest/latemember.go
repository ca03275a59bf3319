package entratest

import (
	"bytes"
	"regexp"
	"sync"
)

// Members of an enumeration that were added after its first release are sent
// as unknownFutureValue unless the caller asks for them with the header
// Prefer: include-unknown-enum-members
// (https://learn.microsoft.com/graph/best-practices-concept).
// Of the sign-in's properties that matters for authenticationProtocol and for
// the results of report-only policies.

var (
	lateResults = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`("result"\s*:\s*)"reportOnly(?:Success|Failure|NotApplied|Interrupted)"`)
	})
	lateProtocols = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`"(?:authenticationTransfer|nativeAuth|wsTrust|directUserGrant|refreshTokenGrant)"`)
	})
)

func lateProtocol(raw []byte) bool {
	return bytes.Contains(raw, []byte("authenticationProtocol")) && lateProtocols().Match(raw)
}

func withoutLateMembers(property string, value []byte) []byte {
	switch property {
	case "appliedConditionalAccessPolicies":
		return lateResults().ReplaceAll(value, []byte(`$1"unknownFutureValue"`))
	case "authenticationProtocol":
		return lateProtocols().ReplaceAll(value, []byte(`"unknownFutureValue"`))
	default:
		return value
	}
}
