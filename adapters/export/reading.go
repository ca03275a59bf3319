package export

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding/charmap"

	"legacyauth/adapters/export/csvlog"
	"legacyauth/adapters/export/flow"
	"legacyauth/adapters/export/jsonlog"
	"legacyauth/adapters/export/tables"
	"legacyauth/detect/logrow/logtime"
)

// decoded reads the decoded text of one file or member.
func (s *scan) decoded(name string, r io.Reader, again func() (io.ReadCloser, error)) (Report, error) {
	report := Report{Name: name}
	head := make([]byte, s.head)
	n, err := flow.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !cutShort(err) {
		return report, fmt.Errorf("read %s: %w", name, s.cause(err))
	}
	head = head[:n]
	kind, ferr := sniff(name, head, err != nil)
	if ferr != nil {
		return report, named(name, ferr)
	}
	t := &reading{scan: s, name: name, dates: s.order(head, again)}
	if windows1252(head) {
		t.foreign = true
		// Every byte of it can be decoded, so there is no error.
		head, _ = charmap.Windows1252.NewDecoder().Bytes(head)
		r = charmap.Windows1252.NewDecoder().Reader(r)
	}
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
	dates logtime.Order
	total flow.Tally

	holds flow.Container
	cut   string
	more  bool

	foreign bool // the text is Windows-1252
}

func (t *reading) deliver(b *flow.Batch) error {
	t.total.Add(&b.Tally)
	if len(b.Rows) > 0 {
		if err := t.sink(b.Rows); err != nil {
			return sinkError{err}
		}
	}
	if t.opt.Progress != nil {
		t.opt.Progress(t.progress())
	}
	if b.Err != nil {
		return *b.Err
	}
	return nil
}

// sinkError carries an error of the caller's through.
type sinkError struct{ error }

func (t *reading) run(produce func(*flow.Feed) error, work func() flow.Work) error {
	return flow.Pipeline{
		Sizes: t.bounds, Workers: t.workers(), Dates: t.dates, Whole: t.opt.Whole, Skim: t.opt.Skim, FoldOver: t.opt.FoldOver,
		Produce: produce, Work: work, Deliver: t.deliver,
	}.Run(t.ctx)
}

func (t *reading) lines(r io.Reader) error {
	t.holds = flow.JSONLines
	c := flow.NewLineCutter(r)
	err := t.run(c.Produce, func() flow.Work { return jsonlog.Lines })
	return t.ended(err, c.End)
}

func (t *reading) json(r io.Reader) error {
	s := jsonlog.NewSplitter(r)
	err := t.run(s.Produce, func() flow.Work { return jsonlog.Elements })
	t.holds = s.Holds
	if err != nil {
		return err
	}
	if s.Refused != nil && s.Tables == 0 {
		return s.Refused
	}
	t.cut, t.more = s.Cut, s.More
	if s.Partial && t.cut == "" {
		t.cut = "the answer says that it is only a part (it holds an error)"
	}
	return t.ended(nil, s.End)
}

func (t *reading) csv(head []byte, whole bool, rest io.Reader) error {
	l, err := csvlog.Open(head, whole)
	if err != nil {
		return err
	}
	t.holds = l.Holds
	if !t.dates.Decided {
		t.dates.DayFirst = l.Semicolons
	}
	c := l.Cutter(rest)
	err = t.run(c.Produce, l.Work)
	return t.ended(err, c.End)
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
	var sink sinkError
	switch {
	case errors.As(err, &sink):
		return sink.error
	case err != nil:
		return named(t.name, err)
	case t.total.Rows > 0:
		return nil
	case t.total.Other > 0:
		return named(t.name, tables.OfRow(t.total.Sample, t.total.Categories))
	case t.total.Skipped > 0 && len(t.total.Broken) > 0:
		return named(t.name, t.total.Broken[0])
	}
	return nil
}
