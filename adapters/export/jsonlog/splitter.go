package jsonlog

import (
	"errors"
	"io"

	"legacyauth/adapters/export/flow"
	"legacyauth/detect/logrow"
)

// Splitter finds the rows in a stream of JSON values without decoding them:
// objects, arrays of objects, and the envelopes of Graph ("value"), Event Hub
// ("records") and the Log Analytics query API ("tables"). It looks at strings
// and brackets only; the workers check the rows themselves.
//
// Its exported fields are set when Produce returns.
type Splitter struct {
	// Holds is what the first value of the stream is.
	Holds flow.Container
	// More says that the last page names a next one, Partial that an answer says
	// that it is not whole.
	More, Partial bool
	// Tables counts the tables read. Refused says why another was not.
	Tables  int
	Refused error
	// Cut says how the stream ends too early, "" when it does not.
	Cut string
	// End is why no more could be read: io.EOF for a plain end.
	End error

	r io.Reader
	f *flow.Feed

	j        *flow.Job
	pos, end int           // in j.Buf: what is looked at, what is read
	mark     int           // where the thing in progress starts; -1 when nothing is
	at       flow.Position // of j.Buf[0]
	long     bool          // the row in progress is too long and is passed over
	found    bool          // Holds is known
	passer   *logrow.Passer
}

// NewSplitter splits what r gives.
func NewSplitter(r io.Reader) *Splitter {
	return &Splitter{r: r, mark: -1, at: flow.Start(), passer: logrow.NewPasser("value", "records", "tables")}
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

// Produce sends the rows of the whole stream. An error is a flow.RowError where
// what is around the rows is broken, or the reader's.
func (s *Splitter) Produce(f *flow.Feed) error {
	j, err := f.Blank()
	if err != nil {
		return err
	}
	s.f, s.j = f, j
	err = s.values()
	if errors.Is(err, errCut) {
		s.Cut = "its JSON ends before the last list or object is closed"
		if s.mark >= 0 || s.long {
			s.Cut = "it ends in the middle of a row"
		}
		err = nil
	}
	s.j.Last = true
	s.ship(s.end)
	if s.End != nil && !errors.Is(s.End, io.EOF) && !errors.Is(s.End, io.ErrUnexpectedEOF) {
		return s.End
	}
	return err
}

// fault locates what is wrong. The JSON library names the place inside a row
// better.
func (s *Splitter) fault(cause error) error {
	if s.mark >= 0 && s.j.Buf[s.mark] == '{' {
		if f := logrow.Check(s.j.Buf[s.mark:s.end]); f != nil && !f.Cut {
			return s.at.After(s.j.Buf[:s.mark+f.At]).Error(f.Cause)
		}
	}
	return s.at.After(s.j.Buf[:s.pos]).Error(cause)
}
