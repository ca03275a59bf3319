package flow

import (
	"context"

	"legacyauth/detect"
	"legacyauth/detect/logrow"
)

// Work decodes the rows of a job and hands them to out. It ends with a call of
// Flush, or at once when Keep gives false.
type Work func(j *Job, out *Outlet)

// Outlet collects a worker's rows into batches.
type Outlet struct {
	// Decoder is the worker's own.
	Decoder *logrow.Decoder
	// Tally counts what the decoder's does not.
	Tally Tally

	ctx  context.Context
	free chan *Batch
	to   chan *Batch
	now  *Batch
}

func (o *Outlet) open() *Batch {
	if o.now == nil {
		select {
		case o.now = <-o.free:
		default:
			o.now = &Batch{Rows: make([]detect.SignIn, 0, batchRows)}
		}
	}
	return o.now
}

// Slot is where the next sign-in goes; Keep makes it one.
func (o *Outlet) Slot() *detect.SignIn {
	b := o.open()
	return &b.Rows[:len(b.Rows)+1][len(b.Rows)]
}

// Keep counts the sign-in in Slot; it gives false when the reading is over.
func (o *Outlet) Keep() bool {
	o.now.Rows = o.now.Rows[:len(o.now.Rows)+1]
	return len(o.now.Rows) < batchRows || o.flush(nil)
}

// Flush ends a job. An error that is not nil says where the input is broken.
func (o *Outlet) Flush(err *RowError) { o.flush(err) }

func (o *Outlet) flush(err *RowError) bool {
	b := o.open()
	o.now = nil
	b.Tally, b.Err = o.Tally, err
	b.Tally.Tally = o.Decoder.Tally
	o.Tally, o.Decoder.Tally = Tally{}, logrow.Tally{}
	select {
	case o.to <- b:
		return err == nil
	case <-o.ctx.Done():
		return false
	}
}
