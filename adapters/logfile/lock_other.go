//go:build !windows && (!unix || solaris || aix)

package logfile

import "os"

// lock does nothing where the system has no lock of a whole file: one process
// writes there.
func lock(*os.File) (bool, error) { return true, nil }

func syncDir(string) error { return nil }

func truncate(f *os.File, size int64) error { return f.Truncate(size) }
