// Package report prints the answer of a scan: as text for a terminal, as JSON
// and NDJSON for programs, as CSV for a spreadsheet.
package report
