package cli

import (
	"fmt"
	"io"
	"sync"
	"time"

	"legacyauth/adapters/entra/signins"
)

// screen keeps one line on a terminal about the tenants being scanned, from two
// seconds on. Elsewhere it prints nothing. It may be told from any goroutine.
type screen struct {
	env   *Env
	began time.Time

	mu      sync.Mutex
	printed bool
}

// of gives what a tenant's scan is to tell after every page.
func (s *screen) of(tenant string) func(signins.Progress) {
	return func(p signins.Progress) {
		line := fmt.Sprintf("%.0f %% read, %d rows, %d requests", p.Share*100, p.Rows, p.Requests)
		if p.Left > 0 {
			line += ", about " + p.Left.Round(time.Second).String() + " left"
		}
		s.show(tenant+": ", line)
	}
}

func (s *screen) show(who, what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.env.Err.Width == 0 || s.env.Now().Sub(s.began) < progressAfter {
		return
	}
	line := []rune(who + what)
	_, _ = io.WriteString(s.env.Stderr, "\r"+string(line[:min(len(line), s.env.Err.Width-1)])+"\x1b[K")
	s.printed = true
}

func (s *screen) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.printed {
		_, _ = io.WriteString(s.env.Stderr, "\r\x1b[K")
		s.printed = false
	}
}
