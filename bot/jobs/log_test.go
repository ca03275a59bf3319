package jobs

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
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
