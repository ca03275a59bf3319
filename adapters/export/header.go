package export

import (
	"slices"
	"strings"
)

// portalNames gives the columns of a portal download, lower-cased and trimmed:
// some of them end in a blank, and one stands there twice.
// https://learn.microsoft.com/entra/identity/monitoring-health/howto-download-logs, read 2026-11-23
var portalNames = map[string]field{
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
}

// header is the first record of a CSV file, trimmed and lower-cased.
type header []string

func newHeader(names []string) header {
	h := make(header, len(names))
	for i, n := range names {
		h[i] = strings.ToLower(strings.Trim(n, " \t\r\n\u00a0\ufeff\""))
	}
	return h
}

func (h header) has(names ...string) bool {
	return !slices.ContainsFunc(names, func(n string) bool { return !slices.Contains(h, n) })
}

func (h header) any(names ...string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return slices.Contains(h, n) })
}

// csvColumns finds out what a CSV file is from its header.
func csvColumns(names []string) (*columns, container, error) {
	h := newHeader(names)
	if what, instead := h.otherTable(); what != "" {
		return nil, 0, &WrongTableError{What: what, Instead: instead}
	}
	if h.any("date (utc)", "request id", "sign-in error code", "client app") {
		c, err := portalColumns(h)
		return c, portalCSV, err
	}
	c, err := workspaceColumns(names)
	return c, logAnalyticsCSV, err
}

func portalColumns(h header) (*columns, error) {
	c := &columns{fields: make([]field, len(h))}
	for i, name := range h {
		c.fields[i] = fNone
		if f, ok := portalNames[name]; ok {
			c.fields[i] = f
		}
	}
	const what, instead = "a portal download", "download Interactive and Non-interactive sign-ins from the Entra admin center with all their columns"
	switch {
	case !c.have(fClientApp):
		return nil, &WrongTableError{What: what, Missing: "Client app", Instead: instead}
	case !c.have(fStatus, fResultType):
		return nil, &WrongTableError{What: what, Missing: "Status", Instead: instead}
	case !c.have(fUser, fUserID):
		return nil, &WrongTableError{What: what, Missing: "Username", Instead: instead}
	}
	return c, nil
}

// workspaceColumns maps the columns of Log Analytics. The portal's export
// splits a dynamic column into X_dynamic and X_string and names the zone of
// times: "CreatedDateTime [UTC]".
func workspaceColumns(names []string) (*columns, error) {
	h := newHeader(names)
	c := &columns{fields: make([]field, len(h))}
	for i, name := range h {
		name = strings.TrimSuffix(name, " [utc]")
		name = strings.TrimSuffix(strings.TrimSuffix(name, "_dynamic"), "_string")
		if c.fields[i] = named([]byte(name)); c.fields[i] == fProperties {
			c.fields[i] = fNone
		}
	}
	if what, instead := h.otherTable(); what != "" {
		return nil, &WrongTableError{What: what, Instead: instead}
	}
	const add = "add it to the query (SigninLogs | project …) or export the whole table; "
	what := "a table of sign-ins"
	switch {
	case !c.have(fUser, fUserID, fPrincipal):
		if !c.have(fClientApp) {
			return nil, &WrongTableError{What: "a table without the columns of a sign-in log", Instead: exportInstead}
		}
		return nil, &WrongTableError{What: what, Missing: "UserPrincipalName", Instead: add + "without it nobody can be told"}
	case !c.have(fClientApp) && h.has("createddatetime", "ipaddress", "status") && !c.have(fResultType):
		return nil, &WrongTableError{
			What: "an older portal download", Missing: "Client app (ClientAppUsed)",
			Instead: "download the sign-in logs again from the Entra admin center, or export JSON",
		}
	case !c.have(fClientApp):
		return nil, &WrongTableError{What: what, Missing: "ClientAppUsed", Instead: add + "without it legacy authentication cannot be told"}
	case !c.have(fStatus, fResultType):
		return nil, &WrongTableError{What: what, Missing: "ResultType", Instead: add + "without it a blocked client cannot be told from one in use"}
	}
	return c, nil
}

func (c *columns) have(any ...field) bool {
	return slices.ContainsFunc(any, func(f field) bool { return slices.Contains(c.fields, f) })
}
