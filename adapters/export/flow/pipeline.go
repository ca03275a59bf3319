package flow

import (
	"context"
	"sync"

	"legacyauth/detect"
	"legacyauth/detect/logrow"
	"legacyauth/detect/logrow/logtime"
)

// Pipeline moves rows from Produce through workers to Deliver.
type Pipeline struct {
	Sizes   Sizes
	Workers int           // how many; at least one
	Dates   logtime.Order // the order of day and month
	Whole   bool          // also fill what tells the client of a modern sign-in
	Skim    bool          // leave modern sign-ins out once they are counted
	// FoldOver is as in logrow.Decoder.
	FoldOver *detect.Window
	// Produce sends the text in jobs.
	Produce func(*Feed) error
	// Work makes the function of one worker.
	Work func() Work
	// Deliver gets every batch, in order; a batch is valid during the call only.
	Deliver func(*Batch) error
}

// Run returns when all goroutines have ended, with the first error of Deliver, or
// else of Produce.
func (p Pipeline) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	jobs := p.Workers + 2
	f := &Feed{Sizes: p.Sizes, ctx: ctx, free: make(chan *Job, jobs), queue: make(chan *Job, jobs), order: make(chan *Job, jobs)}
	for range jobs {
		f.free <- &Job{}
	}
	batches := make(chan *Batch, 2*jobs)

	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	var produced error
	running.Go(func() {
		produced = p.Produce(f)
		close(f.queue)
		close(f.order)
	})
	for range p.Workers {
		running.Go(func() {
			out := &Outlet{ctx: ctx, free: batches, Decoder: logrow.NewDecoder()}
			out.Decoder.Order, out.Decoder.Whole, out.Decoder.Skim = p.Dates, p.Whole, p.Skim
			out.Decoder.FoldOver = p.FoldOver
			out.run(f.queue, p.Work())
		})
	}

	for j := range f.order {
		for b := range j.batches {
			if err := p.Deliver(b); err != nil {
				return err
			}
			b.Rows, b.Err = b.Rows[:0], nil
			select {
			case batches <- b:
			default:
			}
		}
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		f.free <- j
	}
	return produced
}

// run works on jobs until there are no more; after a cancellation it only closes
// them.
func (o *Outlet) run(queue <-chan *Job, work Work) {
	for j := range queue {
		o.to = j.batches
		o.Tally = j.Tally
		if o.ctx.Err() == nil {
			work(j, o)
		}
		close(j.batches)
	}
}
