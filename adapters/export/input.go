package export

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Input is one file or stream to read.
type Input struct {
	// Name is what errors and reports call it: the path as given, quoted when it
	// has characters that cannot be printed, or "standard input".
	Name string
	// Size is its length in bytes as stored, before decompression; -1 when not
	// known.
	Size int64
	// Open opens it from its start. It is called a second time only when Size
	// is known, and may return an error then.
	Open func() (io.ReadCloser, error)

	folder *folder // it was found in; nil for one that was named
}

// Inputs turns the arguments of a command into inputs, in their order. "-" is
// stdin, a directory stands for the files below it sorted by path, without
// hidden ones, and Read leaves out those that are plainly no log. Patterns are not expanded. An error names the path.
func Inputs(paths []string, stdin io.Reader) ([]Input, error) {
	var inputs []Input
	dashes := 0
	for _, path := range paths {
		if path == "-" {
			if dashes++; dashes > 1 {
				return nil, errors.New("standard input (-) is named twice; name it once")
			}
			inputs = append(inputs, streamInput(stdin))
			continue
		}
		if path == "" {
			return nil, errors.New("the path is empty; name a file, a folder, or - for standard input")
		}
		info, err := os.Stat(path)
		if err != nil {
			return nil, unreadable(shown(path), err)
		}
		if !info.IsDir() {
			inputs = append(inputs, fileInput(path, info))
			continue
		}
		below, err := directory(path)
		if err != nil {
			return nil, err
		}
		inputs = append(inputs, below...)
	}
	return inputs, nil
}

func fileInput(path string, info fs.FileInfo) Input {
	size := int64(-1)
	if info.Mode().IsRegular() {
		size = info.Size()
	}
	return Input{Name: shown(path), Size: size, Open: func() (io.ReadCloser, error) { return os.Open(path) }}
}

// directory lists the files below root; diagnostic settings write to storage as
// one file per hour in nested folders.
func directory(root string) ([]Input, error) {
	var inputs []Input
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if path != root && strings.HasPrefix(entry.Name(), ".") {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		info, err := os.Stat(path) // follows links
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			return nil
		}
		inputs = append(inputs, fileInput(path, info))
		return nil
	})
	if err != nil {
		var file *fs.PathError
		if errors.As(err, &file) {
			return nil, unreadable(shown(file.Path), err)
		}
		return nil, unreadable(shown(root), err)
	}
	if len(inputs) == 0 {
		return nil, fmt.Errorf("%s is a directory without files", shown(root))
	}
	found := &folder{files: int64(len(inputs))}
	for i := range inputs {
		inputs[i].folder = found
	}
	return inputs, nil
}

func streamInput(r io.Reader) Input {
	in := Input{Name: "standard input", Size: -1}
	if f, ok := r.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			in.Size = info.Size()
		}
	}
	opened := false
	in.Open = func() (io.ReadCloser, error) {
		if opened {
			return nil, errors.New("standard input can be read only once")
		}
		opened = true
		return stream{r}, nil
	}
	return in
}

// stream closes what it reads when that can be closed, so that a blocked read
// of a pipe ends when the scan is canceled.
type stream struct{ io.Reader }

func (s stream) Close() error {
	if c, ok := s.Reader.(io.Closer); ok {
		return c.Close()
	}
	return nil
}
