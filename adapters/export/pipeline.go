package export

import (
	"context"
	"sync"

	"legacyauth/detect"
)

// The pipeline: one goroutine cuts the input into jobs of whole rows, workers
// decode them, and the caller's goroutine takes the batches in the input's
// order. Jobs and their buffers go round; nothing else is kept.

const batchRows = 1024

// sizes bound what is held in memory at a time.
type sizes struct {
	chunk int // of a job's buffer
	row   int // a longer row is skipped
}

var usual = sizes{chunk: 1 << 20, row: 16 << 20}

// span is a row inside a job's data.
type span struct{ from, to int }

// job is a stretch of whole rows.
type job struct {
	buf   []byte   // storage of data, at its start
	data  []byte   // the rows
	spans []span   // where the rows are; nil when the worker cuts data itself
	at    position // of data[0]
	table *columns // of rows that are arrays or cells
	// last is set when nothing follows, so that a row may lack its end.
	last bool
	tally
	batches chan *batch
}

// batch is rows decoded from one job.
type batch struct {
	rows []detect.SignIn
	tally
	err *RowError // the input is broken here; no more rows follow
}

// worker decodes the rows of jobs.
type worker interface {
	// work hands the rows of j to out.
	work(j *job, out *outlet)
}

// feed is what a producer sends jobs through.
type feed struct {
	sizes
	ctx   context.Context
	free  chan *job
	queue chan *job // to the workers
	order chan *job // to the caller
}

// blank gives a job to fill; it waits for one and fails when the scan is
// canceled.
func (f *feed) blank() (*job, error) {
	select {
	case j := <-f.free:
		if cap(j.buf) < f.chunk || cap(j.buf) > 4*f.chunk {
			j.buf = make([]byte, f.chunk)
		}
		*j = job{buf: j.buf[:cap(j.buf)], spans: j.spans[:0], batches: make(chan *batch, 1)}
		return j, nil
	case <-f.ctx.Done():
		return nil, context.Cause(f.ctx)
	}
}

func (f *feed) send(j *job) {
	f.order <- j
	f.queue <- j
}

// outlet collects a worker's rows into batches.
type outlet struct {
	ctx  context.Context
	free chan *batch
	to   chan *batch
	now  *batch
	d    *decoder
}

func (o *outlet) open() *batch {
	if o.now == nil {
		select {
		case o.now = <-o.free:
		default:
			o.now = &batch{rows: make([]detect.SignIn, 0, batchRows)}
		}
	}
	return o.now
}

// slot is where the next sign-in goes; keep makes it one.
func (o *outlet) slot() *detect.SignIn {
	b := o.open()
	return &b.rows[:len(b.rows)+1][len(b.rows)]
}

// keep counts the sign-in in slot; it gives false when the scan is over.
func (o *outlet) keep() bool {
	o.now.rows = o.now.rows[:len(o.now.rows)+1]
	return len(o.now.rows) < batchRows || o.flush(nil)
}

func (o *outlet) flush(err *RowError) bool {
	b := o.open()
	o.now = nil
	b.tally, b.err = o.d.tally, err
	o.d.tally = tally{}
	select {
	case o.to <- b:
		return err == nil
	case <-o.ctx.Done():
		return false
	}
}

// run moves rows from produce through the workers to deliver, which gets every
// batch in order. It returns when all goroutines have ended, with the first
// error of deliver, or else of produce.
func run(ctx context.Context, bounds sizes, workers []worker, decoders []*decoder, produce func(*feed) error, deliver func(*batch) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	jobs := len(workers) + 2
	f := &feed{sizes: bounds, ctx: ctx, free: make(chan *job, jobs), queue: make(chan *job, jobs), order: make(chan *job, jobs)}
	for range jobs {
		f.free <- &job{}
	}
	batches := make(chan *batch, 2*jobs)

	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	var produced error
	running.Go(func() {
		produced = produce(f)
		close(f.queue)
		close(f.order)
	})
	for i, w := range workers {
		running.Go(func() {
			out := &outlet{ctx: ctx, free: batches, d: decoders[i]}
			for j := range f.queue {
				out.to = j.batches
				out.d.tally = j.tally
				if ctx.Err() == nil {
					w.work(j, out)
				}
				close(j.batches)
			}
		})
	}

	for j := range f.order {
		for b := range j.batches {
			if err := deliver(b); err != nil {
				return err
			}
			b.rows, b.err = b.rows[:0], nil
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
