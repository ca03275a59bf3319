package jsonlog

import (
	"errors"

	"legacyauth/adapters/export/flow"
	"legacyauth/detect/logrow"
)

// Elements decodes the rows that a Splitter finds: objects, or the arrays of a
// table. A broken one ends the input, because where it stops cannot be known for
// certain.
func Elements(j *flow.Job, out *flow.Outlet) {
	for _, s := range j.Spans {
		row := j.Data[s.From:s.To]
		var ok bool
		var err error
		if j.Table != nil {
			ok, err = out.Decoder.List(j.Table, row, out.Slot())
		} else {
			ok, err = out.Decoder.Row(row, out.Slot())
		}
		switch {
		case ok:
			if !out.Keep() {
				return
			}
		case errors.Is(err, logrow.ErrNotObject):
			out.Decoder.LeaveOut(row)
		case errors.Is(err, logrow.ErrCount):
			out.Tally.Skip(j.Locate(s.From, err))
		case err != nil:
			e := j.Locate(s.From, err)
			out.Flush(&e)
			return
		}
	}
	out.Flush(nil)
}
