package flow

// Container is how the rows of an input are held together.
type Container uint8

// The containers. NotRead is that of an input without anything to read.
const (
	NotRead Container = iota
	JSONLines
	JSONArray
	JSONObjects
	GraphPage
	EventHub
	QueryResult
	PortalCSV
	LogAnalyticsCSV
)
