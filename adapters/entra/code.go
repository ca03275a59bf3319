package entra

// Code names a kind of failure. Codes are stable: scripts and tests branch on
// them.
type Code string

// Before anything is sent.
const (
	CodeConfig             Code = "config"              // the configuration is incomplete or contradicts itself
	CodeCloud              Code = "unsupported-cloud"   // no such cloud, or the tenant lives in another one
	CodeCertificateFile    Code = "certificate-file"    // the file holds no certificate with its private key
	CodeCertificateExpired Code = "certificate-expired" // the certificate is past its end
	CodeAssertionExpired   Code = "assertion-expired"   // the federation assertion in the file is past its end
)

// While signing in.
const (
	CodeWrongTenant   Code = "wrong-tenant"        // no such tenant, or the token is for another one
	CodeUnknownApp    Code = "unknown-app"         // the tenant does not know the app registration
	CodeAppDisabled   Code = "app-disabled"        // the tenant has switched the app off
	CodeSecretWrong   Code = "secret-wrong"        // the client secret is not one of the app's
	CodeSecretExpired Code = "secret-expired"      // the client secret is past its end
	CodeCertificate   Code = "certificate-wrong"   // the certificate is not one of the app's
	CodeFederation    Code = "federation-mismatch" // the app has no federated credential for this assertion
	CodeClockSkew     Code = "clock-skew"          // this machine's clock is wrong
	CodeConsent       Code = "consent-missing"     // nobody has consented to the app's permissions
	CodePublicClient  Code = "public-client"       // the app does not allow device code
	CodeDeviceCode    Code = "device-code"         // the code was declined or not entered in time
	CodeSignInBlocked Code = "sign-in-blocked"     // a policy blocks the sign-in
	CodeNoIdentity    Code = "no-identity"         // this machine has no such managed identity
	CodeSignInRefused Code = "sign-in-refused"     // refused for a reason not listed here
)

// While asking Graph.
const (
	CodeLicense       Code = "no-license"             // no Entra ID P1 or P2
	CodeAuditLogRead  Code = "missing-auditlog-read"  // AuditLog.Read.All is missing
	CodeDirectoryRead Code = "missing-directory-read" // Directory.Read.All is missing
	CodePermission    Code = "missing-permission"     // another permission is missing
	CodeRole          Code = "missing-role"           // the signed-in person has no role that may read this
	CodeTokenRefused  Code = "token-refused"          // Graph does not accept the token
	CodeThrottled     Code = "throttled"              // too many requests
	CodeUnavailable   Code = "unavailable"            // Microsoft's service failed
	CodeTimeout       Code = "timeout"                // no answer in time, from Microsoft or on the way
	CodeQuery         Code = "query-refused"          // Graph does not accept the query
	CodePageExpired   Code = "page-expired"           // the link to the next page has died: restart the window
	CodeNotFound      Code = "not-found"              // there is nothing under this address
	CodeForeignHost   Code = "foreign-host"           // an address leads to another host
	CodeAnswer        Code = "unexpected-answer"      // the answer is not what Graph sends
)

// On the way.
const (
	CodeIntercepted Code = "tls-interception" // something on the way opens the encrypted connection
	CodeProxy       Code = "proxy"            // the proxy refuses
	CodeNetwork     Code = "network"          // no connection
	CodeCutShort    Code = "cut-short"        // the answer ended before its end
)
