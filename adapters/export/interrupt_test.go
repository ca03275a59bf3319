package export

import (
	"context"
	"errors"
	"io"
	"testing"
	"testing/synctest"

	"legacyauth/detect"
)

// terminal is a stream whose reads last until something is typed, closed or
// not.
type terminal struct{ typed <-chan struct{} }

func (r terminal) Read([]byte) (int, error) { <-r.typed; return 0, io.EOF }
func (terminal) Close() error               { return nil }

// TestInterrupt returns from a stream that neither a close nor anything else
// wakes, and from one that cannot be opened yet. What it held on to ends by
// itself: the bubble fails the test when a goroutine is left.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(typed <-chan struct{}) (io.ReadCloser, error){
		"blocked in read": func(typed <-chan struct{}) (io.ReadCloser, error) { return terminal{typed}, nil },
		"blocked in open": func(typed <-chan struct{}) (io.ReadCloser, error) { <-typed; return terminal{typed}, nil },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				typed := make(chan struct{})
				defer close(typed)
				go func() {
					synctest.Wait()
					cancel()
				}()
				in := Input{Name: "x", Size: -1, Open: func() (io.ReadCloser, error) { return open(typed) }}
				if _, err := Read(ctx, in, Options{}, func([]detect.SignIn) error { return nil }); !errors.Is(err, context.Canceled) {
					t.Errorf("got %v, want %v", err, context.Canceled)
				}
			})
		})
	}
}
