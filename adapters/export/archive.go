package export

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/klauspost/compress/flate"
)

// maxSpool bounds the temporary file that a zip archive from a stream is
// written to.
const maxSpool = 16 << 30

// archive reads every member of a zip archive. Members are refused as
// files are, except what is plainly no log, which is left out with a note.
func (s *scan) archive(in Input, rc io.ReadCloser, r io.Reader) (Report, error) {
	at, size, closeAt, err := s.randomAccess(in, rc, r)
	if err != nil {
		return Report{}, err
	}
	defer closeAt()
	s.size = size
	z, err := zip.NewReader(meterAt{at, s}, size)
	if err != nil {
		return Report{}, fmt.Errorf("open zip archive %s: it is cut or damaged: %w", in.Name, err)
	}
	z.RegisterDecompressor(zip.Deflate, flate.NewReader)
	if slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == "[Content_Types].xml" }) {
		return Report{}, &WrongTableError{Name: in.Name, What: "an Excel workbook", Instead: "save the sheet as CSV (UTF-8), or download the log again as CSV or JSON"}
	}
	report := Report{Name: in.Name, Shape: "archive"}
	var out *WrongTableError // the first member that was left out
	read := 0
	for _, f := range z.File {
		if hidden(f.Name) {
			continue
		}
		name := in.Name + "/" + printable(f.Name)
		m, err := s.member(name, f)
		m.Name = name
		if wrong := noLog(err); wrong != nil {
			if out == nil {
				out = wrong
			}
			report.Notes = append(report.Notes, printable(f.Name)+" was left out: it holds "+wrong.What)
			continue
		}
		report.add(m)
		if err != nil {
			return report, err
		}
		read++
	}
	switch {
	case read > 0:
		return report, nil
	case out != nil:
		return report, out
	}
	return report, fmt.Errorf("zip archive %s holds no files", in.Name)
}

// hidden leaves out folders and what systems add to archives.
func hidden(name string) bool {
	return strings.HasSuffix(name, "/") || strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(path.Base(name), ".")
}

// printable drops from a member's name what could change a terminal.
func printable(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, name)
}

func (s *scan) member(name string, f *zip.File) (Report, error) {
	if f.Flags&1 != 0 {
		return Report{}, fmt.Errorf("read %s: the archive is encrypted; unpack it first", name)
	}
	rc, err := f.Open()
	if err != nil {
		return Report{}, fmt.Errorf("open %s: %w", name, err)
	}
	defer func() { _ = rc.Close() }()
	return s.content(name, bufio.NewReaderSize(rc, 64<<10), f.Open)
}

// randomAccess gives the archive as zip needs it. A stream goes to a temporary
// file first, which done removes.
func (s *scan) randomAccess(in Input, rc io.ReadCloser, r io.Reader) (at io.ReaderAt, size int64, done func(), err error) {
	if at, ok := rc.(io.ReaderAt); ok && in.Size >= 0 {
		return at, in.Size, func() {}, nil
	}
	f, err := os.CreateTemp("", "legacyauth-*.zip")
	if err != nil {
		return nil, 0, nil, fmt.Errorf("store zip archive %s: %w", in.Name, err)
	}
	done = func() {
		_ = f.Close()
		_ = os.Remove(f.Name())
	}
	size, err = io.Copy(f, io.LimitReader(r, maxSpool+1))
	if err == nil && size > maxSpool {
		err = errors.New("it is larger than 16 GiB; unpack it first")
	}
	if err != nil {
		done()
		return nil, 0, nil, fmt.Errorf("store zip archive %s: %w", in.Name, s.cause(err))
	}
	s.read.Store(0)
	return f, size, done, nil
}

// meterAt is meter for an archive.
type meterAt struct {
	r io.ReaderAt
	s *scan
}

func (m meterAt) ReadAt(p []byte, at int64) (int, error) {
	if err := m.s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.r.ReadAt(p, at)
	m.s.read.Add(int64(n))
	var file *fs.PathError // of a temporary file nobody knows
	if errors.As(err, &file) {
		err = file.Err
	}
	return n, err
}
