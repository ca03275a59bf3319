// Package notice says to one person what their devices do and what is to be done
// about it: one message for all of them, in the person's language and zone.
//
// The package is pure. What a person reads is made from a View, and so is the
// same whenever the same things are known.
package notice
