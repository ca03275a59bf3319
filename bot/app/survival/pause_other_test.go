//go:build !unix

package survival

// paused says that this system cannot stop a process and let it go on.
func (c *crowd) paused(_ *replica, fault string) {
	c.t.Helper()
	c.t.Skipf("NOT CHECKED: %s, and what follows in this test: pausing a process needs the signals of Unix", fault)
}
