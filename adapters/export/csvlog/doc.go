// Package csvlog reads sign-in logs written as CSV: portal downloads and exports
// of Log Analytics.
//
// Their CSV is that of RFC 4180 with any line ends. A quote inside a cell that
// does not start with one is text.
package csvlog
