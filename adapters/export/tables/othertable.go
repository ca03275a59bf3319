package tables

import "strings"

// AuthDetails is a file that a portal download comes with.
const AuthDetails = "authentication details (the sister file of a portal download)"

// PlainText is text that is no table.
const PlainText = "plain text"

const (
	unifiedAudit  = "a Unified Audit Log export"
	entraAudit    = "an Entra audit log (AuditLogs)"
	appSignIns    = "a download of application sign-ins"
	msiSignIns    = "a download of managed identity sign-ins"
	querySummary  = "a query summary"
	provisioning  = "a provisioning log"
	riskDetection = "a list of risk detections or risky users"
	noColumns     = "a table without the columns of a sign-in log"
	otherLanguage = "a table whose header is in another language"
	notSignIns    = "JSON without any key of a sign-in"
)

// otherTable says what a table is when it is not one of sign-ins by users, nil
// when it may be.
// https://learn.microsoft.com/purview/audit-log-export-records and
// https://learn.microsoft.com/azure/azure-monitor/reference/tables/auditlogs, read 2026-11-23
func (h header) otherTable() *Refusal {
	const users = "download Interactive and Non-interactive sign-ins: legacy authentication is only in users' sign-ins"
	switch {
	case h.any("auditdata", "recordtype") && h.any("operation", "operations", "creationdate", "creationtime"),
		h.has("operation", "workload"):
		return &Refusal{What: unifiedAudit, Instead: ExportInstead}
	case h.any("activitydisplayname", "initiatedby", "targetresources") && !h.any("clientappused"),
		h.has("activity", "actortype"):
		return &Refusal{What: entraAudit, Instead: ExportInstead}
	case h.any("client app", "clientappused"):
		return nil
	case h.any("authentication method", "authentication method detail", "authenticationstepresultdetail"):
		return &Refusal{What: AuthDetails, Instead: "give the file without AuthDetails in its name"}
	case h.any("credential key id", "credential thumbprint"), h.has("service principal id", "sign-in error code"):
		return &Refusal{What: appSignIns, Instead: users}
	case h.has("managed identity type", "sign-in error code") && !h.has("username"):
		return &Refusal{What: msiSignIns, Instead: users}
	case h.summary():
		return &Refusal{What: querySummary, Instead: "export the rows themselves, not a summarize"}
	}
	return nil
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
