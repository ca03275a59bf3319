package folder

import (
	"errors"
	"os"
	"strings"
	"time"
)

// Contents counts the files below a folder that a Look would read or wait for, and
// says when the newest of them changed; with none that is the zero time. An error
// says in words what cannot be read.
func Contents(path string) (count int, newest time.Time, err error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return 0, time.Time{}, errors.New(unreadable(path, err))
	}
	defer func() { _ = root.Close() }()
	list, gaps, _, err := files(root)
	if err != nil {
		return 0, time.Time{}, errors.New(unreadable(path, err))
	}
	for _, f := range list {
		if f.changed.After(newest) {
			newest = f.changed
		}
	}
	if len(gaps) > 0 {
		err = errors.New(strings.Join(gaps, "; "))
	}
	return len(list), newest, err
}
