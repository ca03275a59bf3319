package export

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// text reads the text of one file or member.
func (s *scan) text(name string, r io.Reader, again func() (io.ReadCloser, error)) (Report, error) {
	report := Report{Name: name}
	head := make([]byte, s.head)
	n, err := readFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !cutShort(err) {
		return report, fmt.Errorf("read %s: %w", name, s.cause(err))
	}
	head = head[:n]
	kind, ferr := sniff(name, head, err != nil)
	if ferr != nil {
		return report, ferr
	}
	t := &reading{scan: s, name: name, dates: s.order(head, again)}
	all := io.MultiReader(bytes.NewReader(head), r)
	switch kind {
	case formatLines:
		err = t.lines(all)
	case formatJSON:
		err = t.json(all)
	default:
		err = t.csv(head, err != nil, r)
	}
	err = t.verdict(err)
	return t.report(err == nil), err
}

// reading is the reading of one text.
type reading struct {
	*scan
	name  string
	dates dateOrder
	total tally

	holds container
	cut   string
	more  bool
}

func (t *reading) deliver(b *batch) error {
	t.total.add(&b.tally)
	if len(b.rows) > 0 {
		if err := t.sink(b.rows); err != nil {
			return sinkError{err}
		}
	}
	if t.opt.Progress != nil {
		t.opt.Progress(t.progress())
	}
	if b.err != nil {
		return *b.err
	}
	return nil
}

// sinkError carries an error of the caller's through.
type sinkError struct{ error }

func (t *reading) run(produce func(*feed) error, newWorker func(*decoder) worker) error {
	var workers []worker
	var decoders []*decoder
	for range t.workers() {
		d := newDecoder(t.dates)
		decoders = append(decoders, d)
		workers = append(workers, newWorker(d))
	}
	return run(t.ctx, t.bounds, workers, decoders, produce, t.deliver)
}

func (t *reading) lines(r io.Reader) error {
	t.holds = jsonLines
	c := newLineCutter(r)
	err := t.run(c.produce, func(d *decoder) worker { return lineWorker{d} })
	return t.ended(err, c.end)
}

func (t *reading) json(r io.Reader) error {
	s := &splitter{r: r}
	err := t.run(s.produce, func(d *decoder) worker {
		return elementsOrRows{elementWorker{d}, &tableWorker{d: d}}
	})
	t.holds = s.holds
	if err != nil {
		return err
	}
	if s.refused != nil && s.tables == 0 {
		return s.refused
	}
	t.cut, t.more = s.cut, s.more
	if s.partial && t.cut == "" {
		t.cut = "the answer says that it is only a part (it holds an error)"
	}
	return t.ended(nil, s.stop)
}

// elementsOrRows decodes whatever kind of row a job holds.
type elementsOrRows struct {
	elements elementWorker
	rows     *tableWorker
}

func (w elementsOrRows) work(j *job, out *outlet) {
	if j.table != nil {
		w.rows.work(j, out)
		return
	}
	w.elements.work(j, out)
}

func (t *reading) csv(head []byte, whole bool, r io.Reader) error {
	h, err := readHeader(head, whole)
	if err != nil {
		return err
	}
	t.holds = h.holds
	c := &cutter{
		r: io.MultiReader(bytes.NewReader(head[h.length:]), r), at: start.after(head[:h.length]), table: h.columns,
		whole: func(text []byte) int { return records(text, h.comma) },
	}
	err = t.run(c.produce, func(d *decoder) worker { return &csvWorker{d: d, comma: h.comma} })
	return t.ended(err, c.end)
}

// ended sorts out why a text ended.
func (t *reading) ended(err, end error) error {
	if err != nil || end == nil || errors.Is(end, io.EOF) {
		return err
	}
	if cutShort(end) {
		t.cut = "the compressed data ends too early"
		return nil
	}
	return fmt.Errorf("read %s: %w", t.name, t.cause(end))
}

// verdict names the input in errors and turns a text without a single sign-in
// into one.
func (t *reading) verdict(err error) error {
	var (
		row   RowError
		wrong *WrongTableError
		sink  sinkError
	)
	switch {
	case errors.As(err, &sink):
		return sink.error
	case errors.As(err, &row):
		return row.syntax(t.name)
	case errors.As(err, &wrong):
		wrong.Name = t.name
		return wrong
	case err != nil:
		return err
	case t.total.rows > 0:
		return nil
	case t.total.other > 0:
		wrong = describe(t.total.sample, t.total.categories)
		wrong.Name = t.name
		return wrong
	case t.total.skipped > 0 && len(t.total.broken) > 0:
		return t.total.broken[0].syntax(t.name)
	}
	return nil
}
