package ask_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/entra/settings"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks"
	"legacyauth/storage"
)

// A campaign without somebody behind it is shown, and refused in words.
func TestNoCampaignWithoutAContact(t *testing.T) {
	t.Parallel()
	for name, people := range map[string]string{
		"no contact": "people: {folder: notices, check: the intranet}\n",
		"no check":   "contact: IT\npeople: {folder: notices}\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := usual()
			g.people = people
			d := newDesk(t, g)
			a := d.ask("campaign start smtp")
			d.says(a, "would tell 3 people", "It cannot start yet: ", "write ")
			if len(a.Card.Actions) != 0 {
				t.Errorf("it offers %v", a.Card.Actions)
			}
			d.says(d.ask("campaign confirm smtp 3"), "No campaign starts before the configuration says who writes")
			d.says(d.ask("campaign status"), "smtp: planned")
		})
	}
}

// TestTheCourseOfACampaign is what an admin does with one.
func TestTheCourseOfACampaign(t *testing.T) {
	t.Parallel()
	d := newDesk(t, usual())
	d.save(7, func(c *storage.Client) { c.Device.Family = useragent.Printer })
	d.save(8, nil)
	d.move(8, migration.WentSilent)
	a := d.ask("campaign start smtp --protocol smtp")
	d.says(a, "would tell 3 people about 3 clients", "For admins, clients: 1", "Done with, clients: 1", "One sample of each kind", "iPhone 11, iOS 14.8 by SMTP AUTH, playbook iphone-mail-update", "People a day: 50")
	if len(a.Files) != 1 || strings.Count(string(a.Files[0].Data), "==== Client") != 1 || !strings.Contains(string(a.Files[0].Data), "Steps for iPhone 11") {
		t.Errorf("the samples: %+v", a.Files)
	}
	if confirm := a.Card.Actions[0].Confirm; !strings.Contains(confirm, "Tell 3 people") {
		t.Errorf("the button asks %q", confirm)
	}
	d.says(d.ask("campaign confirm smtp 2"), "By now 3 people would be told, not 2", "campaign start smtp")
	d.save(9, nil)
	d.says(d.press(a), "By now 4 people would be told, not 3") // the button's revision holds
	d.says(d.press(d.ask("campaign start smtp --protocol smtp")), "has started", "4 people")
	d.says(d.ask("campaign start smtp"), "Campaign smtp is running already", "choose another name", "campaign report smtp")
	d.says(d.ask("campaign status"), "smtp: running", "Waiting for their turn: 4")
	d.says(d.ask("campaign pause smtp"), "paused")
	d.says(d.ask("campaign pause smtp"), "Campaign smtp is paused", "campaign resume smtp goes on")
	d.says(d.ask("campaign resume smtp"), "goes on")
	report := d.ask("campaign report smtp")
	d.says(report, "4 of 4 clients are left", "Nobody could be verified yet: that takes 7 quiet days", "Seen, as far as known: 0", "no platform tells whether a message was read", "export campaign smtp --form xlsx")
	if len(report.Files) != 1 || report.Files[0].Type != "image/png" || !strings.Contains(chat.Plain(report.Card), report.Files[0].Alt) {
		t.Errorf("the picture and its sentence: %+v", report.Card)
	}
	for form, files := range map[string]int{"": 1, "xlsx": 1, "html": 1, "csv": 3} {
		if a := d.ask("export campaign smtp " + form); len(a.Files) != files || a.Public {
			t.Errorf("%q gives %d files", form, len(a.Files))
		}
	}
	d.says(d.ask("export campaign smtp pdf"), "form")
	d.says(d.ask("campaign report smtp --by soon"), "2026-12-31")
	d.says(d.ask("campaign stop smtp"), "stopped")
	stopped := d.ask("campaign report smtp")
	d.says(stopped, "4 of 4 clients are left. The campaign was stopped before anybody was told.", "Told: 0", "Their turn never came: 4")
	if text := chat.Plain(stopped.Card); strings.Contains(text, "verified yet") || strings.Contains(text, "At this pace") {
		t.Errorf("a stopped campaign looks ahead:\n%s", text)
	}
	d.says(d.ask("campaign resume smtp"), "Campaign smtp is stopped", "campaign report smtp says what it came to", "campaign start with another name begins a new one")
	d.says(d.ask("campaign start smtp"), "Campaign smtp is stopped already", "choose another name")
	d.says(d.ask("campaign report nothing"), "There is no campaign", "campaign status lists them")
}

