package people_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"legacyauth/storage"
)

// TestCheckMarksOfAnEarlierList has somebody update an iPhone, which the first step told
// them to: other steps apply by then, and what they had done is said.
func TestCheckMarksOfAnEarlierList(t *testing.T) {
	t.Parallel()
	w, priya := told(t)
	for n := 1; n <= 3; n++ {
		w.press(priya, fmt.Sprintf("step:k7-%d:%d", n, min(n-1, 1)))
	}
	w.turn()
	if text := w.inbox(priya)[0].Text; !strings.Contains(text, "3 of 6 steps done") {
		t.Fatalf("after three steps:\n%s", text)
	}
	w.set(monday.Add(2 * time.Hour))
	w.change("k7", func(c *storage.Client) { c.Device.Version = "18.6" })
	w.turn()
	const earlier = "You had done 3 of 6 steps of an earlier list. For the device as it is now (iPhone 11, iOS 18.6) the steps are these."
	text := w.inbox(priya)[0].Text
	if !strings.Contains(text, earlier) || !strings.Contains(text, "0 of 6 steps done") {
		t.Errorf("after the update:\n%s", text)
	}
	w.press(priya, w.button(priya, "step"))
	w.turn()
	if text := w.inbox(priya)[0].Text; strings.Contains(text, "an earlier list") || !strings.Contains(text, "1 of 6 steps done") {
		t.Errorf("after the first of the new steps:\n%s", text)
	}
	w.change("k7", func(c *storage.Client) { c.Device.Version = "14.8" })
	w.turn()
	if text := w.inbox(priya)[0].Text; !strings.Contains(text, "3 of 6 steps done") {
		t.Errorf("back at the earlier list:\n%s", text)
	}
	// Who answers for it next had done nothing of it.
	ben := w.known("ben", "en", "Europe/Lisbon")
	w.set(monday.Add(3 * time.Hour))
	w.handOver("k7", "ben@contoso.com")
	w.change("k7", func(c *storage.Client) { c.Device.Version = "16.1" })
	w.turn()
	if text := w.inbox(ben)[0].Text; strings.Contains(text, "You had done") {
		t.Errorf("the new owner reads:\n%s", text)
	}
}
