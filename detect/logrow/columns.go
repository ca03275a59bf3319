package logrow

// Columns says what each column of a table holds.
type Columns struct {
	fields []field
	used   []int
}

// Len is the number of columns.
func (c *Columns) Len() int { return len(c.fields) }

// Used gives the numbers of the columns from which anything is read, in order.
func (c *Columns) Used() []int { return c.used }

func newColumns(fields []field) *Columns {
	c := &Columns{fields: fields}
	for i, f := range fields {
		if f != fNone {
			c.used = append(c.used, i)
		}
	}
	return c
}

// KeyColumns knows the columns of a table that are named as the keys of JSON
// rows are, in any case.
func KeyColumns(names []string) *Columns {
	fields := make([]field, len(names))
	for i, name := range names {
		if fields[i] = named([]byte(name)); fields[i] == fProperties {
			fields[i] = fNone
		}
	}
	return newColumns(fields)
}

// PortalColumns knows the columns of an admin center's download by their titles,
// lower-cased and without space around them.
func PortalColumns(titles []string) *Columns {
	fields := make([]field, len(titles))
	for i, title := range titles {
		fields[i] = fNone
		if f, ok := portalTitles[title]; ok {
			fields[i] = f
		}
	}
	return newColumns(fields)
}

// portalTitles are the columns of today's and of older downloads, and two that
// none has so far: should a row say whether it is interactive, that counts.
// https://learn.microsoft.com/entra/identity/monitoring-health/howto-download-logs, read 2026-11-23
var portalTitles = map[string]field{
	"date (utc)":              fCreated,
	"date":                    fCreated,
	"request id":              fID,
	"user agent":              fAgent,
	"user id":                 fUserID,
	"user":                    fDisplay,
	"username":                fUser,
	"user type":               fUserType,
	"authentication protocol": fAuthProtocol,
	"application":             fApp,
	"application id":          fAppID,
	"resource":                fResource,
	"resource tenant id":      fResourceTenant,
	"home tenant id":          fHomeTenant,
	"ip address":              fIP,
	"location":                fLocation,
	"status":                  fStatus,
	"sign-in error code":      fResultType,
	"failure reason":          fResultText,
	"client app":              fClientApp,
	"device id":               fDeviceID,
	"browser":                 fBrowser,
	"operating system":        fOS,
	"conditional access":      fCAStatus,
	"service principal id":    fPrincipal,
	"isinteractive":           fInteractive,
	"signineventtypes":        fEvents,
}
