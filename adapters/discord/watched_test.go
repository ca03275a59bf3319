package discord

import (
	"context"
	"io"
	"net"
	"testing"
	"testing/synctest"
	"time"
)

// TestWatchedConnection has a sign of life come every 41 seconds for an hour, as
// Discord answers heartbeats, and then nothing: the connection lives as long as it
// comes, and ends 70 seconds later.
func TestWatchedConnection(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		conn, far := net.Pipe()
		heard := 0
		w := &watched{Conn: conn, quiet: usuallyQuiet, heard: func() { heard++ }, forget: context.AfterFunc(t.Context(), func() {})}
		const beats, every = 88, 41 * time.Second
		began := time.Now()
		go func() {
			for range beats {
				<-time.After(every)
				_, _ = far.Write([]byte{11})
			}
		}()
		var err error
		for b := make([]byte, 1); err == nil; {
			_, err = w.Read(b)
		}
		if want := beats*every + usuallyQuiet; time.Since(began) != want || heard != beats {
			t.Errorf("it ends after %v and %d signs of life, want %v and %d: %v", time.Since(began), heard, want, beats, err)
		}
		if _, err := far.Write([]byte{11}); err != io.ErrClosedPipe { //nolint:errorlint // of the pipe itself
			t.Errorf("the connection is not closed: %v", err)
		}
	})
}
