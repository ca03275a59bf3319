package jobs

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"testing"
)

func TestQuiet(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := slog.New(quiet{slog.NewTextHandler(&out, &slog.HandlerOptions{
		Level: slog.LevelDebug,
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	})})
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
