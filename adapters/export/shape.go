package export

import "legacyauth/adapters/export/flow"

const shapeGraphList = "Graph list"

// shape names a container together with what its rows turned out to be.
func shape(c flow.Container, t *flow.Tally) string {
	rows := "Graph"
	switch {
	case t.Records > 0 && t.Records >= t.Flat:
		rows = "diagnostic-setting"
	case t.Flat > 0:
		rows = "flattened"
	}
	switch c {
	case flow.NotRead:
		return ""
	case flow.JSONLines:
		return rows + " JSON lines"
	case flow.JSONArray:
		return rows + " array"
	case flow.JSONObjects:
		return rows + " objects"
	case flow.GraphPage:
		if rows == "Graph" {
			return shapeGraphList
		}
		return rows + " list"
	case flow.EventHub:
		return "Event Hub records"
	case flow.QueryResult:
		return "Log Analytics query result"
	case flow.PortalCSV:
		return "portal CSV"
	}
	return "Log Analytics CSV"
}