// TestBlockPlanOfAGroup has commands for whom everything has moved, and none for
// the others.
func TestBlockPlanOfAGroup(t *testing.T) {
	t.Parallel()
	d := newDesk(t, usual())
	d.move(1, migration.WentSilent)
	a := d.ask(`block plan --users "Sales team"`)
	d.says(a, "1 of 3 users are ready", "Set-User -Identity user1@contoso.com -AuthenticationPolicy", "SmtpClientAuthenticationDisabled", "Rollback:", "user2@contoso.com: iPhone 11", "user3@contoso.com: no client was ever seen")
	if text := chat.Plain(a.Card); strings.Contains(text, "Set-User -Identity user2") {
		t.Errorf("there are commands for somebody who is not ready:\n%s", text)
	}
	if len(a.Files) != 2 || !strings.Contains(string(a.Files[1].Data), "00000001-0000-4000-8000-000000000000") || strings.Contains(string(a.Files[1].Data), "00000002") {
		t.Errorf("files: %+v", a.Files)
	}
	d.says(d.ask("block plan --users user1@contoso.com,user2@contoso.com"), "1 of 2 users are ready")
}

// A policy of Conditional Access for nobody is left out, and said to be.
func TestBlockPlanWithoutDirectoryIDs(t *testing.T) {
	t.Parallel()
	d := newDesk(t, usual())
	d.save(7, func(c *storage.Client) { c.User.ID = "" })
	d.move(7, migration.WentSilent)
	a := d.ask("block plan --users user7@contoso.com")
	d.says(a, "The user is ready", "Set-User -Identity user7@contoso.com", "no block-pilot.json", "the log gave none for the user")
	if text := chat.Plain(a.Card); len(a.Files) != 1 || a.Files[0].Name != "block-plan.txt" || strings.Contains(text+string(a.Files[0].Data), "MgGraph") {
		t.Errorf("%d files:\n%s", len(a.Files), text)
	}
}

// TestADryRunSaysWhatItIsAbout names what was chosen, by options or by the name.
func TestADryRunSaysWhatItIsAbout(t *testing.T) {
	t.Parallel()
	d := newDesk(t, usual())
	d.save(7, func(c *storage.Client) { c.Protocol = detect.IMAP })
	d.save(8, func(c *storage.Client) { c.Device.Family, c.Owner = useragent.Printer, "user8@contoso.com" })
	d.save(9, func(c *storage.Client) {
		c.Device, c.Protocol = useragent.Device{Family: useragent.Unknown}, detect.POP
	})
	for line, about := range map[string]string{
		"campaign start smtp":                      "would tell 4 people about 4 clients\n\nAbout: SMTP AUTH; every device; every verdict; everybody's. Its name chose that",
		"campaign start imap --list a@contoso.com": "would tell 0 people about 0 clients",
		"campaign start printer":                   "About: every protocol; only devices of the kind printer",
		"campaign start autumn":                    "would tell 6 people about 6 clients\n\nAbout: every protocol; every device; every verdict; everybody's.",
		"campaign start mail --protocol imap":      "About: IMAP4; every device",
		"campaign start ews":                       "No client that is known is one that it is about. It is kept as planned and tells nobody: /legacyauth campaign start ews with another choice",
	} {
		d.says(d.ask(line), about)
	}
	if text := chat.Plain(d.ask("campaign start mail --protocol imap").Card); strings.Contains(text, "Its name chose") {
		t.Error(text)
	}
}

// TestADryRunNamesThePlaybookOfTheMessage looks at every kind that the dry run
// lists, and at the message of it.
func TestADryRunNamesThePlaybookOfTheMessage(t *testing.T) {
	t.Parallel()
	d := newDesk(t, usual())
	d.save(8, func(c *storage.Client) { c.Device.Family, c.Owner = useragent.Printer, "user8@contoso.com" })
	d.save(9, func(c *storage.Client) {
		c.Device, c.Protocol = useragent.Device{Family: useragent.Unknown}, detect.POP
	})
	library, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	a := d.ask("campaign start autumn")
	messages := strings.Split(string(a.Files[0].Data), "==== Client ")
	named := regexp.MustCompile(`playbook ([a-z0-9-]+), client (k\d+)`).FindAllStringSubmatch(chat.Plain(a.Card), -1)
	if len(named) != 3 {
		t.Fatalf("%v\n%s", named, chat.Plain(a.Card))
	}
	for _, n := range named {
		book, ok := library.ByID(n[1])
		i := slices.IndexFunc(messages, func(m string) bool { return strings.HasPrefix(m, n[2]) })
		if !ok || i < 0 || !strings.Contains(messages[i], fmt.Sprintf("0 of %d steps done", len(book.Guide(playbooks.Facts{Today: monday}).Steps))) {
			t.Errorf("%s is not the playbook %s:\n%s", n[2], n[1], messages)
		}
	}
}

