// Package migration says where the migration of a client stands and what moves
// it on: the states, the events between them, when a client has verifiably
// moved, who is told, and which clients go on under another key.
//
// The package is pure: times are values, and whoever stores the states applies
// the changes.
package migration
