// Package logrowtest makes rows of sign-in logs for tests and benchmarks.
package logrowtest

import (
	"bytes"
	"fmt"
)

// Shape is how a row is written.
type Shape uint8

// The shapes.
const (
	Graph  Shape = iota // as Microsoft Graph lists it
	Record              // as diagnostic settings write it, with properties inside
)

// Lines makes JSON lines of at least size bytes: rows of some 1.6 KB, 4 % of
// them legacy, from 400 users. Chance comes from intN, which gives a number from
// 0 to below n.
func Lines(size int, shape Shape, intN func(n int) int) []byte {
	var b bytes.Buffer
	b.Grow(size + 4096)
	for b.Len() < size {
		row(&b, intN, shape)
		b.WriteByte('\n')
	}
	return b.Bytes()
}

const tenantID = "7f0a1c52-93b1-4d0e-8f6a-1b2c3d4e5f60"

func row(b *bytes.Buffer, intN func(n int) int, shape Shape) {
	user := intN(400)
	when := fmt.Sprintf("2026-11-%02dT%02d:%02d:%02d.%07dZ", 1+intN(22), intN(24), intN(60), intN(60), intN(1e7))
	app, agent, protocol := "Browser", fmt.Sprintf("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Safari/537.36", 120+intN(20)), "oAuth2"
	switch n := intN(100); {
	case n < 1:
		app, agent, protocol = "Authenticated SMTP", "BAV2ROPC", "ropc"
	case n < 2:
		app, agent, protocol = "IMAP4", "BAV2ROPC", "ropc"
	case n < 4:
		app, agent, protocol = "Exchange ActiveSync", "Apple-iPhone12C1/2105.219", "none"
	case n < 50:
		app = "Mobile Apps and Desktop clients"
	}
	code := 0
	if intN(10) == 0 {
		code = 50126
	}
	ip := fmt.Sprintf("198.51.100.%d", intN(256))
	id := fmt.Sprintf("%08x-0000-4000-8000-%012x", intN(1<<30), intN(1<<30))
	if shape == Record {
		fmt.Fprintf(b, `{"time":"%s","resourceId":"/tenants/%s/providers/Microsoft.aadiam","operationName":"Sign-in activity","operationVersion":"1.0","category":"NonInteractiveUserSignInLogs","tenantId":"%s","resultType":"%d","resultSignature":"None","durationMs":0,"callerIpAddress":"%s","correlationId":"%s","identity":"User %d","Level":4,"location":"DE","properties":`,
			when, tenantID, tenantID, code, ip, id, user)
	}
	fmt.Fprintf(b, `{"id":"%s","createdDateTime":"%s","userDisplayName":"User %d","userPrincipalName":"user%d@contoso.com","userId":"0000%04d-0000-4000-8000-000000000000","appId":"00000002-0000-0ff1-ce00-000000000000","appDisplayName":"Office 365 Exchange Online","ipAddress":"%s","clientAppUsed":"%s","userAgent":"%s","conditionalAccessStatus":"notApplied","isInteractive":false,"processingTimeInMilliseconds":%d,"riskLevelDuringSignIn":"none","riskState":"none","resourceDisplayName":"Office 365 Exchange Online","resourceId":"00000002-0000-0ff1-ce00-000000000000","resourceTenantId":"%s","homeTenantId":"%s","authenticationRequirement":"singleFactorAuthentication","authenticationProtocol":"%s","signInIdentifier":"","servicePrincipalId":"","userType":"member","autonomousSystemNumber":%d,"crossTenantAccessType":"none","signInEventTypes":["nonInteractiveUser"],"status":{"errorCode":%d,"failureReason":"Other.","additionalDetails":null},"deviceDetail":{"deviceId":"","displayName":"","operatingSystem":"Windows10","browser":"Chrome 120.0.0","isCompliant":false,"isManaged":false,"trustType":""},"location":{"city":"Berlin","state":"Berlin","countryOrRegion":"DE","geoCoordinates":{}},"appliedConditionalAccessPolicies":[{"id":"00000000-1111-4000-8000-000000000000","displayName":"Block legacy authentication","enforcedGrantControls":["Block"],"enforcedSessionControls":[],"result":"reportOnlyFailure"}],"authenticationProcessingDetails":[{"key":"Is CAE Token","value":"False"}]}`,
		id, when, user, user, user, ip, app, agent, intN(900), tenantID, tenantID, protocol, 64496+intN(10), code)
	if shape == Record {
		b.WriteByte('}')
	}
}
