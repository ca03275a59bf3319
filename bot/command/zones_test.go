package command_test

import (
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/storage/storagetest"
)

// Times are the reader's own, whatever zone the platform says they are in.
func TestTimesAreTheReaders(t *testing.T) {
	t.Parallel()
	h := newHall(t, storagetest.File(t))
	h.fill()
	for zone, want := range map[string]string{
		"Asia/Kolkata": "2026-11-23 13:30 IST", "": "2026-11-23 08:00 UTC", "Local": "2026-11-23 08:00 UTC",
		"../../etc/passwd": "2026-11-23 08:00 UTC", "Nowhere/Land": "2026-11-23 08:00 UTC",
	} {
		who := admin
		who.Zone = zone
		if text := shownText(h.ask(who, "client", "k00000000003")); !strings.Contains(text, want) {
			t.Errorf("in the zone %q it does not read %s:\n%s", zone, want, text)
		}
	}
}

// People are found by their work address where nobody linked them, and a link
// counts more; neither reaches into a tenant that is not theirs to ask about.
func TestOwnDevices(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		h := newHall(t, dsn)
		h.fill()
		byMail := func(p chat.Person, address string) chat.Person { p.Email = address; return p }
		tests := map[string]struct {
			who  chat.Person
			want string
		}{
			"by address":               {byMail(stranger, "Emil.Roth@contoso.com"), "by POP3"},
			"by a foreign address":     {byMail(stranger, "nobody@contoso.com"), "No device of yours"},
			"by no address":            {stranger, "It is not known which account is yours"},
			"by link":                  {carl, "Thunderbird"},
			"a link before an address": {byMail(carl, "anna.berg@contoso.com"), "Thunderbird"},
			"a bound server":           {byMail(bound, "anna.berg@contoso.com"), "No device of yours"},
			"a server that is not":     {byMail(unbound, "anna.berg@contoso.com"), "Nothing can be asked about from here"},
			"a leaked password":        {byMail(stranger, "dora.lang@contoso.com"), "An admin is looking at 1 sign-in"},
		}
		for name, test := range tests {
			text := shownText(h.ask(test.who, "me"))
			if !strings.Contains(text, test.want) || strings.Contains(text, "iPhone 11") {
				t.Errorf("%s: want %q in\n%s", name, test.want, text)
			}
		}
		for _, key := range []string{"k00000000001", "f0000000000a", "nothing"} {
			if text := shownText(h.ask(carl, "steps", key)); !strings.Contains(text, "There is no client") {
				t.Errorf("the steps of somebody else's %s are shown:\n%s", key, text)
			}
		}
		h.ask(admin, "link", "add", "@UNOBODY", "user3@contoso.com", "--tenant=contoso")
		if text := shownText(h.ask(stranger, "me")); !strings.Contains(text, "printer or scanner by SMTP AUTH") && !strings.Contains(text, "No device") {
			t.Errorf("after the link:\n%s", text)
		}
		h.ask(admin, "link", "remove", "@UNOBODY")
		if text := shownText(h.ask(stranger, "me")); !strings.Contains(text, "It is not known") {
			t.Errorf("after the link was undone:\n%s", text)
		}
	})
}
