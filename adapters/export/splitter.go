package export

import (
	"bytes"
	"errors"
	"io"
)

// splitter finds the rows in a stream of JSON values without decoding them:
// objects, arrays of objects, and the envelopes of Graph ("value"), Event Hub
// ("records") and the Log Analytics query API ("tables"). It looks at strings
// and brackets only; the workers check the rows themselves.
type splitter struct {
	r io.Reader
	f *feed

	j        *job
	pos, end int      // in j.buf: what is looked at, what is read
	mark     int      // where the thing in progress starts; -1 when nothing is
	at       position // of j.buf[0]
	long     bool     // the row in progress is too long and is passed over
	stop     error    // why no more can be read

	holds   container
	found   bool // holds is known
	more    bool // the last page names a next one
	partial bool // the answer says that it is not whole

	tables  int    // accepted
	refused error  // why the last refused table was
	cut     string // how the stream ends too early, "" when it does not
}

var (
	errCut      = errors.New("the JSON ends too early")
	errWantMore = errors.New("a value is missing after the comma")
	errNoKey    = errors.New("a key in quotes is missing")
	errNoColon  = errors.New("a colon is missing after the key")
	errNoComma  = errors.New("a comma or a closing bracket is missing")
	errNoValue  = errors.New("a value is missing")
	errNotList  = errors.New("an object or a list is missing here")
)

func (s *splitter) produce(f *feed) error {
	s.f, s.mark, s.at = f, -1, start
	j, err := f.blank()
	if err != nil {
		return err
	}
	s.j = j
	err = s.values()
	if errors.Is(err, errCut) {
		s.cut = "its JSON ends before the last list or object is closed"
		if s.mark >= 0 || s.long {
			s.cut = "it ends in the middle of a row"
		}
		err = nil
	}
	s.j.last = true
	s.ship(s.end)
	if s.stop != nil && !errors.Is(s.stop, io.EOF) && !cutShort(s.stop) {
		return s.stop
	}
	return err
}

// ship sends the rows found in the first n bytes.
func (s *splitter) ship(n int) {
	s.j.at, s.j.data = s.at, s.j.buf[:n]
	s.at = s.at.after(s.j.data)
	s.f.send(s.j)
}

// fill reads on, keeping what is in progress. It gives false at the end.
func (s *splitter) fill() bool {
	if s.stop != nil {
		return false
	}
	keep := s.end
	if s.mark >= 0 {
		keep = s.mark
	}
	switch {
	case len(s.j.spans) > 0:
		if !s.turn(keep) {
			return false
		}
		keep = 0
	case keep > 0:
		s.at = s.at.after(s.j.buf[:keep])
		copy(s.j.buf, s.j.buf[keep:s.end])
	case s.end == len(s.j.buf) && len(s.j.buf) < s.f.row:
		grown := make([]byte, 2*len(s.j.buf))
		copy(grown, s.j.buf)
		s.j.buf = grown
	case s.end == len(s.j.buf):
		s.j.skip(s.at.rowError(errRowTooLong))
		s.long, s.mark, keep = true, -1, s.end
		s.at = s.at.after(s.j.buf)
	}
	s.pos -= keep
	s.end -= keep
	if s.mark >= 0 {
		s.mark -= keep
	}
	var n int
	n, s.stop = readFull(s.r, s.j.buf[s.end:])
	s.end += n
	return n > 0
}

// turn sends the job with what precedes keep and goes on in another one.
func (s *splitter) turn(keep int) bool {
	next, err := s.f.blank()
	if err != nil {
		s.stop = err
		return false
	}
	tail := s.j.buf[keep:s.end]
	if len(tail) > len(next.buf)/2 {
		next.buf = make([]byte, len(tail)+s.f.chunk)
	}
	copy(next.buf, tail)
	next.table = s.j.table
	s.ship(keep)
	s.j = next
	s.pos -= keep
	s.end -= keep
	if s.mark >= 0 {
		s.mark -= keep
	}
	return true
}

// peek gives the next byte that is not space.
func (s *splitter) peek() (byte, error) {
	for {
		for s.pos < s.end {
			c := s.j.buf[s.pos]
			if c != ' ' && c != '\n' && c != '\r' && c != '\t' {
				return c, nil
			}
			s.pos++
		}
		if !s.fill() {
			return 0, errCut
		}
	}
}

func (s *splitter) fault(cause error) error {
	if s.mark >= 0 && s.j.buf[s.mark] == '{' {
		// The library names the place inside the row better.
		d := decoder{plain: true}
		if f := d.read(s.j.buf[s.mark:s.end]); f != nil && !f.cut {
			return s.at.after(s.j.buf[:s.mark+f.at]).rowError(f.cause)
		}
	}
	return s.at.after(s.j.buf[:s.pos]).rowError(cause)
}

// text passes a string whose opening quote has been passed.
func (s *splitter) text() error {
	escapes := 0
	for {
		rest := s.j.buf[s.pos:s.end]
		n := bytes.IndexByte(rest, '"')
		if n < 0 {
			escapes = trailing(rest, escapes)
			s.pos = s.end
			if !s.fill() {
				return errCut
			}
			continue
		}
		escapes = trailing(rest[:n], escapes)
		s.pos += n + 1
		if escapes&1 == 0 {
			return nil
		}
		escapes = 0
	}
}

// trailing counts the backslashes at the end of b, and before's when b is
// nothing else.
func trailing(b []byte, before int) int {
	n := 0
	for n < len(b) && b[len(b)-1-n] == '\\' {
		n++
	}
	if n == len(b) {
		n += before
	}
	return n
}

// value passes any value.
func (s *splitter) value() error {
	c, err := s.peek()
	if err != nil {
		return err
	}
	switch c {
	case '"':
		s.pos++
		return s.text()
	case '{', '[':
		return s.brackets()
	}
	from := 0
	for {
		for s.pos < s.end {
			switch s.j.buf[s.pos] {
			case ',', ']', '}', ' ', '\n', '\r', '\t', ':', '"', '{', '[':
				if from == 0 {
					return s.fault(errNoValue)
				}
				return nil
			}
			s.pos++
			from++
		}
		if !s.fill() {
			if s.mark < 0 {
				return errCut
			}
			return nil
		}
	}
}

// brackets passes an object or array up to its closing bracket.
func (s *splitter) brackets() error {
	depth := 0
	for {
		for s.pos < s.end {
			c := s.j.buf[s.pos]
			s.pos++
			switch c {
			case '"':
				if err := s.text(); err != nil {
					return err
				}
			case '{', '[':
				depth++
			case '}', ']':
				if depth--; depth == 0 {
					return nil
				}
			}
		}
		if !s.fill() {
			return errCut
		}
	}
}
