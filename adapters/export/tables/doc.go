// Package tables knows from the names of its columns or keys which log a table
// is, and refuses those that do not hold users' sign-ins or lack what is needed
// to decide.
package tables
