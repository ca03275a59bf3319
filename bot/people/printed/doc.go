// Package printed gives what a campaign came to as files: a picture with a
// sentence that says the same, tables for a spreadsheet, and a page to print.
//
// All but the picture name people.
package printed
