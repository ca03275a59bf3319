// Package traps holds the cases that decide whether an answer about legacy
// authentication is right, as data that other tools can be held against. See
// README.md.
package traps
