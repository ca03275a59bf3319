package flow

import (
	"errors"

	"legacyauth/detect"
	"legacyauth/detect/logrow"
)

// Sizes bound what is held in memory at a time.
type Sizes struct {
	Chunk int // bytes of a job's buffer
	Row   int // bytes of the longest row; a longer one is skipped
}

// Usual are the sizes for everything but tests.
func Usual() Sizes { return Sizes{Chunk: 256 << 10, Row: 16 << 20} }

// Span is a row inside a job's data.
type Span struct{ From, To int }

// Job is a stretch of whole rows.
type Job struct {
	Buf   []byte          // storage of Data, at its start
	Data  []byte          // the rows
	Spans []Span          // where the rows are; nil when the worker cuts Data itself
	At    Position        // of Data[0]
	Table *logrow.Columns // of rows that are arrays or cells
	// Last is set when nothing follows, so that a row may lack its end.
	Last bool
	// Tally counts what was left out of Data.
	Tally Tally

	batches chan *Batch
}

// Locate gives the place of err, which concerns the row at from.
func (j *Job) Locate(from int, err error) RowError {
	var fault *logrow.Fault
	if errors.As(err, &fault) {
		from += fault.At
		err = fault.Cause
		if fault.Cut {
			err = errCutRow
		}
	}
	return j.At.After(j.Data[:min(from, len(j.Data))]).Error(err)
}

// Batch is rows decoded from one job.
type Batch struct {
	Rows  []detect.SignIn
	Tally Tally
	// Err is set when the input is broken here; no more rows follow.
	Err *RowError
}

const batchRows = 256
