//go:build unix && !solaris && !aix

package logfile

import (
	"errors"
	"os"
	"syscall"
)

// lock takes the file for this process until it is closed or the process ends.
// False: somebody else has it.
func lock(f *os.File) (bool, error) {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) //nolint:gosec // descriptors are small
	switch {
	case errors.Is(err, syscall.EWOULDBLOCK), errors.Is(err, syscall.EINTR):
		return false, nil
	case errors.Is(err, syscall.ENOTSUP), errors.Is(err, syscall.ENOLCK), errors.Is(err, syscall.ENOSYS):
		return true, nil // a network share without locks: one process writes there
	}
	return err == nil, err
}

// syncDir makes a new name in a folder survive a loss of power.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer func() { _ = d.Close() }()
	if err := d.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) {
		return err
	}
	return nil
}

// truncate cuts the file to a size.
func truncate(f *os.File, size int64) error { return f.Truncate(size) }
