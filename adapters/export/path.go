package export

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"unicode"
)

// shown is a path as reports and errors write it: quoted when something in it
// could change a terminal.
func shown(path string) string {
	if strings.ContainsFunc(path, func(r rune) bool { return !unicode.IsPrint(r) || r == unicode.ReplacementChar }) {
		return strconv.Quote(path)
	}
	return path
}

// unreadable says in words why the file called name cannot be found or opened.
func unreadable(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return worded{name + " does not exist", err}
	case errors.Is(err, fs.ErrPermission):
		return worded{name + " may not be read: permission denied", err}
	}
	var file *fs.PathError // which repeats the path
	if errors.As(err, &file) {
		err = file.Err
	}
	return fmt.Errorf("%s cannot be read: %w", name, err)
}

// worded is an error told in other words.
type worded struct {
	text  string
	cause error
}

func (e worded) Error() string { return e.text }
func (e worded) Unwrap() error { return e.cause }
