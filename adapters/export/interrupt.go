package export

import (
	"context"
	"io"
)

// interruptible opens a stream so that neither opening nor reading it outlasts
// ctx. Opening a named pipe waits for its writer, and a read of a terminal or of
// an inherited pipe goes on after a close, so each such call has a goroutine,
// which a cancellation leaves behind: it ends with its call, and what the call
// gave is dropped.
func interruptible(ctx context.Context, open func() (io.ReadCloser, error)) (io.ReadCloser, error) {
	type answer struct {
		rc  io.ReadCloser
		err error
	}
	opened := make(chan answer, 1)
	go func() {
		rc, err := open()
		opened <- answer{rc, err}
	}()
	select {
	case a := <-opened:
		if a.err != nil {
			return nil, a.err
		}
		return &interruptibleReader{ctx: ctx, ReadCloser: a.rc}, nil
	case <-ctx.Done():
		go func() {
			if a := <-opened; a.err == nil {
				_ = a.rc.Close()
			}
		}()
		return nil, context.Cause(ctx)
	}
}

// interruptibleReader belongs to one goroutine. After an interrupted read its
// buffer is the late read's alone.
type interruptibleReader struct {
	io.ReadCloser
	ctx context.Context
	buf []byte
}

func (r *interruptibleReader) Read(p []byte) (int, error) {
	if r.ctx.Err() != nil {
		return 0, context.Cause(r.ctx)
	}
	if r.buf == nil {
		r.buf = make([]byte, 64<<10)
	}
	buf := r.buf[:min(len(p), len(r.buf))]
	type answer struct {
		n   int
		err error
	}
	read := make(chan answer, 1)
	go func() {
		n, err := r.ReadCloser.Read(buf)
		read <- answer{n, err}
	}()
	select {
	case a := <-read:
		return copy(p, buf[:a.n]), a.err
	case <-r.ctx.Done():
		return 0, context.Cause(r.ctx)
	}
}
