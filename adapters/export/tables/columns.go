package tables

import "legacyauth/detect/logrow"

// CSV gives the columns of a CSV file with the given header, or a *Refusal.
// Portal says that it is a download from the admin center, else it comes from
// Log Analytics.
func CSV(names []string) (c *logrow.Columns, portal bool, err error) {
	h := newHeader(names)
	if r := h.otherTable(); r != nil {
		return nil, false, r
	}
	if !h.any("date (utc)", "request id", "sign-in error code", "client app") {
		c, err = Query(names)
		return c, false, err
	}
	if r := h.portal(); r != nil {
		return nil, true, r
	}
	return logrow.PortalColumns(h), true, nil
}

// Query gives the columns of a Log Analytics result, or a *Refusal.
func Query(names []string) (*logrow.Columns, error) {
	h := newHeader(names)
	if r := h.otherTable(); r != nil {
		return nil, r
	}
	bare := h.bare()
	if r := bare.workspace(h); r != nil {
		return nil, r
	}
	return logrow.KeyColumns(bare), nil
}

// portal refuses a download that lacks a column.
func (h header) portal() *Refusal {
	const what, instead = "a portal download", "download Interactive and Non-interactive sign-ins from the Entra admin center with all their columns"
	switch {
	case !h.any("client app") && h.foreign():
		return notEnglish()
	case !h.any("client app"):
		return &Refusal{what, "Client app", instead}
	case !h.any("status", "sign-in error code"):
		return &Refusal{what, "Sign-in error code", instead}
	case !h.any("username", "user id"):
		return &Refusal{what, "Username", instead}
	}
	return nil
}

// workspace refuses a result of Log Analytics that lacks a column; written is
// its header as it stands there.
func (h header) workspace(written header) *Refusal {
	const what, add = "a table of sign-ins", "add it to the query (SigninLogs | project …) or export the whole table; "
	client := h.any("clientappused")
	switch {
	case !h.any("userprincipalname", "userid", "serviceprincipalid") && !client:
		if written.foreign() {
			return notEnglish()
		}
		return &Refusal{What: noColumns, Instead: ExportInstead}
	case !h.any("userprincipalname", "userid", "serviceprincipalid"):
		return &Refusal{what, "UserPrincipalName", add + "without it nobody can be told"}
	case !client && written.has("createddatetime", "ipaddress", "status") && !h.any("resulttype"):
		return &Refusal{
			"an older portal download", "Client app (ClientAppUsed)",
			"download the sign-in logs again from the Entra admin center, or export JSON",
		}
	case !client:
		return &Refusal{what, "ClientAppUsed", add + "without it legacy authentication cannot be told"}
	case !h.any("status", "resulttype"):
		return &Refusal{what, "ResultType", add + "without it a blocked client cannot be told from one in use"}
	}
	return nil
}
