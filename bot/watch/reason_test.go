package watch_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/signins"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// A place that many read hears what is wrong; what to type stands in the record.
func TestSaysWhatIsWrongAndNotWhatToType(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err    error
		want   string
		record string
	}{
		"for good": {
			&entra.Error{Code: entra.CodePermission, Reason: "The permission is missing.", Do: "Run `az ad app`.", Status: 403, Request: "r-1"},
			"The permission is missing.", "Run `az ad app`. (request r-1)",
		},
		"for now": {
			&entra.Error{Code: entra.CodeThrottled, Reason: "There are too many requests.", Do: "Run the command again.", Status: 429},
			"There are too many requests. The next scan tries again by itself.", "Run the command again",
		},
		"not Microsoft's": {errors.New("open folder: no such file"), "Stopped: open folder: no such file; nothing had been kept", "no such file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t, storagetest.File(t))
			s.feed.fail = &signins.StoppedError{Err: c.err}
			if p := s.pass(); !strings.Contains(p.Error, c.record) {
				t.Errorf("the record says %q, without %q", p.Error, c.record)
			}
			s.reading(func(tx *storage.Tx) error {
				spots, err := tx.Places()
				if err != nil {
					return err
				}
				for _, spot := range spots {
					waiting, err := tx.Waiting(spot.ID, s.clock.Now().Add(time.Hour), 10)
					if err != nil || len(waiting) != 1 {
						t.Fatalf("%d messages, %v", len(waiting), err)
					}
					lines := strings.Split(chat.Plain(waiting[0].Card), "\n\n")
					if len(lines) < 2 || lines[1] != c.want {
						t.Errorf("the message says %q, want %q", lines[1], c.want)
					}
				}
				return nil
			})
		})
	}
}
