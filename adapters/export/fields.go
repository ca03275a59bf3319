package export

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
	nFields

	fNone = nFields
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

// kind is what a value looks like in the log.
type kind uint8

const (
	vNull   kind = iota
	vString      // JSON string; raw is between its quotes, escapes unresolved
	vPlain       // text of a CSV cell; raw is the text
	vNumber
	vTrue
	vFalse
	vObject
	vArray
)

// value is one value of a row, not copied: it is valid as long as the row.
type value struct {
	kind kind
	raw  []byte
}

// level tells the outer object of a diagnostic-setting record from its
// properties. Other rows have only the outer one.
type level uint8

const (
	outer level = iota
	inner
)

// fields holds the values of one row.
type fields struct {
	set    [2]uint64
	values [2][nFields]value
}

func (f *fields) clear() { f.set = [2]uint64{} }

// put keeps v; of a repeated key the last value that is not null counts.
func (f *fields) put(l level, at field, v value) {
	bit := uint64(1) << at
	if f.set[l]&bit != 0 && v.kind == vNull {
		return
	}
	f.set[l] |= bit
	f.values[l][at] = v
}

// has says whether the row has the key, be it null.
func (f *fields) has(at field) bool { return (f.set[outer]|f.set[inner])>>at&1 != 0 }

// get gives the value of properties when there is one that is not null, else
// the outer one; null when the row has neither.
func (f *fields) get(at field) value {
	bit := uint64(1) << at
	if f.set[inner]&bit != 0 && f.values[inner][at].kind != vNull {
		return f.values[inner][at]
	}
	if f.set[outer]&bit != 0 {
		return f.values[outer][at]
	}
	return value{}
}
