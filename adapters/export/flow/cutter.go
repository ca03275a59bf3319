package flow

import (
	"bytes"
	"io"

	"legacyauth/detect/logrow"
)

// Cutter cuts text into jobs of whole records: JSON lines or CSV records.
type Cutter struct {
	Reader io.Reader
	At     Position        // of the reader's first byte
	Table  *logrow.Columns // of CSV, nil for lines
	// Whole gives the length of the whole records that text starts with.
	Whole func(text []byte) int
	// End is set to why the text ended: io.EOF for a plain end.
	End error
}

// NewLineCutter cuts a text after its line ends.
func NewLineCutter(r io.Reader) *Cutter {
	return &Cutter{Reader: r, At: Start(), Whole: func(text []byte) int { return bytes.LastIndexByte(text, '\n') + 1 }}
}

// Produce sends the whole text.
func (c *Cutter) Produce(f *Feed) error {
	j, err := f.Blank()
	if err != nil {
		return err
	}
	n := 0
	for {
		m, err := ReadFull(c.Reader, j.Buf[n:])
		n += m
		if err != nil {
			c.End, j.Last = err, true
			c.send(f, j, n)
			return nil
		}
		cut := c.Whole(j.Buf[:n])
		if cut == 0 {
			if n, err = c.long(f, j, n); err != nil {
				return err
			}
			continue
		}
		next, err := f.Next(j.Buf[cut:n])
		if err != nil {
			return err
		}
		n -= cut
		c.send(f, j, cut)
		j = next
	}
}

func (c *Cutter) send(f *Feed, j *Job, n int) {
	j.At, j.Data, j.Table = c.At, j.Buf[:n], c.Table
	c.At = c.At.After(j.Data)
	f.Send(j)
}

// long makes room for a record longer than the buffer. A line longer than a row
// may be is left out; it gives how much of the buffer is in use then.
func (c *Cutter) long(f *Feed, j *Job, n int) (int, error) {
	if f.Grow(j) {
		return n, nil
	}
	if c.Table != nil {
		return 0, c.At.Error(errOpenQuote)
	}
	j.Tally.Skip(c.At.Error(ErrRowTooLong))
	for {
		c.At = c.At.After(j.Buf[:n])
		m, err := ReadFull(c.Reader, j.Buf)
		if i := bytes.IndexByte(j.Buf[:m], '\n'); i >= 0 {
			c.At = c.At.After(j.Buf[:i+1])
			return copy(j.Buf, j.Buf[i+1:m]), nil
		}
		if n = m; err != nil {
			return 0, nil
		}
	}
}

// ReadFull fills buf and gives the reader's own error if it cannot.
func ReadFull(r io.Reader, buf []byte) (n int, err error) {
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
