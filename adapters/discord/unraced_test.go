//go:build !race

package discord_test

// raced says that the race detector slows everything down.
const raced = false
