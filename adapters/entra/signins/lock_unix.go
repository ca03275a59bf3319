//go:build unix

package signins

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// ErrRunning says that another scan of the same tenant is under way with the
// same state directory.
var ErrRunning = errors.New("another scan of this tenant is running; wait for it, or give this one a state directory of its own")

// lockFile keeps two scans of one tenant apart. The system lets go of the lock
// when the file is closed, be it because the program was killed.
func lockFile(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the state directory: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil { //nolint:gosec // descriptors are small
		_ = file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, ErrRunning
		}
		return nil, fmt.Errorf("lock the state directory: %w", err)
	}
	return file, nil
}
