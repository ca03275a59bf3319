package cli

import (
	"sync"
	"time"
)

// ticking shows on a screen what is being done and for how long.
type ticking struct {
	screen *screen
	who    string
	stop   chan struct{}
	done   sync.WaitGroup

	mu    sync.Mutex
	what  string
	since time.Time
}

// tick begins to show what say is told, until end.
func (s *screen) tick(who string) *ticking {
	t := &ticking{screen: s, who: who, stop: make(chan struct{}), since: s.env.Now()}
	t.done.Go(func() {
		ticker := time.NewTicker(progressEvery)
		defer ticker.Stop()
		for {
			select {
			case <-t.stop:
				return
			case <-ticker.C:
				t.show()
			}
		}
	})
	return t
}

func (t *ticking) say(what string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.what, t.since = what, t.screen.env.Now()
}

func (t *ticking) show() {
	t.mu.Lock()
	line := t.what + "  " + t.screen.env.Now().Sub(t.since).Round(time.Second).String()
	t.mu.Unlock()
	t.screen.show(t.who, line)
}

// end takes the line away.
func (t *ticking) end() {
	close(t.stop)
	t.done.Wait()
	t.screen.clear()
}
