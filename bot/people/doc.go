// Package people closes the loop with the people whose devices are to be moved:
// each has one message, which is edited as things change, and presses its
// buttons.
//
// What a message says is made anew from the database whenever something of it
// has changed (package notice). Posting it, the reminders under it and what a
// button changes are each one transaction with the state they rest on, under
// keys that name them for ever, so that a process may die or a button be pressed
// twice at any moment.
package people
