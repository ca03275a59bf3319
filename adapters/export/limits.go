package export

import (
	"fmt"

	"legacyauth/adapters/export/flow"
)

// limit is a number of rows at which a download stops without saying so.
type limit struct {
	rows int64
	of   string
}

// portalLimits are those of the Entra admin center: 100,000 sign-ins per file
// since 2024, 250,000 before.
// https://learn.microsoft.com/entra/identity/monitoring-health/howto-download-logs, page of 2024-11-08, read 2026-11-23
// https://github.com/MicrosoftDocs/entra-docs/blob/15730cf6c6088cb1aa101c2348f5dc1e4a5b4c6d/docs/identity/monitoring-health/howto-download-logs.md, page of 2023-08-24, read 2026-11-23
var portalLimits = []limit{
	{100_000, "the admin center's download"},
	{250_000, "the admin center's download until 2024"},
}

// workspaceLimits are those of Log Analytics: 500,000 rows for the query API
// and today's portal, 30,000 and 10,000 for the portal before.
// https://learn.microsoft.com/azure/azure-monitor/service-limits, read 2026-11-23
var workspaceLimits = []limit{
	{500_000, "Log Analytics queries"},
	{30_000, "the Log Analytics portal's older results"},
	{10_000, "the Log Analytics portal's older results"},
}

// atLimit says why exactly rows rows look like a part, or "".
func atLimit(c flow.Container, rows int64) string {
	limits := portalLimits
	switch c {
	case flow.QueryResult, flow.LogAnalyticsCSV:
		limits = workspaceLimits
	case flow.EventHub, flow.JSONObjects, flow.NotRead:
		return ""
	}
	for _, l := range limits {
		if rows == l.rows {
			return fmt.Sprintf("it holds exactly %d rows, the limit of %s", l.rows, l.of)
		}
	}
	return ""
}
