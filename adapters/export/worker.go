package export

import (
	"bytes"
	"errors"
)

var (
	errRowTooLong = errors.New("the row is longer than 16 MiB")
	errCutRow     = errors.New("the row ends too early")
)

// lineWorker decodes JSON lines. A broken line is skipped.
type lineWorker struct{ d *decoder }

func (w lineWorker) work(j *job, out *outlet) {
	data, i := j.data, 0
	for i < len(data) {
		end := len(data)
		if n := bytes.IndexByte(data[i:], '\n'); n >= 0 {
			end = i + n
		}
		line := data[i:end]
		if space(line, 0) < len(line) {
			ok, fault := w.d.row(line, out.slot())
			switch {
			case ok:
				if !out.keep() {
					return
				}
			case fault != nil:
				e := j.fault(i, fault)
				if fault.cut && j.last && end == len(data) {
					w.d.tally.cut = &e
				} else {
					w.d.tally.skip(e)
				}
			}
		}
		i = end + 1
	}
	out.flush(nil)
}

// elementWorker decodes the elements of arrays. A broken one ends the input:
// where it stops cannot be known for certain.
type elementWorker struct{ d *decoder }

func (w elementWorker) work(j *job, out *outlet) {
	for _, s := range j.spans {
		ok, fault := w.d.row(j.data[s.from:s.to], out.slot())
		switch {
		case ok:
			if !out.keep() {
				return
			}
		case fault != nil && !errors.Is(fault.cause, errNotObject):
			e := j.fault(s.from, fault)
			out.flush(&e)
			return
		case fault != nil:
			w.d.leaveOut(j.data[s.from:s.to])
		}
	}
	out.flush(nil)
}

// fault locates a fault in the row that starts at from.
func (j *job) fault(from int, f *rowFault) RowError {
	at := min(from+f.at, len(j.data))
	cause := f.cause
	if f.cut {
		cause = errCutRow
	}
	return j.at.after(j.data[:at]).rowError(cause)
}
