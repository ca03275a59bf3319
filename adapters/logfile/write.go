package logfile

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// file is what writing needs of an *os.File.
type file interface {
	io.ReaderAt
	io.Writer
	io.Seeker
	Truncate(size int64) error
	Sync() error
}

// handle is the log as an open file.
type handle struct{ *os.File }

// Truncate cuts the file to a size, whatever the system makes of appending.
func (h handle) Truncate(size int64) error { return truncate(h.File, size) }

// notWritten marks an error after which nothing of the line is in the file.
type notWritten struct{ error }

func (e notWritten) Unwrap() error { return e.error }

// write appends a whole line and brings it to the disk. When it cannot, for
// want of room, it takes away what it wrote.
func write(f file, raw []byte) error {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return notWritten{err}
	}
	if _, err := f.Write(raw); err != nil {
		// What cannot be taken away now is torn, and mended before the next line.
		if undo := f.Truncate(size); undo != nil {
			err = fmt.Errorf("%w (and take back: %w)", err, undo)
		}
		return notWritten{err}
	}
	if err := f.Sync(); err != nil {
		return fmt.Errorf("bring the line to the disk: %w", err)
	}
	return nil
}

// mend ends a file that does not end in a line feed: what a crash left of a line
// of ours is taken away, a whole line or anything else gets its line feed.
func mend(f file) error {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil || size == 0 {
		return err
	}
	from := max(size-maxLine, 0)
	tail := make([]byte, size-from)
	if _, err := f.ReadAt(tail, from); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	keep, feed := ending(tail, from == 0)
	if keep < len(tail) {
		if err := f.Truncate(from + int64(keep)); err != nil {
			return err
		}
	}
	if feed {
		if _, err := f.Write([]byte{'\n'}); err != nil {
			return err
		}
	}
	return nil
}
