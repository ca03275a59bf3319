package command_test

import (
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/detect/migration"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// Who acts at the terminal has one name, whichever command they use; what was
// stored under a longer one is read as that, and the trail stays whole.
func TestWhoActsAtTheTerminal(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		h := newHall(t, dsn)
		h.fill()
		const key, old = "k00000000003", "admin:terminal:@cli"
		h.write(func(tx *storage.Tx) error {
			k, _, err := tx.ClientByKey(0, key)
			if err != nil {
				return err
			}
			return tx.Move(&k, migration.Change{From: k.State, To: migration.Acknowledged, Event: migration.WasAcknowledged, At: monday.Add(-time.Hour), By: old, Why: "long ago"})
		})
		here := chat.Person{Platform: chat.Terminal, Zone: "UTC"}
		a := h.ask(here, "except", key, "--days", "3", "--reason", "a new scanner")
		for _, words := range []string{"acknowledged, by you. long ago", "excepted, by you.", "Answers for that: you"} {
			if text := chat.Plain(a.Card); !strings.Contains(text, words) {
				t.Errorf("the terminal is not shown %q:\n%s", words, text)
			}
		}
		h.ask(here, "reassign", key, "admins")
		text := chat.Plain(h.ask(admin, "client", key).Card)
		if !strings.Contains(text, "excepted, by cli.") || !strings.Contains(text, "acknowledged, by cli. long ago") || strings.Contains(text, "terminal") {
			t.Errorf("an admin in chat is shown:\n%s", text)
		}
		byOld, byNew := 0, 0
		h.read(func(tx *storage.Tx) error {
			entries, err := tx.AuditEntries(time.Time{}, 0)
			for _, e := range entries {
				switch {
				case e.By == old:
					byOld++
				case e.By == "cli":
					byNew++
				case strings.Contains(e.By, "terminal"):
					t.Errorf("%s by %s", e.What, e.By)
				}
			}
			return err
		})
		if byOld == 0 || byNew < 2 {
			t.Errorf("%d entries under the old name, %d under the new one", byOld, byNew)
		}
		if _, err := h.db.AuditVerify(t.Context()); err != nil {
			t.Error(err)
		}
	})
}
