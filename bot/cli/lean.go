package cli

import (
	"os"
	"runtime/debug"
	"runtime/metrics"
)

// Collecting garbage follows how much of a log has been read. A small log is done
// before there is much to collect, and collecting would be half of the work; of a
// large one a scan leaves little garbage, so that collecting often costs little
// and saves the memory that the usual 100 would hold.
const (
	smallLog  = 2 << 20 // stored bytes
	roomyHeap = 400     // percent by which the heap may grow before it is collected
	leanHeap  = 15
	// spare is by how much the heap may grow all the same: that percentage of the few
	// megabytes that most scans need would have them collected all the time.
	spare = 3 << 20
	// weigh is how much is read until the heap is looked at again.
	weigh = 32 << 20
)

// Heap sets how often garbage is collected. A GOGC of the user's counts more; a nil
// Heap leaves everything as it is.
type Heap struct {
	was     int
	percent int
	read    int64 // stored bytes, of all inputs
	next    int64 // where the heap is looked at
}

// StartHeap has garbage collected seldom until Back is called or a log turns out
// to be large.
func StartHeap() *Heap {
	if os.Getenv("GOGC") != "" {
		return nil
	}
	return &Heap{was: debug.SetGCPercent(roomyHeap), percent: roomyHeap, next: smallLog}
}

// reader gives the function that counts what is read of one input.
func (h *Heap) reader() func(int64) {
	var last int64
	return func(read int64) {
		if h == nil {
			return
		}
		h.read += read - last
		last = read
		if h.read >= h.next {
			h.next = h.read + weigh
			h.fit()
		}
	}
}

// fit lets the heap grow by leanHeap or spare, whichever is more.
func (h *Heap) fit() {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	percent := leanHeap
	if held := live[0].Value.Uint64(); held < 100*spare/leanHeap {
		percent = int(100 * spare / max(held, smallLog)) //nolint:gosec // a few hundred at most
	}
	if percent != h.percent {
		h.percent = percent
		debug.SetGCPercent(percent)
	}
}

// Back undoes it.
func (h *Heap) Back() {
	if h != nil {
		debug.SetGCPercent(h.was)
	}
}
