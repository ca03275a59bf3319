package notice_test

import (
	"fmt"
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people/notice"
	"legacyauth/playbooks"
	"legacyauth/playbooks/card"
	"legacyauth/playbooks/language"
)

// besides are what somebody gets besides the message itself.
func besides(v notice.View) map[string]card.Card {
	c := v.Shown()
	return map[string]card.Card{
		"read more": notice.Guide(v, c), "reminder": notice.Reminder(v, false), "last reminder": notice.Reminder(v, true), "relapse": notice.News(v, []*notice.Client{c}, nil),
	}
}

// whole says whether what was shown of a card is all there is to it: nothing cut and
// nothing left to fill in.
func whole(t *testing.T, where, text string) {
	t.Helper()
	if left := strings.TrimSpace(text); len(left) < 20 || strings.Contains(left, "{{") || strings.Contains(left, "%!") {
		t.Errorf("%s:\n%s", where, text)
	}
}

// TestEverythingElseOfEveryPlaybook makes what people get besides the message, for
// each playbook in each language: Read more, the reminders, the relapse and the mail.
// On the terminal and as Markdown all of it is rendered by the adapters. For Slack
// and Discord each is fitted into the platform's limits by the arithmetic that the
// adapters use; a reminder and a relapse are never cut. Sending all by real HTTP, as
// the next test does, would take minutes for what differs in words alone, so that
// test sends the longest of each playbook.
func TestEverythingElseOfEveryPlaybook(t *testing.T) {
	t.Parallel()
	library, languages := fixture(t)
	cut, made := map[string]int{}, 0
	for _, p := range library.All() {
		for _, code := range language.Codes() {
			v := longest(library, p, languages.For(code))
			for kind, c := range besides(v) {
				where := fmt.Sprintf("%s of %s in %s", kind, p.ID, code)
				whole(t, where, chat.Plain(c))
				for name, show := range rendered() {
					text, _ := show(t, c)
					whole(t, where+" on "+name, text)
					if strings.Contains(text, "did not fit here") {
						t.Errorf("%s on %s: something was cut:\n%s", where, name, text)
					}
				}
				for name, platform := range platforms {
					fitted, cuts := card.Fit(c, platform.limits)
					whole(t, where+" on "+name, chat.Plain(fitted))
					if cuts > 0 {
						cut[kind+" on "+name]++
					}
				}
				made++
			}
			subject, body := notice.Mail(v)
			whole(t, "the mail of "+p.ID+" in "+code, body)
			if subject == "" || strings.Contains(subject, "{{") || strings.Contains(subject, "\n") {
				t.Errorf("the subject of the mail of %s in %s: %q", p.ID, code, subject)
			}
			if steps := len(v.Guide(v.Shown()).Steps); !strings.Contains(body, fmt.Sprintf("\n%d. ", steps)) {
				t.Errorf("the mail of %s in %s lacks the last of %d steps:\n%s", p.ID, code, steps, body)
			}
		}
	}
	t.Logf("%d made; cut by a platform, with all of it in a file: %v", made, cut)
	for what := range cut {
		if !strings.HasPrefix(what, "read more") {
			t.Errorf("%s: cut %d times, and it should never be", what, cut[what])
		}
	}
}

// longest is what somebody reads of the playbook with long names and a second device.
func longest(library *playbooks.Library, p *playbooks.Playbook, l *language.Language) notice.View {
	return view(l, clientFor(library, p, "k7f3q2m9x4ab"), clientFor(library, p, "k8f3q2m9x4ab"))
}

// TestTheLongestOfEverythingElseOnEveryPlatform sends Read more, the last reminder
// and the relapse of each playbook through the adapters of Slack and Discord, in the
// language in which Read more is longest. Nothing is refused; what a platform cuts of
// Read more it says, and brings all of it in a file.
func TestTheLongestOfEverythingElseOnEveryPlatform(t *testing.T) {
	t.Parallel()
	library, languages := fixture(t)
	ends := connect(t)
	sent, filed := 0, 0
	for _, p := range library.All() {
		var v notice.View
		most := 0
		for _, code := range language.Codes() {
			w := longest(library, p, languages.For(code))
			if n := len([]rune(chat.Plain(notice.Guide(w, w.Shown())))); n > most {
				v, most = w, n
			}
		}
		for kind, c := range besides(v) {
			for _, end := range ends {
				where := fmt.Sprintf("%s of %s on %s", kind, p.ID, end.name)
				text, files := end.show(t, c)
				whole(t, where, text)
				sent++
				if !strings.Contains(text, "did not fit here") {
					continue
				}
				filed++
				if kind != "read more" || string(files["whole-message.txt"]) != chat.Plain(c)+"\n" {
					t.Errorf("%s: something was cut, and the file has not all of it:\n%s\n%d bytes", where, text, len(files["whole-message.txt"]))
				}
			}
		}
	}
	t.Logf("%d sent, %d of them with a file of all", sent, filed)
	if want := len(library.All()) * 4 * 2; sent != want {
		t.Errorf("%d sent, want %d", sent, want)
	}
}
