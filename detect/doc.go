// Package detect turns sign-ins into clients: what still uses legacy
// authentication, what kind of device it is, and whether it works, is blocked,
// is broken, or is somebody guessing passwords.
//
// The package is pure. It does no I/O, reads no clock, starts no goroutine and
// keeps no state outside a Fold.
package detect
