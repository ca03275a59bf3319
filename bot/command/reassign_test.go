package command_test

import (
	"strings"
	"testing"
	"time"

	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// A client can be given to the admins and taken back, and the trail says who
// answered for it before, which a campaign's report goes by.
func TestReassignToTheAdmins(t *testing.T) {
	t.Parallel()
	h := newHall(t, storagetest.File(t))
	h.fill()
	const key = "k00000000003"
	h.ask(admin, "reassign", key, "ben@contoso.com")
	if a := h.ask(admin, "reassign", key, "Admins"); !strings.Contains(shownText(a), "The admins answer for it from now on") {
		t.Errorf("answered with\n%s", shownText(a))
	}
	h.ask(admin, "reassign", key, "nobody")
	var way []string
	h.read(func(tx *storage.Tx) error {
		entries, err := tx.AuditEntries(time.Time{}, 0)
		for _, e := range entries {
			if e.What == "client.reassigned" && e.Subject == key {
				way = append(way, e.Detail["before"]+">"+e.Detail["owner"])
			}
		}
		return err
	})
	if got := strings.Join(way, " "); got != ">ben@contoso.com ben@contoso.com>admins admins>" {
		t.Errorf("the trail: %s", got)
	}
}
