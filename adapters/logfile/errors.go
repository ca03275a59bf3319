package logfile

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"legacyauth/adapters/chat"
)

// explain makes of an error of the file system one that says what to do next: a
// folder that is not there, a file that may not be written or is no file are
// final; a full disk and everything else passes.
func explain(err error) error {
	if chat.Retry(err) != nil {
		return err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: %w; make the folder, or correct the path in the configuration", chat.ErrNoPlace, err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: %w; let the account that runs legacyauth write there", chat.ErrNoPlace, err)
	case errors.Is(err, errNotRegular), errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.EISDIR), errors.Is(err, syscall.ENAMETOOLONG):
		return fmt.Errorf("%w: %w", chat.ErrNoPlace, err)
	}
	var clean notWritten
	return &chat.RetryError{Maybe: !errors.As(err, &clean), Err: err}
}
