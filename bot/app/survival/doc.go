// Package survival holds tests alone: the whole program, as processes of its own
// on a real database, killed, paused and cut off at moments aimed at what it is
// doing. At the end every client must be recorded once, with every sign-in, and
// every message stand in its channel, in order and hardly ever twice.
package survival