// TestAButtonStartsWhatItShowed holds that a dry run's button does not start what a
// later dry run of the same name chose.
func TestAButtonStartsWhatItShowed(t *testing.T) {
	t.Parallel()
	d := newDesk(t, usual())
	for n := range 3 {
		d.save(n+5, func(c *storage.Client) { c.Protocol = detect.IMAP })
	}
	first := d.ask("campaign start autumn --protocol smtp")
	second := d.ask("campaign start autumn --protocol imap")
	d.says(d.press(first), "planned anew since this button was shown", "would now tell 3 people about IMAP4; every device")
	d.says(d.ask("campaign status"), "autumn: planned")
	d.says(d.press(second), "has started", "3 people")
	d.says(d.press(first), "Campaign autumn is running")
	if got := d.members("autumn"); !slices.Equal(got, []string{"user5", "user6", "user7"}) {
		t.Errorf("it tells %v", got)
	}
}

// TestAReportLooksToADeadlineOfItsOwn takes no other protocol's day for its own.
func TestAReportLooksToADeadlineOfItsOwn(t *testing.T) {
	t.Parallel()
	d := newDesk(t, usual())
	d.save(7, func(c *storage.Client) { c.Protocol = detect.EAS })
	d.ask("campaign start eas")
	d.ask("campaign start smtp")
	if text := chat.Plain(d.ask("campaign report eas").Card); !strings.Contains(text, "left on 23 December 2026") || strings.Contains(text, "SMTP") || strings.Contains(text, "31 December") {
		t.Error(text)
	}
	d.says(d.ask("campaign report smtp"), "SMTP AUTH ends for 3 clients (end of December 2026")
}

// TestWhatWasNotReadHoldsNobody says that a setting is not known where nobody is
// held back by it, of the devices in question alone.
func TestWhatWasNotReadHoldsNobody(t *testing.T) {
	t.Parallel()
	const consent, outlook = "Whether an admin has consented to Apple's application was not read yet", "Whether modern authentication is on for Outlook is not to be read through Graph"
	d := newDesk(t, usual())
	mentions := func(a chat.Answer, consents, outlooks bool) {
		t.Helper()
		text := chat.Plain(a.Card)
		if strings.Contains(text, consent) != consents || strings.Contains(text, outlook) != outlooks || strings.Contains(text, "nobody can be held back by them") != (consents || outlooks) {
			t.Errorf("Apple %t, Outlook %t:\n%s", consents, outlooks, text)
		}
	}
	mentions(d.ask("campaign start smtp"), true, false)
	d.save(7, func(c *storage.Client) {
		c.Device = useragent.Device{Family: useragent.OutlookWindows, Confidence: useragent.Certain}
	})
	mentions(d.ask("campaign start smtp"), true, true)
	mentions(d.ask("campaign report smtp"), true, true)
	answer := func(items ...settings.Item) {
		t.Helper()
		if err := d.people.SaveHolds(t.Context(), d.tenant, items); err != nil {
			t.Fatal(err)
		}
	}
	answer(settings.Item{ID: "apple.consent", Answer: settings.Yes}, settings.Item{ID: "apple.enabled", Answer: settings.Yes}, settings.Item{ID: "exchange.modern-auth", Answer: settings.CannotTell})
	mentions(d.ask("campaign start smtp"), false, true)
	answer(settings.Item{ID: "apple.consent", Answer: settings.CannotTell}, settings.Item{ID: "exchange.modern-auth", Answer: settings.No})
	a := d.ask("campaign start smtp")
	mentions(a, false, false)
	d.says(a, "Held back, people: 1", "1 person is held back. Modern authentication is switched off")
}
