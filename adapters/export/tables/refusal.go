package tables

import "strings"

// Refusal says what a table is that is not read.
type Refusal struct {
	// What says what the table is: "a Unified Audit Log export".
	What string
	// Missing names the column that is not there; empty when the table is of
	// another kind altogether.
	Missing string
	// Instead says what to export.
	Instead string
}

// Unknown says that the table is nothing known, so that it may be none.
func (r *Refusal) Unknown() bool { return r.What == noColumns || r.What == otherLanguage }

// Error says what the table is, which column is missing and what to do.
func (r *Refusal) Error() string {
	var b strings.Builder
	b.WriteString("this is " + r.What)
	if r.Missing != "" {
		b.WriteString(" without the column " + r.Missing)
	} else {
		b.WriteString(", not a sign-in log")
	}
	if r.Instead != "" {
		b.WriteString("; " + r.Instead)
	}
	return b.String()
}

// ExportInstead says which logs to export.
const ExportInstead = "export sign-in logs: from the Entra admin center (Sign-in logs, Download), from Log Analytics (SigninLogs and AADNonInteractiveUserSignInLogs) or from Microsoft Graph (auditLogs/signIns)"
