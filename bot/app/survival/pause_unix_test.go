//go:build unix

package survival

import (
	"syscall"
	"time"
)

// paused stops the replica in its tracks for longer than its leases last.
func (c *crowd) paused(r *replica, fault string) {
	c.t.Helper()
	began := time.Now()
	c.signal(r, syscall.SIGSTOP)
	c.took(fault, c.settle(fault))
	c.turn()
	rest(pause - time.Since(began))
	c.signal(r, syscall.SIGCONT)
	c.settle(fault + ", and woken")
}

func (c *crowd) signal(r *replica, s syscall.Signal) {
	c.t.Helper()
	if err := r.Process.Signal(s); err != nil {
		c.t.Fatal(err)
	}
}
