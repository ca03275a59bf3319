package folder

import (
	"bufio"
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"legacyauth/adapters/export/unpack"
)

// stored is a file as it lies in the folder.
type stored interface {
	io.Reader
	io.ReaderAt
}

// whole says whether a file looks finished, as far as its shape can tell: the
// compressed data has its trailer, the JSON is closed, the last line of a table
// has ended. What is broken is finished: reading it says so.
func whole(file stored, size int64) (bool, error) {
	r := bufio.NewReaderSize(file, 64<<10)
	head, err := r.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	if unpack.IsZip(head) {
		return hasDirectory(file, size)
	}
	text, err := unpack.Text("", r)
	if err != nil {
		return !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF), nil
	}
	t := bufio.NewReaderSize(text, 64<<10)
	first, err := firstSignificant(t)
	switch {
	case err != nil:
		return false, nil //nolint:nilerr // nothing but space, or cut before the first character
	case first == '{' || first == '[':
		return closed(t), nil
	}
	return lastLineEnded(t), nil
}

// firstSignificant skips white space and shows what follows.
func firstSignificant(r *bufio.Reader) (byte, error) {
	for {
		c, err := r.ReadByte()
		if err != nil {
			return 0, err
		}
		switch c {
		case ' ', '\t', '\r', '\n':
			continue
		}
		return c, r.UnreadByte()
	}
}

// closed says whether every JSON value has come to its end.
func closed(r io.Reader) bool {
	d := jsontext.NewDecoder(r, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	for {
		switch err := d.SkipValue(); {
		case err == nil:
		case errors.Is(err, io.ErrUnexpectedEOF):
			return false
		default: // its end, or broken
			return true
		}
	}
}

func lastLineEnded(r *bufio.Reader) bool {
	var last byte
	for {
		text, err := r.ReadSlice('\n')
		if len(text) > 0 {
			last = text[len(text)-1]
		}
		switch {
		case err == nil, errors.Is(err, bufio.ErrBufferFull):
		default:
			return errors.Is(err, io.EOF) && (last == '\n' || last == '\r')
		}
	}
}

// hasDirectory says whether a zip archive ends with its directory, which is
// written last.
func hasDirectory(at io.ReaderAt, size int64) (bool, error) {
	const longest = 22 + 1<<16 // the record and its comment
	tail := make([]byte, min(size, longest))
	n, err := at.ReadAt(tail, size-int64(len(tail)))
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	tail = tail[:n]
	for i := len(tail) - 22; i >= 0; i-- {
		if string(tail[i:i+4]) == "PK\x05\x06" {
			return true, nil
		}
	}
	return false, nil
}
