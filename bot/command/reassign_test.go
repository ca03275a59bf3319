package command_test

import (
	"strings"
	"testing"
	"time"

	"legacyauth/bot/people"
	"legacyauth/detect/migration"
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

// TestReassignSaysWhoIsTold says that the new owner is told by themselves, or what to
// type where nobody is.
func TestReassignSaysWhoIsTold(t *testing.T) {
	t.Parallel()
	h := newHall(t, storagetest.File(t))
	h.fill()
	h.bot.Hander = &people.People{DB: h.db, Post: h.bot.Post, Library: h.bot.Library, Now: h.clock}
	const key = "k00000000003"
	const told, silent = "Whoever does so is told of it by the bot", "/legacyauth notify " + key
	if text := shownText(h.ask(admin, "reassign", key, "ben@contoso.com")); !strings.Contains(text, silent) || strings.Contains(text, told) {
		t.Errorf("of what nobody was told of:\n%s", text)
	}
	h.write(func(tx *storage.Tx) error {
		c, _, err := tx.ClientByKey(0, key)
		if err != nil {
			return err
		}
		change, err := migration.Step(c.State, migration.WasTold, h.clock(), migration.Bot(), "")
		if err != nil {
			return err
		}
		return tx.Move(&c, change)
	})
	if text := shownText(h.ask(admin, "reassign", key, "ana@contoso.com")); !strings.Contains(text, told) || strings.Contains(text, silent) {
		t.Errorf("of what somebody was told of:\n%s", text)
	}
	if text := shownText(h.ask(admin, "reassign", key, "admins")); strings.Contains(text, told) || strings.Contains(text, silent) {
		t.Errorf("given to the admins:\n%s", text)
	}
}
