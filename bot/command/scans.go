package command

import (
	"context"
	"errors"
	"sync"

	"legacyauth/bot/watch"
	"legacyauth/storage"
)

// scans makes the passes that people ask for. They go on when whoever asked no
// longer waits, and end with the bot.
type scans struct {
	once     sync.Once
	requests chan scanRequest
	ended    chan struct{}
}

type scanRequest struct {
	do   func(ctx context.Context) scanned
	done chan scanned // with room for one
}

// scanned is what a pass came to.
type scanned struct {
	pass   storage.Pass
	joined bool
	err    error
}

func (s *scans) init() {
	s.once.Do(func() { s.requests, s.ended = make(chan scanRequest), make(chan struct{}) })
}

func (s *scans) run(ctx context.Context) {
	s.init()
	defer close(s.ended)
	var work sync.WaitGroup
	defer work.Wait()
	for {
		select {
		case <-ctx.Done():
			return
		case r := <-s.requests:
			work.Go(func() { r.done <- r.do(ctx) })
		}
	}
}

// errStopping says that no scan begins any more.
var errStopping = errors.New("the bot is stopping")

// begin has a pass over a tenant made, or joined when one is running; its end
// comes through the channel.
func (s *scans) begin(ctx context.Context, w *watch.Watcher, tenant string) (<-chan scanned, error) {
	s.init()
	r := scanRequest{done: make(chan scanned, 1), do: func(ctx context.Context) scanned {
		pass, joined, err := w.Scan(ctx, tenant, "command")
		return scanned{pass, joined, err}
	}}
	select {
	case s.requests <- r:
		return r.done, nil
	case <-s.ended:
		return nil, errStopping
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
