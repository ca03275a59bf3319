package command_test

import (
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/storage/storagetest"
)

// What is typed wrong is answered with how it is written.
func TestHints(t *testing.T) {
	t.Parallel()
	h := newHall(t, storagetest.File(t))
	h.fill()
	const key = "k00000000003"
	for _, tc := range []struct{ words, want string }{
		{"scan 7x", "write it as 36h, 7d or 4w"},
		{"scan 7", "write it as 36h, 7d or 4w"},
		{"clients ios", "write clients iphone ipad ipod"},
		{"clients scanners", "write clients printer"},
		{"clients iphones", "did you mean iphone"},
		{"except " + key + " 30d", "--days DAYS, --reason REASON"},
		{"except " + key + " --days many", "--days 30"},
		{"except " + key + " --days 30", "--reason"},
		{"except " + key + " --days 400 --reason x", "At most 90 days"},
	} {
		if text := shownText(h.ask(admin, strings.Fields(tc.words)...)); !strings.Contains(text, tc.want) {
			t.Errorf("%s is answered without %q:\n%s", tc.words, tc.want, text)
		}
	}
	if text := shownText(h.ask(admin, "except", key, "--days", "30d", "--reason", "replaced in January")); !strings.Contains(text, "left alone until") {
		t.Errorf("30d is answered with\n%s", text)
	}
	terminal := chat.Person{Platform: chat.Terminal}
	if text := shownText(h.ask(terminal, "me")); strings.Contains(text, "terminal:") || !strings.Contains(text, "user ana@contoso.com") {
		t.Errorf("me at the terminal is answered with\n%s", text)
	}
}
