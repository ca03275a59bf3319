package cli

import (
	"os"
	"runtime/debug"
)

// leanHeap is how much the heap may grow, in percent, before it is collected. A
// scan leaves little garbage, so that collecting often costs little and saves the
// memory that the usual 100 would hold.
const leanHeap = 25

// lean keeps memory small until back is called. A GOGC of the user's counts more.
func lean() (back func()) {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	was := debug.SetGCPercent(leanHeap)
	return func() { debug.SetGCPercent(was) }
}
