package logfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// lookBack is how much of a file's end is searched: more than a hundred of the
// longest messages, thousands of usual ones.
const lookBack = 8 << 20

// find says whether a line with the key stands at the end of the file, or of
// the newest file that was renamed away from it.
func find(path, key string) (bool, error) {
	found, err := holds(path, key)
	if found || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return found, err
	}
	older, err := renamed(path)
	if older == "" || err != nil {
		return false, err
	}
	found, err = holds(older, key)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return false, nil // whoever renamed it has taken it away
	}
	return found, err
}

// renamed gives the newest regular file beside path whose name is that of path
// with more behind it, as alerts.log.1 or alerts.log-20261123; empty: none.
// Packed files are left out.
func renamed(path string) (string, error) {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return "", err
	}
	newest, base := "", filepath.Base(path)
	var when fs.FileInfo
	for _, e := range entries {
		rest, ok := strings.CutPrefix(e.Name(), base)
		if !ok || rest == "" || rest[0] != '.' && rest[0] != '-' || packed(rest) || !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if err != nil {
			continue // gone since
		}
		if when == nil || info.ModTime().After(when.ModTime()) {
			newest, when = filepath.Join(filepath.Dir(path), e.Name()), info
		}
	}
	return newest, nil
}

func packed(name string) bool {
	switch filepath.Ext(name) {
	case ".gz", ".bz2", ".xz", ".zst":
		return true
	}
	return false
}

// holds says whether the last lookBack bytes of a file have a line with the key.
func holds(path, key string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	tail := make([]byte, min(info.Size(), lookBack))
	n, err := f.ReadAt(tail, info.Size()-int64(len(tail)))
	if err != nil && !errors.Is(err, io.EOF) { // shorter since: somebody has emptied it
		return false, err
	}
	return hasKey(tail[:n], key), nil
}

// hasKey looks for the key as JSON writes it before it decodes a line. What is
// after the last line feed may be torn and counts only when it is whole.
func hasKey(tail []byte, key string) bool {
	quoted, err := json.Marshal(key)
	if err != nil {
		return false
	}
	needle := append([]byte(`"key":`), quoted...)
	for {
		at := bytes.Index(tail, needle)
		if at < 0 {
			return false
		}
		begin := bytes.LastIndexByte(tail[:at], '\n') + 1
		line, rest, _ := bytes.Cut(tail[begin:], []byte{'\n'})
		if l, err := Parse(line); err == nil && l.Key == key {
			return true
		}
		tail = rest
	}
}
