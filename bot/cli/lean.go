package cli

import (
	"os"
	"runtime/debug"
)

// Collecting garbage follows how much of a log has been read. A small log is done
// before there is much to collect, and collecting would be half of the work; of a
// large one a scan leaves little garbage, so that collecting often costs little
// and saves the memory that the usual 100 would hold.
const (
	smallLog  = 2 << 20 // stored bytes
	roomyHeap = 400     // percent by which the heap may grow before it is collected
	leanHeap  = 15
)

// Heap sets how often garbage is collected. A GOGC of the user's counts more; a nil
// Heap leaves everything as it is.
type Heap struct {
	was  int
	read int64
	lean bool
}

// StartHeap has garbage collected seldom until Back is called or a log turns out
// to be large.
func StartHeap() *Heap {
	if os.Getenv("GOGC") != "" {
		return nil
	}
	return &Heap{was: debug.SetGCPercent(roomyHeap)}
}

// reader gives the function that counts what is read of one input.
func (h *Heap) reader() func(int64) {
	var last int64
	return func(read int64) {
		if h == nil || h.lean {
			return
		}
		h.read += read - last
		last = read
		if h.read > smallLog {
			h.lean = true
			debug.SetGCPercent(leanHeap)
		}
	}
}

// Back undoes it.
func (h *Heap) Back() {
	if h != nil {
		debug.SetGCPercent(h.was)
	}
}
