package export

import (
	"bytes"
	"fmt"
	"math/rand/v2"
)

// generate makes JSON lines of about size bytes: rows of some 1.6 KB, 4 % of
// them legacy, from 400 users, as Graph or diagnostic settings write them.
func generate(size int, records bool) []byte {
	r := rand.New(rand.NewPCG(7, 11))
	var b bytes.Buffer
	b.Grow(size + 4096)
	for b.Len() < size {
		row(&b, r, records)
		b.WriteByte('\n')
	}
	return b.Bytes()
}

const tenantID = "7f0a1c52-93b1-4d0e-8f6a-1b2c3d4e5f60"

func row(b *bytes.Buffer, r *rand.Rand, records bool) {
	user := r.IntN(400)
	when := fmt.Sprintf("2026-11-%02dT%02d:%02d:%02d.%07dZ", 1+r.IntN(22), r.IntN(24), r.IntN(60), r.IntN(60), r.IntN(1e7))
	app, agent, protocol := "Browser", fmt.Sprintf("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Safari/537.36", 120+r.IntN(20)), "oAuth2"
	switch n := r.IntN(100); {
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
	if r.IntN(10) == 0 {
		code = 50126
	}
	ip := fmt.Sprintf("198.51.100.%d", r.IntN(256))
	id := fmt.Sprintf("%08x-0000-4000-8000-%012x", r.Uint32(), r.Uint64()&0xffffffffffff)
	if records {
		fmt.Fprintf(b, `{"time":"%s","resourceId":"/tenants/%s/providers/Microsoft.aadiam","operationName":"Sign-in activity","operationVersion":"1.0","category":"NonInteractiveUserSignInLogs","tenantId":"%s","resultType":"%d","resultSignature":"None","durationMs":0,"callerIpAddress":"%s","correlationId":"%s","identity":"User %d","Level":4,"location":"DE","properties":`,
			when, tenantID, tenantID, code, ip, id, user)
	}
	fmt.Fprintf(b, `{"id":"%s","createdDateTime":"%s","userDisplayName":"User %d","userPrincipalName":"user%d@contoso.com","userId":"0000%04d-0000-4000-8000-000000000000","appId":"00000002-0000-0ff1-ce00-000000000000","appDisplayName":"Office 365 Exchange Online","ipAddress":"%s","clientAppUsed":"%s","userAgent":"%s","correlationId":"%s","conditionalAccessStatus":"notApplied","originalRequestId":"","isInteractive":false,"tokenIssuerName":"","tokenIssuerType":"AzureAD","processingTimeInMilliseconds":%d,"riskDetail":"none","riskLevelAggregated":"none","riskLevelDuringSignIn":"none","riskState":"none","riskEventTypes_v2":[],"resourceDisplayName":"Office 365 Exchange Online","resourceId":"00000002-0000-0ff1-ce00-000000000000","resourceTenantId":"%s","homeTenantId":"%s","authenticationMethodsUsed":[],"authenticationRequirement":"singleFactorAuthentication","authenticationProtocol":"%s","signInIdentifier":"","servicePrincipalId":"","userType":"member","flaggedForReview":false,"isTenantRestricted":false,"autonomousSystemNumber":%d,"crossTenantAccessType":"none","signInEventTypes":["nonInteractiveUser"],"status":{"errorCode":%d,"failureReason":"Other.","additionalDetails":null},"deviceDetail":{"deviceId":"","displayName":"","operatingSystem":"Windows10","browser":"Chrome 120.0.0","isCompliant":false,"isManaged":false,"trustType":""},"location":{"city":"Berlin","state":"Berlin","countryOrRegion":"DE","geoCoordinates":{"altitude":null,"latitude":52.516,"longitude":13.3769}},"appliedConditionalAccessPolicies":[{"id":"00000000-1111-4000-8000-000000000000","displayName":"Block legacy authentication","enforcedGrantControls":["Block"],"enforcedSessionControls":[],"result":"reportOnlyFailure"}],"authenticationProcessingDetails":[{"key":"Legacy TLS (TLS 1.0, 1.1, 3DES)","value":"False"},{"key":"Is CAE Token","value":"False"}],"networkLocationDetails":[],"authenticationDetails":[]}`,
		id, when, user, user, user, ip, app, agent, id, r.IntN(900), tenantID, tenantID, protocol, 64496+r.IntN(10), code)
	if records {
		b.WriteByte('}')
	}
}
