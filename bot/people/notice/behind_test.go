package notice_test

import (
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people/notice"
	"legacyauth/playbooks/language"
)

// TestWhatIsBelowIsFound holds that a message whose steps speak of commands below, or of
// another playbook, says where they are, in every language, and that they are there.
func TestWhatIsBelowIsFound(t *testing.T) {
	t.Parallel()
	library, languages := fixture(t)
	for id, key := range map[string]string{"printer-smtp": "steps.both", "outlook-windows": "steps.commands", "azure-communication-email": "steps.playbooks", "iphone-mail": ""} {
		p, ok := library.ByID(id)
		if !ok {
			t.Fatalf("no playbook %s", id)
		}
		for _, code := range language.Codes() {
			l, c := languages.For(code), clientFor(library, p, "k7f3q2m9x4ab")
			v := view(l, c)
			text := chat.Plain(notice.Card(v))
			for _, one := range []string{"steps.both", "steps.commands", "steps.playbooks"} {
				if said := strings.Contains(text, l.Say(one, "button", l.Say("button.more"))); said != (one == key) {
					t.Errorf("%s in %s says %s: %t\n%s", id, code, one, said, text)
				}
			}
			more := chat.Plain(notice.Guide(v, &c))
			if key == "steps.both" && (!strings.Contains(more, "/legacyauth playbook smtp-choices") || !strings.Contains(more, "Set-CASMailbox")) {
				t.Errorf("what is behind it in %s:\n%s", code, more)
			}
		}
	}
}
