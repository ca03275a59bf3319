package bench

import (
	"bytes"
	"fmt"
	"io"
	"os"
)

// File is a log that programs are asked about.
type File struct {
	Path  string
	Bytes int64 // as stored
	Gzip  bool
	// Shape is what this program calls the content.
	Shape string
}

// The shapes for which the question is written in the languages of other
// programs.
const (
	lines  = "Graph JSON lines"
	array  = "Graph array"
	page   = "Graph list"
	portal = "portal CSV"
)

// Open looks at a file and reads it once, so that each program finds it in
// memory, as far as it fits there.
func Open(path string) (File, error) {
	file, err := os.Open(path)
	if err != nil {
		return File{}, fmt.Errorf("open %s: %w", path, err)
	}
	defer func() { _ = file.Close() }()
	magic := make([]byte, 2)
	_, _ = io.ReadFull(file, magic)
	n, err := io.Copy(io.Discard, file)
	if err != nil {
		return File{}, fmt.Errorf("read %s: %w", path, err)
	}
	return File{Path: path, Bytes: n + int64(len(magic)), Gzip: bytes.Equal(magic, []byte{0x1f, 0x8b})}, nil
}
