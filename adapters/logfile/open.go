package logfile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// errNotRegular is a folder, a pipe or a device.
var errNotRegular = errors.New("is not a regular file; name a file, or use the terminal as the place")

// turns is how often a file is opened again because it was renamed while this
// process waited for it.
const turns = 100

// open gives the file that is at path, locked against other processes, at its
// end. Closing it unlocks it.
func open(ctx context.Context, path string) (*os.File, error) {
	for range turns {
		f, err := openOnce(path)
		if err != nil {
			return nil, err
		}
		if err := lockWithin(ctx, f); err != nil {
			_ = f.Close()
			return nil, err
		}
		if stands(f, path) {
			return f, nil
		}
		_ = f.Close()
	}
	return nil, fmt.Errorf("%s is renamed faster than it can be written", path)
}

func openOnce(path string) (*os.File, error) {
	made := false
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		made = true
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, &fs.PathError{Op: "open", Path: path, Err: errNotRegular}
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if made {
		err = syncDir(filepath.Dir(path))
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// lockWithin waits for the lock until ctx ends.
func lockWithin(ctx context.Context, f *os.File) error {
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	for {
		held, err := lock(f)
		if held || err != nil {
			return err
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// stands says whether f is still what path names.
func stands(f *os.File, path string) bool {
	mine, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(path)
	return err == nil && os.SameFile(mine, there)
}
