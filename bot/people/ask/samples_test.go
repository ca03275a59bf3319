package ask_test

import (
	"strings"
	"testing"

	"legacyauth/detect"
	"legacyauth/storage"
)

// TestASampleOfWhateverIsWordedOtherwise has a client that is blocked, and one that
// somebody answers for, among phones that follow the same steps by the same protocol.
func TestASampleOfWhateverIsWordedOtherwise(t *testing.T) {
	t.Parallel()
	d := newDesk(t, usual())
	d.save(3, func(c *storage.Client) { c.Verdict = detect.Blocked })
	d.save(4, func(c *storage.Client) { c.Owner = "facilities@contoso.com" })
	a := d.ask("campaign start smtp --protocol smtp")
	d.says(a, "playbook iphone-mail-update, client k0", "playbook iphone-mail-update, somebody answers for it, client k00000000004", "playbook iphone-mail-update, blocked, client k00000000003")
	if len(a.Files) != 1 {
		t.Fatalf("%d files", len(a.Files))
	}
	samples := string(a.Files[0].Data)
	for _, want := range []string{"Client k00000000003 ", "It does not get in any more", "Client k00000000004 ", "These steps are written to whoever uses it"} {
		if !strings.Contains(samples, want) {
			t.Errorf("the samples lack %q:\n%s", want, samples)
		}
	}
	if n := strings.Count(samples, "==== Client"); n != 3 {
		t.Errorf("%d samples", n)
	}
}
