package demo

import (
	"fmt"
	"io"
	"time"

	"legacyauth/bot/demo/graphlog"
)

// StreamConfig says which large log to write.
type StreamConfig struct {
	Seed uint64
	// Rows and Bytes end the log, whichever is reached first; zero is no
	// limit, and one of them must be given. Bytes ends it at the end of a row.
	Rows, Bytes int64
	// Users is the number of people, Clients the number of legacy clients they
	// have together; both at least one.
	Users, Clients int
	// Legacy is the share of rows that are legacy, from 0 to 1.
	Legacy   float64
	Shape    graphlog.Shape
	From, To time.Time
}

// Streamed says what was written. As in detect.Counts, Legacy counts repeated
// rows, and Duplicates counts the repeated legacy rows only.
type Streamed struct {
	Rows, Bytes, Legacy, Duplicates int64
	// Clients is how many legacy clients the rows belong to.
	Clients int
}

// flushAt is how much is gathered before it is written.
const flushAt = 1 << 20

// Stream writes a log of any size in constant memory: rows from templates with
// the fields of each filled in, a few of them late, out of order or repeated.
// Equal configurations give equal bytes. Errors are those of w and of a
// configuration that cannot be.
func Stream(c StreamConfig, w io.Writer) (Streamed, error) {
	if err := c.check(); err != nil {
		return Streamed{}, fmt.Errorf("generate sign-ins: %w", err)
	}
	frame, err := c.Shape.Frame()
	if err != nil {
		return Streamed{}, fmt.Errorf("generate sign-ins: %w", err)
	}
	s := newStream(c, frame)
	buf := append(make([]byte, 0, flushAt+1<<14), frame.Head...)
	flush := func() error {
		s.done.Bytes += int64(len(buf))
		_, err := w.Write(buf)
		buf = buf[:0]
		if err != nil {
			return fmt.Errorf("write generated sign-ins: %w", err)
		}
		return nil
	}
	for !s.full(len(buf) + len(frame.Tail)) {
		if s.done.Rows > 0 {
			buf = append(buf, frame.Between...)
		}
		buf = s.next(buf)
		if len(buf) >= flushAt {
			if err := flush(); err != nil {
				return s.done, err
			}
		}
	}
	buf = append(buf, frame.Tail...)
	return s.done, flush()
}

func (c StreamConfig) check() error {
	switch {
	case c.Rows <= 0 && c.Bytes <= 0:
		return fmt.Errorf("neither a number of rows nor of bytes is given")
	case c.Users < 1 || c.Clients < 1:
		return fmt.Errorf("%d users and %d clients: at least one of each is needed", c.Users, c.Clients)
	case c.Legacy < 0 || c.Legacy > 1:
		return fmt.Errorf("a legacy share of %v is not between 0 and 1", c.Legacy)
	case !c.From.Before(c.To):
		return fmt.Errorf("the window ends before it begins")
	}
	return nil
}

// full says whether the log has reached its end, with pending bytes not yet
// written.
func (s *stream) full(pending int) bool {
	return s.Rows > 0 && s.done.Rows >= s.Rows || s.Bytes > 0 && s.done.Bytes+int64(pending) >= s.Bytes
}
