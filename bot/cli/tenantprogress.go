package cli

import (
	"fmt"
	"io"
	"sync"
	"time"

	"legacyauth/adapters/entra/signins"
)

// tenantProgress keeps one line on a terminal about the tenant being scanned,
// from two seconds on. Elsewhere it prints nothing.
type tenantProgress struct {
	env   *Env
	began time.Time
	name  string

	mu      sync.Mutex // waiting comes from any goroutine
	printed bool
}

// came is told after every page.
func (p *tenantProgress) came(s signins.Progress) {
	line := fmt.Sprintf("%s: %.0f %% read, %d rows, %d requests", p.name, s.Share*100, s.Rows, s.Requests)
	if s.Left > 0 {
		line += ", about " + s.Left.Round(time.Second).String() + " left"
	}
	p.show(line)
}

// waiting is told what is being waited for.
func (p *tenantProgress) waiting(what string) { p.show(p.name + ": " + what) }

func (p *tenantProgress) show(line string) {
	if p.env.Err.Width == 0 || p.env.Now().Sub(p.began) < progressAfter {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if room := p.env.Err.Width - 1; len(line) > room {
		line = line[:room]
	}
	_, _ = io.WriteString(p.env.Stderr, "\r"+line+"\x1b[K")
	p.printed = true
}

func (p *tenantProgress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.printed {
		_, _ = io.WriteString(p.env.Stderr, "\r\x1b[K")
		p.printed = false
	}
}
