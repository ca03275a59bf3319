package csvlog

import (
	"fmt"

	"legacyauth/adapters/export/flow"
)

// Work decodes records. A broken one is skipped.
func (l *Log) Work() flow.Work {
	w := &worker{comma: l.comma}
	return w.work
}

type worker struct {
	comma   byte
	record  record
	texts   [][]byte // of the record's cells
	scratch []byte   // of those that had to be changed
}

func (w *worker) work(j *flow.Job, out *flow.Outlet) {
	for i := 0; i < len(j.Data); {
		from := i
		i = w.record.next(j.Data, i, w.comma)
		if w.record.blank() && w.record.fault == nil {
			continue
		}
		if err := w.record.check(j.Table.Len()); err != nil {
			e := j.Locate(from, err)
			short := len(w.record.cells) < j.Table.Len()
			if j.Last && i == len(j.Data) && (w.record.cut || short && j.Data[i-1] != '\n') {
				out.Tally.Cut = &e
			} else {
				out.Tally.Skip(e)
			}
			continue
		}
		if out.Decoder.Cells(j.Table, w.cells(j.Table.Used()), out.Slot()) && !out.Keep() {
			return
		}
	}
	out.Flush(nil)
}

// cells gives the texts of the cells that are used, valid up to the next record;
// those of others are left as they are.
func (w *worker) cells(used []int) [][]byte {
	for len(w.texts) < len(w.record.cells) {
		w.texts = append(w.texts, nil)
	}
	w.scratch = w.scratch[:0]
	for _, i := range used {
		c := &w.record.cells[i]
		w.texts[i] = c.raw
		if c.doubled {
			from := len(w.scratch)
			w.scratch = c.appendTo(w.scratch)
			w.texts[i] = w.scratch[from:len(w.scratch):len(w.scratch)]
		}
	}
	return w.texts
}

// check compares the record with its header. Empty cells too many are left
// behind by spreadsheets.
func (r *record) check(columns int) error {
	if r.fault != nil {
		return r.fault
	}
	for len(r.cells) > columns && len(r.cells[len(r.cells)-1].raw) == 0 {
		r.cells = r.cells[:len(r.cells)-1]
	}
	switch n := len(r.cells); n {
	case columns:
		return nil
	case 1:
		return fmt.Errorf("the row has 1 cell, the header %d", columns)
	default:
		return fmt.Errorf("the row has %d cells, the header %d", n, columns)
	}
}
