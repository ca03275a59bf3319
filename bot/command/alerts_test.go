package command_test

import (
	"strings"
	"testing"

	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// A place that is asked for everything hears everything, said in words, and asked
// for twice it hears it once.
func TestAlertsHere(t *testing.T) {
	t.Parallel()
	h := newHall(t, storagetest.File(t))
	h.fill()
	for _, want := range []string{"This place hears what is news", "This place hears that already"} {
		text := shownText(h.ask(admin, "alerts", "here"))
		if !strings.Contains(text, want) || !strings.Contains(text, "Hears: every alert\n") {
			t.Errorf("want %q, and it is\n%s", want, text)
		}
	}
	if text := shownText(h.ask(admin, "alerts", "list")); strings.Count(text, "Every alert. Since ") != 1 {
		t.Errorf("the list is\n%s", text)
	}
	h.read(func(tx *storage.Tx) error {
		all, err := tx.Subscriptions()
		if len(all) != 1 || all[0].Zone != admin.Zone {
			t.Errorf("stored is %+v", all)
		}
		return err
	})
}
