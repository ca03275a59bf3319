package logrow

// field is one thing a row can say about its sign-in, whatever the column or
// key is called.
type field uint8

const (
	fID field = iota
	fResourceTenant
	fHomeTenant
	fTenantID
	fAADTenant
	fResourceID
	fCreated
	fTime
	fGenerated
	fUserID
	fUser
	fDisplay
	fIdentity
	fUserType
	fClientApp
	fAuthProtocol
	fAgent
	fApp
	fAppID
	fResource
	fIP
	fCallerIP
	fLocation
	fLocationDetails
	fStatus
	fResultType
	fResultText
	fCAStatus
	fPolicies
	fDevice
	fDeviceID
	fBrowser
	fOS
	fCategory
	fEvents
	fInteractive
	fPrincipal
	fProperties
	fError // of an API's answer, in the place of a row
	nFields

	fNone = nFields
	fStop = nFields + 1 // see NewPasser
)

// fieldNames gives the keys of Graph, diagnostic settings and Log Analytics,
// lower-cased; they are matched without regard to ASCII case.
// https://learn.microsoft.com/graph/api/resources/signin?view=graph-rest-beta and
// https://learn.microsoft.com/azure/azure-monitor/reference/tables/signinlogs, read 2026-11-23
var fieldNames = map[string]field{
	"id":                               fID,
	"resourcetenantid":                 fResourceTenant,
	"hometenantid":                     fHomeTenant,
	"tenantid":                         fTenantID,
	"aadtenantid":                      fAADTenant,
	"resourceid":                       fResourceID,
	"createddatetime":                  fCreated,
	"time":                             fTime,
	"timegenerated":                    fGenerated,
	"userid":                           fUserID,
	"userprincipalname":                fUser,
	"userdisplayname":                  fDisplay,
	"identity":                         fIdentity,
	"usertype":                         fUserType,
	"clientappused":                    fClientApp,
	"authenticationprotocol":           fAuthProtocol,
	"useragent":                        fAgent,
	"appdisplayname":                   fApp,
	"appid":                            fAppID,
	"resourcedisplayname":              fResource,
	"ipaddress":                        fIP,
	"calleripaddress":                  fCallerIP,
	"location":                         fLocation,
	"locationdetails":                  fLocationDetails,
	"status":                           fStatus,
	"resulttype":                       fResultType,
	"resultdescription":                fResultText,
	"conditionalaccessstatus":          fCAStatus,
	"appliedconditionalaccesspolicies": fPolicies,
	"conditionalaccesspolicies":        fPolicies,
	"devicedetail":                     fDevice,
	"category":                         fCategory,
	"signineventtypes":                 fEvents,
	"isinteractive":                    fInteractive,
	"serviceprincipalid":               fPrincipal,
	"properties":                       fProperties,
	"error":                            fError,
}

// longestName is the length of the longest key in fieldNames.
const longestName = len("appliedconditionalaccesspolicies")

// named gives the field a key stands for, fNone for any other key.
func named(key []byte) field {
	var lower [longestName]byte
	if len(key) > longestName {
		return fNone
	}
	for i, c := range key {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		lower[i] = c
	}
	if f, ok := fieldNames[string(lower[:len(key)])]; ok {
		return f
	}
	return fNone
}
