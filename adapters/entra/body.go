package entra

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"
)

// body reads an answer and ends it when nothing has come for a while. It keeps
// the error that a reader met, so that an answer cut short is known as such even
// if the reader made something else of it.
type body struct {
	from   io.ReadCloser
	cancel context.CancelCauseFunc
	stall  time.Duration
	guard  *time.Timer

	mu     sync.Mutex
	failed error
}

func newBody(from io.ReadCloser, cancel context.CancelCauseFunc, stall time.Duration, slow *Error) *body {
	b := &body{from: from, cancel: cancel, stall: stall}
	b.guard = time.AfterFunc(stall, func() {
		b.fail(slow)
		cancel(slow)
	})
	// Time that the program itself takes between two reads is not a stall.
	b.guard.Stop()
	return b
}

// Read reads on, under the stall's guard.
func (b *body) Read(p []byte) (int, error) {
	b.guard.Reset(b.stall)
	n, err := b.from.Read(p)
	b.guard.Stop()
	if err != nil && !errors.Is(err, io.EOF) {
		b.fail(err)
	}
	return n, err
}

// Close ends the answer; its connection is used again if it was read to its end.
func (b *body) Close() error {
	b.guard.Stop()
	err := b.from.Close()
	b.cancel(nil)
	return err
}

func (b *body) fail(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failed == nil {
		b.failed = err
	}
}

// failure is the first error met while reading, nil at a proper end.
func (b *body) failure() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.failed
}
