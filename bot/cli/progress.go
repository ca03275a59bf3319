package cli

import (
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"legacyauth/adapters/export"
)

// progress prints one line to a terminal, renewed in place, once a scan has
// taken longer than two seconds. Elsewhere it prints nothing.
type progress struct {
	total int64 // bytes of all inputs; 0 when one of them is a stream
	read  atomic.Int64
	stop  chan struct{}
	done  sync.WaitGroup
}

const (
	progressAfter = 2 * time.Second
	progressEvery = 250 * time.Millisecond
)

// startProgress begins to watch a scan of inputs; Stop ends it.
func startProgress(env *Env, inputs []export.Input) *progress {
	p := &progress{stop: make(chan struct{})}
	for _, in := range inputs {
		if in.Size < 0 {
			p.total = 0
			break
		}
		p.total += in.Size
	}
	if env.Err.Width == 0 {
		return p
	}
	p.done.Go(func() { p.print(env.Stderr) })
	return p
}

// Reader gives the function that counts what is read of one input.
func (p *progress) Reader() func(int64) {
	if p == nil {
		return nil
	}
	var last int64
	return func(read int64) {
		p.read.Add(read - last)
		last = read
	}
}

// Stop ends the line and waits until it is gone from the screen.
func (p *progress) Stop() {
	close(p.stop)
	p.done.Wait()
}

func (p *progress) print(w io.Writer) {
	start := time.Now()
	ticker := time.NewTicker(progressEvery)
	defer ticker.Stop()
	printed := false
	for {
		select {
		case <-p.stop:
			if printed {
				_, _ = io.WriteString(w, "\r\x1b[K")
			}
			return
		case now := <-ticker.C:
			if took := now.Sub(start); took >= progressAfter {
				_, _ = io.WriteString(w, "\r"+progressLine(p.read.Load(), p.total, took)+"\x1b[K")
				printed = true
			}
		}
	}
}

// progressLine says how much has been read, how fast, and how long it will
// still take where the total is known.
func progressLine(read, total int64, took time.Duration) string {
	const mega = 1e6
	rate := float64(read) / took.Seconds()
	line := fmt.Sprintf("scanning  %.0f MB  %.0f MB/s", float64(read)/mega, rate/mega)
	if total <= 0 || rate <= 0 {
		return line
	}
	share := min(float64(read)/float64(total), 1)
	left := time.Duration(float64(total-read)/rate) * time.Second
	return fmt.Sprintf("%s  %.0f %% done  about %s left", line, share*100, max(left, 0).Round(time.Second))
}
