//go:build !unix

package signins

import (
	"errors"
	"fmt"
	"os"
)

// ErrRunning says that another scan of the same tenant is under way with the
// same state directory. Only systems that lock files by descriptor notice.
var ErrRunning = errors.New("another scan of this tenant is running; wait for it, or give this one a state directory of its own")

// lockFile opens the file only; here the operator keeps scans apart.
func lockFile(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the state directory: %w", err)
	}
	return file, nil
}
