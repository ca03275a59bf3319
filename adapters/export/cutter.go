package export

import (
	"bytes"
	"errors"
	"io"
)

// cutter cuts text into jobs of whole records: JSON lines or CSV records.
type cutter struct {
	r     io.Reader
	at    position
	table *columns
	// whole gives the length of the whole records that text starts with.
	whole func(text []byte) int
	// end is why the text ended: io.EOF for a plain end.
	end error
}

var errOpenQuote = errors.New("a quoted cell is not closed within 16 MiB")

func newLineCutter(r io.Reader) *cutter {
	return &cutter{r: r, at: start, whole: func(text []byte) int { return bytes.LastIndexByte(text, '\n') + 1 }}
}

func (c *cutter) produce(f *feed) error {
	j, err := f.blank()
	if err != nil {
		return err
	}
	n := 0
	for {
		m, err := readFull(c.r, j.buf[n:])
		n += m
		if err != nil {
			c.end, j.last = err, true
			c.send(f, j, n)
			return nil
		}
		cut := c.whole(j.buf[:n])
		if cut == 0 {
			if n, err = c.long(f, j, n); err != nil {
				return err
			}
			continue
		}
		next, err := f.blank()
		if err != nil {
			return err
		}
		if n-cut > len(next.buf)/2 {
			next.buf = make([]byte, n-cut+f.chunk)
		}
		n = copy(next.buf, j.buf[cut:n])
		c.send(f, j, cut)
		j = next
	}
}

func (c *cutter) send(f *feed, j *job, n int) {
	j.at, j.data, j.table = c.at, j.buf[:n], c.table
	c.at = c.at.after(j.data)
	f.send(j)
}

// long makes room for a record longer than the buffer. A line longer than a row
// may be is left out; it gives how much of the buffer is in use then.
func (c *cutter) long(f *feed, j *job, n int) (int, error) {
	if len(j.buf) < f.row {
		grown := make([]byte, 2*len(j.buf))
		copy(grown, j.buf[:n])
		j.buf = grown
		return n, nil
	}
	if c.table != nil {
		e := c.at.rowError(errOpenQuote)
		return 0, e
	}
	j.skip(c.at.rowError(errRowTooLong))
	for {
		c.at = c.at.after(j.buf[:n])
		m, err := readFull(c.r, j.buf)
		if i := bytes.IndexByte(j.buf[:m], '\n'); i >= 0 {
			c.at = c.at.after(j.buf[:i+1])
			return copy(j.buf, j.buf[i+1:m]), nil
		}
		if n = m; err != nil {
			return 0, nil
		}
	}
}

// readFull fills buf and gives the reader's own error if it cannot.
func readFull(r io.Reader, buf []byte) (n int, err error) {
	for n < len(buf) && err == nil {
		var m int
		m, err = r.Read(buf[n:])
		n += m
	}
	if n == len(buf) {
		return n, nil
	}
	return n, err
}
