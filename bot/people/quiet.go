package people

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"legacyauth/storage"
)

// Quiet says from when a message to a person may be posted: a platform that takes
// messages again at night must not wake anybody.
func (p *People) Quiet(tx *storage.Tx, m *storage.Outgoing, now time.Time) (time.Time, error) {
	switch m.Kind {
	case kindNotice, kindReminder, kindRelapse, kindRefuted, kindArrival:
	default:
		return now, nil
	}
	subject, _, _ := strings.Cut(m.Subject, "/")
	id, err := strconv.ParseInt(strings.TrimPrefix(subject, "notice:"), 10, 64)
	if err != nil {
		return now, nil //nolint:nilerr // not about a person's message
	}
	n, err := tx.Notice(id)
	if errors.Is(err, storage.ErrNotFound) {
		return now, nil // purged since
	}
	return p.Settings.Hours.Next(now, p.zone(&n)), err
}
