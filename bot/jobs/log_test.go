package jobs

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
)

func TestQuiet(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := slog.New(quiet{timeless(&out), false})
	log.With("payload", "canary", "queue", "deliver").WithGroup("args").
		Info("fetched", "num_jobs", 3, "args", "canary", "new_in_a_later_version", "canary")
	log.Warn("slow", "err", "timeout")
	log.Error("failed", "job_id", 7, "metadata", "canary")
	log.Error("stopped", "error", "context canceled")
	log.Error("stopped", "err", fmt.Errorf("begin: %w", context.Canceled))
	want := `level=DEBUG msg=fetched queue=deliver num_jobs=3
level=WARN msg=slow err=timeout
level=WARN msg=failed job_id=7
`
	if got := out.String(); got != want {
		t.Errorf("logged\n%s\nwant\n%s", got, want)
	}
}

// A statement that waited for the only writer is no warning; one that fails is.
func TestQuietAboutWaiting(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		queues bool
		want   string
	}{
		{false, "level=WARN msg=fetch err=\"timed out after 10s: context deadline exceeded\"\nlevel=WARN msg=fetch err=\"disk full\"\n"},
		{true, "level=INFO msg=fetch err=\"timed out after 10s: context deadline exceeded\"\nlevel=WARN msg=fetch err=\"disk full\"\n"},
	} {
		var out bytes.Buffer
		log := slog.New(quiet{timeless(&out), c.queues})
		log.Error("fetch", "err", "timed out after 10s: context deadline exceeded")
		log.Error("fetch", "err", "disk full")
		if got := out.String(); got != c.want {
			t.Errorf("with queues %t it logged\n%s\nwant\n%s", c.queues, got, c.want)
		}
	}
}

// A server that cannot be reached is told by the rounds, once, and not by River.
func TestQuietAboutAServerThatIsGone(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	handler := timeless(&out)
	for _, words := range []string{
		"failed to connect to `user=legacyauth database=postgres`: 127.0.0.1:5432 (127.0.0.1): dial error: connect: connection refused",
		"error listening on topic \"river_control\": conn closed", "unexpected EOF",
		"FATAL: terminating connection due to administrator command (SQLSTATE 57P01)",
	} {
		out.Reset()
		slog.New(quiet{handler, false}).Error("fetch", "err", words)
		if got := out.String(); !strings.HasPrefix(got, "level=DEBUG ") {
			t.Errorf("%q is logged as %s", words, got)
		}
	}
}

// timeless writes records without the time.
func timeless(out io.Writer) slog.Handler {
	return slog.NewTextHandler(out, &slog.HandlerOptions{
		Level: slog.LevelDebug,
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	})
}
