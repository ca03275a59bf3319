package flow

import "context"

// Feed is what a producer sends jobs through.
type Feed struct {
	Sizes
	ctx   context.Context
	free  chan *Job
	queue chan *Job // to the workers
	order chan *Job // to the caller
}

// Blank gives a job to fill; it waits for one and fails when the reading is
// canceled.
func (f *Feed) Blank() (*Job, error) {
	select {
	case j := <-f.free:
		if cap(j.Buf) < f.Chunk || cap(j.Buf) > min(4*f.Chunk, f.longest()) {
			j.Buf = make([]byte, f.Chunk)
		}
		*j = Job{Buf: j.Buf[:cap(j.Buf)], Spans: j.Spans[:0], batches: make(chan *Batch, 1)}
		return j, nil
	case <-f.ctx.Done():
		return nil, context.Cause(f.ctx)
	}
}

// Next is Blank for a job that begins with tail, the end of the job before.
func (f *Feed) Next(tail []byte) (*Job, error) {
	j, err := f.Blank()
	if err != nil {
		return nil, err
	}
	if len(tail) > len(j.Buf)/2 {
		j.Buf = make([]byte, min(len(tail)+f.Chunk, f.longest()))
	}
	copy(j.Buf, tail)
	return j, nil
}

// Send hands a job over, its Data set.
func (f *Feed) Send(j *Job) {
	f.order <- j
	f.queue <- j
}

// Grow makes the job's buffer up to twice as long, keeping what is in it. It
// gives false when no row may be longer than the buffer is.
func (f *Feed) Grow(j *Job) bool {
	if len(j.Buf) >= f.longest() {
		return false
	}
	grown := make([]byte, min(2*len(j.Buf), f.longest()))
	copy(grown, j.Buf)
	j.Buf = grown
	return true
}

// longest is the length of the longest buffer: a row that does not fit is too
// long.
func (f *Feed) longest() int { return max(f.Row, f.Chunk) }
