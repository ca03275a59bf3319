package logfile

import (
	"errors"
	"io"
	"strings"
	"syscall"
	"testing"

	"legacyauth/adapters/chat"
)

// disk is a file on a disk with room for a few bytes.
type disk struct {
	data          []byte
	room          int
	stuck, unsafe bool // Truncate fails; Sync fails
}

func (d *disk) Write(p []byte) (int, error) {
	n := min(len(p), d.room-len(d.data))
	d.data = append(d.data, p[:n]...)
	if n < len(p) {
		return n, syscall.ENOSPC
	}
	return n, nil
}

func (d *disk) ReadAt(p []byte, off int64) (int, error) {
	return strings.NewReader(string(d.data)).ReadAt(p, off)
}

func (d *disk) Seek(int64, int) (int64, error) { return int64(len(d.data)), nil }

func (d *disk) Truncate(size int64) error {
	if d.stuck {
		return syscall.EIO
	}
	d.data = d.data[:size]
	return nil
}

func (d *disk) Sync() error {
	if d.unsafe {
		return syscall.EIO
	}
	return nil
}

var _ io.ReaderAt = (*disk)(nil)

const (
	earlier = `{"time":"2026-11-23T12:00:00Z","key":"one","place":"logfile:a.log","title":"t","text":"x"}` + "\n"
	newest  = `{"time":"2026-11-23T12:00:01Z","key":"two","place":"logfile:a.log","title":"t","text":"y"}` + "\n"
)

func TestDiskFull(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		disk  disk
		left  string
		maybe bool
	}{
		"no room":            {disk{room: len(earlier)}, earlier, false},
		"room for half":      {disk{room: len(earlier) + 40}, earlier, false},
		"half stays":         {disk{room: len(earlier) + 40, stuck: true}, earlier + newest[:40], false},
		"not on the disk":    {disk{room: 1000, unsafe: true}, earlier + newest, true},
		"all but line feeds": {disk{room: len(earlier) + len(newest) - 1}, earlier, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := tt.disk
			d.data = []byte(earlier)
			err := explain(write(&d, []byte(newest)))
			retry := chat.Retry(err)
			if retry == nil || retry.Maybe != tt.maybe {
				t.Fatalf("write = %v, want a RetryError with Maybe %v", err, tt.maybe)
			}
			if !tt.maybe && !errors.Is(err, syscall.ENOSPC) {
				t.Errorf("%v does not hold what the disk says", err)
			}
			if string(d.data) != tt.left {
				t.Errorf("the file holds %q, want %q", d.data, tt.left)
			}
			// With room again the next line is whole.
			d.room, d.stuck, d.unsafe = 1000, false, false
			if err := mend(&d); err != nil {
				t.Fatal(err)
			}
			if err := write(&d, []byte(newest)); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(d.data)) {
				if _, err := Parse([]byte(line)); err != nil || !strings.HasSuffix(line, "\n") {
					t.Errorf("line %q: %v", line, err)
				}
			}
		})
	}
}

func TestErrorsExplained(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		err   error
		final bool
	}{
		"disk full":        {syscall.ENOSPC, false},
		"quota":            {syscall.EDQUOT, false},
		"read-only disk":   {syscall.EROFS, false},
		"broken disk":      {syscall.EIO, false},
		"too many files":   {syscall.EMFILE, false},
		"file too large":   {syscall.EFBIG, false},
		"no such folder":   {syscall.ENOENT, true},
		"not allowed":      {syscall.EACCES, true},
		"never allowed":    {syscall.EPERM, true},
		"a file in a path": {syscall.ENOTDIR, true},
		"a folder":         {syscall.EISDIR, true},
		"name too long":    {syscall.ENAMETOOLONG, true},
		"not a file":       {errNotRegular, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := explain(tt.err)
			if final := chat.Retry(err) == nil; final != tt.final || errors.Is(err, chat.ErrNoPlace) != tt.final {
				t.Errorf("explain = %v: final %v, want %v", err, final, tt.final)
			}
			if !errors.Is(err, tt.err) {
				t.Errorf("%v does not hold %v", err, tt.err)
			}
		})
	}
}

func FuzzEnding(f *testing.F) {
	for _, s := range []string{"", earlier, earlier + newest[:30], newest[:1], "\x00\x00", earlier + "\x00", "notes", "{\"time\"\n{"} {
		f.Add([]byte(s), true)
		f.Add([]byte(s), false)
	}
	f.Fuzz(func(t *testing.T, tail []byte, start bool) {
		keep, feed := ending(tail, start)
		if keep < 0 || keep > len(tail) {
			t.Fatalf("ending(%q) keeps %d of %d bytes", tail, keep, len(tail))
		}
		mended := append([]byte{}, tail[:keep]...)
		if feed {
			mended = append(mended, '\n')
		}
		if len(mended) > 0 && mended[len(mended)-1] != '\n' {
			t.Fatalf("ending(%q) leaves %q", tail, mended)
		}
		// Lines that were ended are never touched.
		for i := len(tail) - 1; i >= 0; i-- {
			if tail[i] == '\n' {
				if keep <= i {
					t.Fatalf("ending(%q) takes away a whole line", tail)
				}
				break
			}
		}
	})
}
