package slack

import (
	"context"
	"sync"
	"time"

	"legacyauth/adapters/chat"
)

// Run receives until ctx ends. Each request is acknowledged when it comes and
// waits in a queue of its own; what does not fit into the queue is told to try
// again. Run returns when every handler has, and answers are shown until then.
func (p *Platform) Run(ctx context.Context, h chat.Handler) error {
	d := &desk{
		p: p, h: h, ctx: ctx, queue: make(chan visit, p.options.Queue), turned: make(chan visit, p.options.Queue),
		missed: map[string]visit{},
	}
	// What receives goes on until every request that it took has its answer.
	receiving, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var lines, workers sync.WaitGroup
	for range p.options.Workers {
		workers.Go(func() {
			for v := range d.queue {
				d.handle(v)
			}
		})
	}
	lines.Go(func() { d.turnAway(receiving) })
	for token, all := range p.sockets() {
		lines.Go(func() { d.socket(receiving, token, all) })
	}
	if p.options.Listener != nil {
		lines.Go(func() { d.serve(receiving, p.options.Listener) })
	}
	d.untilDone(ctx)
	d.close()
	workers.Wait()
	d.later.Wait()
	stop()
	lines.Wait()
	return nil
}

// desk takes requests and has them handled.
type desk struct {
	p      *Platform
	h      chat.Handler
	ctx    context.Context //nolint:containedctx // of the handlers, which outlive the request's own
	queue  chan visit
	turned chan visit // requests that found the queue full
	later  sync.WaitGroup

	mu     sync.Mutex
	closed bool
	missed map[string]visit // start pages that could not be shown, by person
}

// take puts a visit into the queue, without waiting. False: there is no room, or
// the program is stopping.
func (d *desk) take(v visit) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return false
	}
	select {
	case d.queue <- v:
		return true
	default:
		return false
	}
}

// close takes nothing more.
func (d *desk) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	close(d.queue)
}

// busy is what is said when the queue is full.
const busy = "I am busy right now. Please try again in a minute; nothing was done."

// refuse has a visit told that there is no room, and forgets it where even that
// has to wait.
func (d *desk) refuse(v visit) {
	if v.isHome() {
		d.miss(v)
		return
	}
	select {
	case d.turned <- v:
	default:
		d.p.options.Log.Warn("slack: a request found no room and could not be told", "delivery", v.request.Delivery)
	}
}

// turnAway tells those who found no room.
func (d *desk) turnAway(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case v := <-d.turned:
			d.tell(v, sorry(busy))
		}
	}
}

// missedEvery is how soon a start page that could not be shown is tried again.
const missedEvery = time.Minute

// untilDone tries start pages again that were missed, until ctx ends.
func (d *desk) untilDone(ctx context.Context) {
	ticker := time.NewTicker(missedEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			d.catchUp()
		}
	}
}

// missedKept is of how many people a missed start page is remembered.
const missedKept = 1000

// miss remembers a start page that somebody looks at and that is not there.
func (d *desk) miss(v visit) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.missed) < missedKept {
		v.request.Delivery = "" // it was seen, and is to be handled once more
		d.missed[v.request.From.Who()] = v
	}
}

// catchUp has the missed start pages handled.
func (d *desk) catchUp() {
	d.mu.Lock()
	missed := d.missed
	d.missed = map[string]visit{}
	d.mu.Unlock()
	for _, v := range missed {
		if !d.take(v) {
			d.miss(v)
		}
	}
}
