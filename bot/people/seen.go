package people

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"legacyauth/storage"
)

// seenMarks begin the names of the marks of people who have seen their message.
const seenMarks = "people/seen/"

func seenMark(notice int64) string { return fmt.Sprint(seenMarks, notice) }

// see notes that the person has seen their message. No platform tells a bot
// whether a message was read; whoever presses one of its buttons has seen it, and
// of everybody else it is not known.
func (a *press) see() error {
	_, _, ok, err := a.tx.Mark(a.notice.Tenant, seenMark(a.notice.ID))
	if err != nil || ok {
		return err
	}
	return a.tx.SetMark(a.notice.Tenant, seenMark(a.notice.ID), a.Now().UTC().Format(time.RFC3339))
}

// seen gives the notices of a tenant that are known to have been seen.
func seen(tx *storage.Tx, tenant int64) (map[int64]bool, error) {
	marks, err := tx.Marks(tenant, seenMarks)
	all := map[int64]bool{}
	for name := range marks {
		if id, err := strconv.ParseInt(strings.TrimPrefix(name, seenMarks), 10, 64); err == nil {
			all[id] = true
		}
	}
	return all, err
}
