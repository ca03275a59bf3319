package command_test

import (
	"testing"
	"time"

	"legacyauth/storage/storagetest"
)

// A double click is two deliveries; it shares and exports once. A click of somebody
// else, and a later one, are meant.
func TestDoubleClicks(t *testing.T) {
	t.Parallel()
	for _, button := range []string{"share:--tenant=contoso:0", "export:--tenant=contoso:0"} {
		t.Run(button, func(t *testing.T) {
			t.Parallel()
			h := newHall(t, storagetest.File(t))
			h.fill()
			if a := h.press(admin, button); a.IsZero() {
				t.Fatal("the first click does nothing")
			}
			if a := h.press(admin, button); !a.IsZero() {
				t.Errorf("the second click of a double one answers %q", shownText(a))
			}
			if a := h.press(second, button); a.IsZero() {
				t.Error("somebody else's click does nothing")
			}
			h.mu.Lock()
			h.now = h.now.Add(10 * time.Second)
			h.mu.Unlock()
			if a := h.press(admin, button); a.IsZero() {
				t.Error("a later click does nothing")
			}
		})
	}
}
