// Package news decides what a pass over a tenant brought that people should
// hear of, who hears of it, when, and in which words.
//
// Decide compares what was stored with what a pass found and gives items, each
// with a kind, a sentence that says why, a severity and a subject. Posts turns
// items into messages for the places that subscribed: new ones, edits of the
// message in which a client stands already, and replies where it got worse.
// Digest sums up a week. ParseAlerts reads a subscription from words.
//
// Cards are for channels: they hold counts and pseudonyms (a client's key, its
// device in words, its protocol), never a name, an address or an agent. What
// was really read stands on every one of them.
//
// The package is pure: the time comes in as a value, and so do the marks that
// say what was told before. It takes plain records of storage and touches no
// database.
package news
