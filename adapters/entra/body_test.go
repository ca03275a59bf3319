package entra

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"legacyauth/adapters/entra/entratest"
)

// An answer that breaks off is known as such, also when the reader made
// something else of it, and is not asked for again behind the reader's back.
func TestCutShort(t *testing.T) {
	t.Parallel()
	for _, way := range []struct {
		name   string
		config func(*entratest.Config)
	}{
		{"plain", nil},
		{"compressed", func(c *entratest.Config) { c.Compress = true }},
		{"HTTP/2", func(c *entratest.Config) { c.HTTP2 = true }},
	} {
		t.Run(way.name, func(t *testing.T) {
			t.Parallel()
			server := fake(t, way.config)
			server.Misbehave(entratest.Rule{Times: 1, Mishap: entratest.CutShort(700)})
			g := opened(t, contoso(t), quick(server))
			calls := 0
			err := g.Get(context.Background(), Beta, firstPage, nil, func(from io.Reader) error {
				calls++
				if _, err := io.Copy(io.Discard, from); err == nil {
					t.Error("the reader saw no error")
				}
				return errors.New("not JSON")
			})
			if e := explained(t, err, CodeCutShort); !e.Temporary() {
				t.Error("not temporary")
			}
			if calls != 1 || asks(server) != 1 {
				t.Errorf("read %d times, asked %d times", calls, asks(server))
			}
			// A small answer is asked for again.
			server.Misbehave(entratest.Rule{Times: 1, Mishap: entratest.CutShort(20)})
			var got signIns
			if err := g.JSON(context.Background(), Beta, firstPage, &got); err != nil || len(got.Value) == 0 {
				t.Errorf("%d rows, %v", len(got.Value), err)
			}
		})
	}
}

func TestReadersOwnErrorComesBack(t *testing.T) {
	t.Parallel()
	g := opened(t, contoso(t), quick(fake(t, nil)))
	own := errors.New("disk full")
	err := g.Get(context.Background(), Beta, firstPage, nil, func(io.Reader) error { return own })
	if err != own { //nolint:errorlint // it is promised as it is
		t.Errorf("got %v", err)
	}
}

func TestDeadlines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		mishap entratest.Mishap
	}{
		{"no answer", entratest.Mishap{Delay: time.Minute}},
		{"stalled answer", entratest.SlowBody(100, time.Minute)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := fake(t, nil)
			server.Misbehave(entratest.Rule{Mishap: c.mishap})
			o := quick(server)
			o.AnswerTimeout, o.StallTimeout = 50*time.Millisecond, 50*time.Millisecond
			_, err := page(opened(t, contoso(t), o), firstPage)
			if e := explained(t, err, CodeTimeout); !errors.Is(e, context.DeadlineExceeded) {
				t.Error("not a deadline")
			}
			if n := asks(server); n != 1 {
				t.Errorf("asked %d times", n)
			}
			// Ctrl-C is no failure of the network.
			ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
			defer cancel()
			o.AnswerTimeout, o.StallTimeout = time.Minute, time.Minute
			err = opened(t, contoso(t), o).Get(ctx, Beta, firstPage, nil, func(from io.Reader) error {
				_, err := io.Copy(io.Discard, from)
				return err
			})
			if CodeOf(err) != "" || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v", err)
			}
		})
	}
}
