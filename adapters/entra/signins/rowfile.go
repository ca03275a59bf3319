package signins

import (
	"bufio"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"

	"legacyauth/detect"
)

// rowFile holds the sign-ins of a scan while it runs, one line each, readable
// by its owner only. Rows are handed over from the file alone, whether they
// were read a moment or a run ago, so that a resumed scan sees what an
// uninterrupted one would.
type rowFile struct {
	file *os.File
	out  *bufio.Writer
	end  mark
	text []byte
}

// mark is a place between two rows of a rowFile, with a checksum of everything
// before it.
type mark struct {
	Bytes int64  `json:"bytes"`
	Rows  int64  `json:"rows"`
	Sum   uint32 `json:"sum"`
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// errRowsBroken says that the file is not what it was when it was marked.
var errRowsBroken = errors.New("the kept sign-ins are not what was written")

// openRows opens or makes the file at path and cuts it at at. The error is
// errRowsBroken when what stands before at has changed.
func openRows(path string, at mark) (*rowFile, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("keep sign-ins: %w", err)
	}
	f := &rowFile{file: file, out: bufio.NewWriterSize(file, 1<<16)}
	sum := crc32.New(castagnoli)
	n, err := io.Copy(sum, io.NewSectionReader(file, 0, at.Bytes))
	if err == nil && (n != at.Bytes || sum.Sum32() != at.Sum) {
		err = errRowsBroken
	}
	if err == nil {
		err = f.rewind(at)
	}
	if err != nil {
		_ = file.Close()
		return nil, fmt.Errorf("keep sign-ins: %w", err)
	}
	return f, nil
}

// add writes one row at the end.
func (f *rowFile) add(s *detect.SignIn) error {
	text, err := appendLine(f.text[:0], s)
	if err != nil {
		return fmt.Errorf("keep a sign-in: %w", err)
	}
	f.text = text
	if _, err := f.out.Write(text); err != nil {
		return fmt.Errorf("keep a sign-in: %w", err)
	}
	f.end.Bytes += int64(len(text))
	f.end.Rows++
	f.end.Sum = crc32.Update(f.end.Sum, castagnoli, text)
	return nil
}

// rewind forgets the rows after at.
func (f *rowFile) rewind(at mark) error {
	// What stands before at may still be on its way to the file.
	if err := f.out.Flush(); err != nil {
		return fmt.Errorf("keep sign-ins: %w", err)
	}
	if err := f.file.Truncate(at.Bytes); err != nil {
		return fmt.Errorf("keep sign-ins: %w", err)
	}
	if _, err := f.file.Seek(at.Bytes, io.SeekStart); err != nil {
		return fmt.Errorf("keep sign-ins: %w", err)
	}
	f.end = at
	return nil
}

// flush makes the rows survive a crash of the machine.
func (f *rowFile) flush() error {
	if err := f.out.Flush(); err != nil {
		return fmt.Errorf("keep sign-ins: %w", err)
	}
	if err := f.file.Sync(); err != nil {
		return fmt.Errorf("keep sign-ins: %w", err)
	}
	return nil
}

// batchRows is the number of sign-ins handed over at once.
const batchRows = 512

// replay hands the rows between two marks to sink, those that wanted accepts,
// in batches that are valid during the call. It gives an error of sink as it
// is. The rows must have been flushed.
func (f *rowFile) replay(from, to mark, wanted func(*detect.SignIn) bool, sink func([]detect.SignIn) error) error {
	lines := bufio.NewReaderSize(io.NewSectionReader(f.file, from.Bytes, to.Bytes-from.Bytes), 1<<16)
	batch := make([]detect.SignIn, 0, batchRows)
	for {
		text, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(text) == 0 {
			break
		}
		var s detect.SignIn
		if err == nil {
			err = parseLine(text, &s)
		}
		if err != nil {
			return fmt.Errorf("read kept sign-ins: %w", errRowsBroken)
		}
		if !wanted(&s) {
			continue
		}
		if batch = append(batch, s); len(batch) == batchRows {
			if err := sink(batch); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	if len(batch) == 0 {
		return nil
	}
	return sink(batch)
}

func (f *rowFile) close() error { return f.file.Close() }
