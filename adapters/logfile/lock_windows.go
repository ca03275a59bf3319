package logfile

import (
	"errors"
	"math"
	"os"

	"golang.org/x/sys/windows"
)

// lock takes the file for this process until it is closed or the process ends.
// False: somebody else has it. Windows keeps others from locked bytes even for
// reading, so the lock is on one far behind the end.
func lock(f *os.File) (bool, error) {
	at := &windows.Overlapped{OffsetHigh: math.MaxInt32}
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, at)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return false, nil
	}
	return err == nil, err
}

// syncDir does nothing: Windows has no such call for folders.
func syncDir(string) error { return nil }

// truncate cuts the file to a size. A file that is open for appending may not
// be cut on Windows, so it is opened once more.
func truncate(f *os.File, size int64) error { return os.Truncate(f.Name(), size) }
