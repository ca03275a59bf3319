package export

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync/atomic"

	"legacyauth/adapters/export/flow"
	"legacyauth/adapters/export/unpack"
	"legacyauth/detect"
)

// Options says how to read. Its zero value is fine.
type Options struct {
	// Progress is told how many stored bytes of the input have been read so
	// far. It is called from the goroutine that called Read, after each batch.
	Progress func(bytesRead int64)
	// Workers is how many rows are decoded at once; 0 means one per processor,
	// at most 8.
	Workers int
	// Whole also fills the id, agent and device of modern sign-ins, for callers
	// who tell one user's devices apart.
	Whole bool
	// Skim hands over no modern sign-ins at all, for callers who only count legacy
	// ones. Rows of the Report counts them; it does not say of which kind they are.
	Skim bool
	// FoldOver says that sink feeds a detect.Fold over that window. Modern sign-ins
	// from which it learns nothing but that they were are not handed over then;
	// Echoes of the Report counts them. It does without Whole.
	FoldOver *detect.Window
}

// Read reads one input and hands its sign-ins to sink, in batches and in the
// input's order. A batch is valid only during the call, its strings stay valid;
// sink is never called concurrently, and its error ends the reading and is
// returned as it is.
//
// The report tells what was read even when the error is not nil. Errors are
// *WrongTableError for an input that is no sign-in log, *SyntaxError for one
// that is broken, and otherwise say what was being done. An input that ends too
// early is not an error; see Report.Truncated.
//
// When ctx is canceled the input is closed and Read returns. All its goroutines
// have ended then, but for one that is inside the opening or the reading of a
// stream (an input without Size) that a close does not wake: a named pipe without
// a writer, a terminal. That one ends with its call, and what the call gives is
// dropped.
func Read(ctx context.Context, in Input, opt Options, sink func([]detect.SignIn) error) (Report, error) {
	s := &scan{ctx: ctx, opt: opt, sink: sink, bounds: flow.Usual(), head: sniffSize}
	return s.whole(in)
}

func (s *scan) whole(in Input) (Report, error) {
	report, err := s.input(in)
	err = in.folder.leaveOut(&report, err)
	report.Name, report.Bytes = in.Name, s.progress()
	if s.opt.Progress != nil {
		s.opt.Progress(report.Bytes)
	}
	return report, err
}

// scan is one call of Read.
type scan struct {
	ctx    context.Context
	opt    Options
	sink   func([]detect.SignIn) error
	bounds flow.Sizes
	head   int // how much is looked at to find out what an input is
	read   atomic.Int64
	size   int64 // of an archive, parts of which are read twice; 0 for anything else
}

// progress counts the stored bytes that have been read.
func (s *scan) progress() int64 {
	n := s.read.Load()
	if s.size > 0 {
		return min(n, s.size)
	}
	return n
}

func (s *scan) workers() int {
	if s.opt.Workers > 0 {
		return s.opt.Workers
	}
	return min(runtime.GOMAXPROCS(0), 8)
}

func (s *scan) input(in Input) (Report, error) {
	rc, err := s.open(in)
	if err != nil {
		return Report{}, err
	}
	defer func() { _ = rc.Close() }()
	defer context.AfterFunc(s.ctx, func() { _ = rc.Close() })()

	r := bufio.NewReader(meter{rc, s})
	magic, err := r.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return Report{}, fmt.Errorf("read %s: %w", in.Name, s.cause(err))
	}
	if unpack.IsZip(magic) {
		return s.archive(in, rc, r)
	}
	open := in.Open
	if in.Size < 0 { // a pipe, whose second reader would wait for ever
		open = nil
	}
	return s.content(in.Name, r, open)
}

func (s *scan) open(in Input) (rc io.ReadCloser, err error) {
	if in.Size >= 0 {
		rc, err = in.Open()
	} else {
		rc, err = interruptible(s.ctx, in.Open)
	}
	if err != nil {
		if s.ctx.Err() != nil {
			return nil, fmt.Errorf("open %s: %w", in.Name, context.Cause(s.ctx))
		}
		return nil, unreadable(in.Name, err)
	}
	return rc, nil
}

// content reads what is not an archive. open opens its stored bytes again; it is
// nil when they can be read only once.
func (s *scan) content(name string, r *bufio.Reader, open func() (io.ReadCloser, error)) (Report, error) {
	text, err := unpack.Text(name, r)
	if err != nil {
		return Report{}, err
	}
	again := func() (io.ReadCloser, error) {
		if open == nil {
			return nil, errOnce
		}
		rc, err := open()
		if err != nil {
			return nil, err
		}
		text, err := unpack.Text(name, bufio.NewReader(rc))
		if err != nil {
			_ = rc.Close()
			return nil, err
		}
		return struct {
			io.Reader
			io.Closer
		}{text, rc}, nil
	}
	return s.decoded(name, text, again)
}

var errOnce = errors.New("the input can be read only once")

// cause prefers the reason of a cancellation to the error of the closed input.
func (s *scan) cause(err error) error {
	if s.ctx.Err() != nil {
		return context.Cause(s.ctx)
	}
	return err
}

// meter counts the stored bytes read and stops when the scan is canceled.
type meter struct {
	r io.Reader
	s *scan
}

func (m meter) Read(p []byte) (int, error) {
	if m.s.ctx.Err() != nil {
		return 0, context.Cause(m.s.ctx)
	}
	n, err := m.r.Read(p)
	m.s.read.Add(int64(n))
	return n, err
}

// cutShort says whether err means that data ends too early, which is reported
// and not an error.
func cutShort(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) }
