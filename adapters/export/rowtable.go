package export

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/go-json-experiment/json/jsontext"
)

var errNotRow = errors.New("the row of the table is not a list")

// tableWorker decodes the rows of query API tables, which are arrays.
type tableWorker struct {
	d      *decoder
	values []value
}

func (w *tableWorker) work(j *job, out *outlet) {
	for _, s := range j.spans {
		fault := w.read(j.data[s.from:s.to])
		if fault == nil && len(w.values) != len(j.table.fields) {
			e := j.fault(s.from, &rowFault{cause: fmt.Errorf("the row has %s, the table %d columns", count(int64(len(w.values)), "value"), len(j.table.fields))})
			w.d.tally.skip(e)
			continue
		}
		if fault != nil {
			e := j.fault(s.from, fault)
			out.flush(&e)
			return
		}
		w.d.fields.clear()
		w.d.scratch = w.d.scratch[:0]
		for i, at := range j.table.fields {
			if at != fNone {
				w.d.fields.put(outer, at, w.values[i])
			}
		}
		if !w.d.isSignIn(&w.d.fields) {
			w.d.leaveOut(nil)
			continue
		}
		w.d.signIn(&w.d.fields, out.slot())
		if !out.keep() {
			return
		}
	}
	out.flush(nil)
}

// read takes the values of an array, in one pass when its JSON is plain.
func (w *tableWorker) read(row []byte) *rowFault {
	w.values = w.values[:0]
	if !w.d.plain && skip(row, 0, 0) == len(row) {
		if row[0] != '[' {
			return &rowFault{cause: errNotRow}
		}
		elements(row, func(v value) bool {
			w.values = append(w.values, v)
			return true
		})
		return nil
	}
	r := jsontext.NewDecoder(bytes.NewReader(row), lenient...)
	if r.PeekKind() != '[' {
		if err := r.SkipValue(); err != nil {
			return fault(r, err)
		}
		return &rowFault{cause: errNotRow}
	}
	if _, err := r.ReadToken(); err != nil {
		return fault(r, err)
	}
	for r.PeekKind() != ']' {
		raw, err := r.ReadValue()
		if err != nil {
			return fault(r, err)
		}
		w.values = append(w.values, exactValue(raw))
	}
	if _, err := r.ReadToken(); err != nil {
		return fault(r, err)
	}
	return nil
}
