package export

import (
	"bytes"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

const (
	exportInstead = "export sign-in logs: from the Entra admin center (Sign-in logs, Download), from Log Analytics (SigninLogs and AADNonInteractiveUserSignInLogs) or from Microsoft Graph (auditLogs/signIns)"

	unifiedAudit  = "a Unified Audit Log export"
	entraAudit    = "an Entra audit log (AuditLogs)"
	appSignIns    = "a download of application sign-ins"
	msiSignIns    = "a download of managed identity sign-ins"
	authDetails   = "authentication details (the sister file of a portal download)"
	querySummary  = "a query summary"
	provisioning  = "a provisioning log"
	riskDetection = "a list of risk detections or risky users"
	notSignIns    = "JSON without any key of a sign-in"
)

// otherTable says what a table is when it is not one of sign-ins by users.
// https://learn.microsoft.com/purview/audit-log-export-records and
// https://learn.microsoft.com/azure/azure-monitor/reference/tables/auditlogs, read 2026-11-23
func (h header) otherTable() (what, instead string) {
	users := "download Interactive and Non-interactive sign-ins: legacy authentication is only in users' sign-ins"
	switch {
	case h.any("auditdata", "recordtype") && h.any("operation", "operations", "creationdate", "creationtime"),
		h.has("operation", "workload"):
		return unifiedAudit, exportInstead
	case h.any("activitydisplayname", "initiatedby", "targetresources") && !h.any("clientappused"),
		h.has("activity", "actortype"):
		return entraAudit, exportInstead
	case h.any("client app", "clientappused"):
		return "", ""
	case h.any("authentication method", "authentication method detail", "authenticationstepresultdetail"):
		return authDetails, "give the file without AuthDetails in its name"
	case h.any("credential key id", "credential thumbprint"), h.has("service principal id", "sign-in error code"):
		return appSignIns, users
	case h.has("managed identity type", "sign-in error code") && !h.has("username"):
		return msiSignIns, users
	case h.summary():
		return querySummary, "export the rows themselves, not a summarize"
	}
	return "", ""
}

// summary knows the columns that a summarize makes: a span of time, counts and
// sets.
func (h header) summary() bool {
	made := 0
	for _, name := range h {
		name = strings.TrimSuffix(name, " [utc]")
		if name == "starttime" || name == "endtime" || strings.HasPrefix(name, "count_") || strings.HasPrefix(name, "dcount_") ||
			strings.HasPrefix(name, "min_") || strings.HasPrefix(name, "max_") || strings.HasPrefix(name, "set_") ||
			strings.HasPrefix(name, "make_") || strings.HasSuffix(name, "count") || strings.HasSuffix(name, "set") {
			made++
		}
	}
	return made >= 2
}

// describe says what a row of JSON that is not a sign-in comes from.
func describe(row []byte, categories []string) *WrongTableError {
	keys, code := topKeys(row)
	h := newHeader(keys)
	e := &WrongTableError{What: notSignIns, Instead: exportInstead}
	what, instead := h.otherTable()
	switch {
	case code != "":
		e.What, e.Instead = "an error answer of the API ("+code+")", "ask the API again; nothing was exported"
	case h.has("error") && len(h) <= 2:
		e.What, e.Instead = "an error answer of the API", "ask the API again; nothing was exported"
	case h.any("recordtype", "workload") && h.any("operation", "operations"):
		e.What = unifiedAudit
	case what != "" && what != querySummary:
		e.What, e.Instead = what, instead
	case h.any("riskeventtype", "riskstate", "riskdetail"):
		e.What = riskDetection
	case h.any("provisioningaction", "provisioningstatusinfo", "jobid"):
		e.What = provisioning
	case contains(categories, "AuditLogs"):
		e.What = entraAudit
	case len(categories) > 0:
		e.What = "a log of the category " + list(plain(categories))
	}
	return e
}

// topKeys gives the keys of an object and of its properties, and the code of an
// error answer.
func topKeys(row []byte) (keys []string, code string) {
	r := jsontext.NewDecoder(bytes.NewReader(row), lenient...)
	if r.PeekKind() != '{' {
		return nil, ""
	}
	var walk func(depth int) bool
	walk = func(depth int) bool {
		if _, err := r.ReadToken(); err != nil {
			return false
		}
		for r.PeekKind() != '}' {
			name, err := r.ReadToken()
			if err != nil {
				return false
			}
			key := strings.ToLower(name.String())
			if depth == 0 || key != "error" {
				keys = append(keys, key)
			}
			if r.PeekKind() == '{' && depth == 0 && (key == "properties" || key == "error") {
				if !walk(depth + 1) {
					return false
				}
				continue
			}
			raw, err := r.ReadValue()
			if err != nil {
				return false
			}
			if depth == 1 && key == "code" && raw.Kind() == '"' && len(keys) > 1 && keys[0] == "error" {
				code = plain([]string{string(raw[1 : len(raw)-1])})[0]
			}
		}
		_, err := r.ReadToken()
		return err == nil
	}
	walk(0)
	return keys, code
}

// plain keeps of names from a log only what is safe in an error: letters,
// digits and underscores, at most 80.
func plain(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = strings.Map(func(r rune) rune {
			if r == '_' || '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z' {
				return r
			}
			return -1
		}, n)
		out[i] = out[i][:min(len(out[i]), 80)]
	}
	return out
}

func contains(words []string, word string) bool {
	for _, w := range words {
		if strings.EqualFold(w, word) {
			return true
		}
	}
	return false
}
