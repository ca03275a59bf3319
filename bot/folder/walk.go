package folder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"unicode"
)

// found is a file below the folder.
type found struct {
	path string // relative, with slashes
	state
}

// unfinished are the names under which programs write what is not done yet.
var unfinished = []string{".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".download", ".swp", "~"}

// passedOver says whether a name is hidden, or one that its writer will change.
func passedOver(name string) bool {
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") {
		return true
	}
	name = strings.ToLower(name)
	for _, end := range unfinished {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

// files lists the files below root by path. What vanishes meanwhile is left out;
// gaps says which folders cannot be listed, and outside counts the links that
// lead out of it.
func files(root *os.Root) (list []found, gaps []string, outside int, err error) {
	err = fs.WalkDir(root.FS(), ".", func(at string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && at != ".":
			return nil
		case err != nil && at == ".":
			return err
		case err != nil:
			gaps = append(gaps, unreadable(at, err))
			return fs.SkipDir
		case at == ".":
			return nil
		case passedOver(entry.Name()):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.Type()&fs.ModeSymlink != 0:
			// What a link inside the folder leads to is found there itself.
			if _, err := root.Stat(at); err != nil && !errors.Is(err, fs.ErrNotExist) {
				outside++
			}
			return nil
		case !entry.Type().IsRegular():
			return nil
		}
		info, err := entry.Info()
		if err != nil {
			return nil //nolint:nilerr // it has vanished
		}
		list = append(list, found{at, stateOf(info)})
		return nil
	})
	return list, gaps, outside, err
}

func stateOf(info fs.FileInfo) state {
	// Microseconds are what the database keeps.
	return state{info.Size(), info.ModTime().UTC().Truncate(1000)}
}

// shown writes a path as coverage does: quoted when something in it could change
// a terminal.
func shown(at string) string {
	if strings.ContainsFunc(at, func(r rune) bool { return !unicode.IsPrint(r) || r == unicode.ReplacementChar }) {
		return strconv.Quote(at)
	}
	return at
}

// unreadable says in words why a file or folder cannot be read.
func unreadable(at string, err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return shown(at) + " does not exist"
	case errors.Is(err, fs.ErrPermission):
		return shown(at) + " may not be read: permission denied"
	}
	var file *fs.PathError // which repeats the path
	if errors.As(err, &file) {
		err = file.Err
	}
	return fmt.Sprintf("%s cannot be read: %v", shown(at), err)
}

// named lists at most three paths.
func named(paths []string) string {
	const most = 3
	var names []string
	for _, p := range paths[:min(most, len(paths))] {
		names = append(names, shown(path.Clean(p)))
	}
	text := strings.Join(names, ", ")
	if more := len(paths) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
