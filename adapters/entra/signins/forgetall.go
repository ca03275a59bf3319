package signins

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ForgetAll removes what scans have kept in a directory, whichever their tenants,
// and gives how many files that were; with dry it counts alone. What a scan that
// is under way keeps stays: the error then is, or wraps, ErrRunning. A directory
// that is not there holds nothing.
func ForgetAll(dir string, dry bool) (files int, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("look for kept sign-ins: %w", err)
	}
	var errs []error
	for _, e := range entries {
		name := e.Name()
		if !e.Type().IsRegular() || !strings.HasPrefix(name, keptPrefix) || filepath.Ext(name) == ".lock" {
			continue
		}
		if !dry {
			if err := forgetFile(dir, name); err != nil {
				errs = append(errs, err)
				continue
			}
		}
		files++
	}
	return files, errors.Join(errs...)
}

// forgetFile removes one file unless a scan that is under way has the lock of its
// tenant.
func forgetFile(dir, name string) error {
	base, _, _ := strings.Cut(name, ".")
	for _, end := range keptEnds {
		if without, is := strings.CutSuffix(base, end); is {
			base = without
			break
		}
	}
	lock, err := lockFile(filepath.Join(dir, base+".lock"))
	if err != nil {
		return err
	}
	defer func() { _ = lock.Close() }()
	return remove(filepath.Join(dir, name))
}
