package entra

import (
	"net/http"
	"sync"
	"time"
)

// tolerated is the skew from which an explanation names the clock. Entra accepts
// five minutes, but a signature just made is refused at less when its start
// lies ahead, and the Date header counts whole seconds.
const tolerated = 2 * time.Minute

// skew keeps how far this machine's clock is behind the other side's. It is safe
// for several goroutines.
type skew struct {
	mu     sync.Mutex
	behind time.Duration
	seen   bool
}

// measure takes the Date header of an answer to a request that was sent and
// answered at the given times by this machine's clock. An intermediate's cached
// answer would mislead, so one with an Age is left out.
func (s *skew) measure(header http.Header, sent, answered time.Time) {
	if s == nil || header.Get("Age") != "" {
		return
	}
	theirs, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return
	}
	middle := sent.Add(answered.Sub(sent) / 2)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.behind = theirs.Sub(middle)
	s.seen = true
}

// known is how far this machine's clock is behind, negative when it is ahead.
func (s *skew) known() (time.Duration, bool) {
	if s == nil {
		return 0, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.behind, s.seen
}
