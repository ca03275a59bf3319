package people_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/storage"
)

// outlook is one Outlook of Priya's, by each protocol that an Outlook uses.
func outlook(version string) []storage.Client {
	var all []storage.Client
	for n, p := range []detect.Protocol{detect.MAPI, detect.EWS, detect.RPC, detect.Autodiscover} {
		c := phone("o"+string(rune('1'+n)), "priya")
		c.Protocol = p
		c.Device = useragent.Device{Family: useragent.OutlookWindows, Model: "Outlook " + version, Version: map[string]string{"2013": "15.0.5589", "2016": "16.0.4266"}[version], Confidence: useragent.Certain}
		all = append(all, c)
	}
	return all
}

// TestOnePressCountsForAllProtocols has a person who moved an Outlook say so once.
func TestOnePressCountsForAllProtocols(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	priya := w.known("priya", "en-US", "Europe/Lisbon")
	w.save(outlook("2016")...)
	w.notify("priya")
	if text := w.inbox(priya)[0].Text; !strings.Contains(text, "A device of yours") || strings.Contains(text, "Show the steps for another") {
		t.Errorf("one Outlook is told as several:\n%s", text)
	}
	w.press(priya, w.button(priya, "step"))
	w.turn()
	for _, key := range []string{"o1", "o2", "o3", "o4"} {
		w.wantState(key, migration.Acknowledged)
	}
	w.press(priya, w.button(priya, "done"))
	w.turn()
	for _, key := range []string{"o1", "o2", "o3", "o4"} {
		w.wantState(key, migration.ClaimedDone)
	}
	// One of them still signs in: it alone is back, and told apart.
	w.set(monday.Add(2 * day))
	w.change("o3", func(c *storage.Client) { c.Last, c.LastRight = w.Now(), w.Now() })
	w.move("o3", migration.SignedInAgain)
	w.turn()
	text := w.inbox(priya)[0].Text
	for _, want := range []string{"A device of yours", "by Outlook Anywhere: still signs in the old way", "by Autodiscover, Exchange Web Services and MAPI over HTTP: you say that it is done"} {
		if !strings.Contains(text, want) {
			t.Errorf("the message lacks %q:\n%s", want, text)
		}
	}
}

func TestNotMineSetsAllProtocolsAside(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	priya := w.known("priya", "en-US", "Europe/Lisbon")
	w.save(outlook("2016")...)
	w.notify("priya")
	w.press(priya, w.button(priya, "notmine"))
	w.turn()
	for _, key := range []string{"o1", "o2", "o3", "o4"} {
		if c := w.client(key); c.Owner != "admins" {
			t.Errorf("%s has the owner %q", key, c.Owner)
		}
	}
	alerts := w.channel.In(admins.String())
	if len(alerts) != 1 {
		t.Fatalf("%d alerts", len(alerts))
	}
	for _, key := range []string{"o1", "o2", "o3", "o4"} {
		if !strings.Contains(alerts[0].Text, "reassign "+key+" OWNER") {
			t.Errorf("the alert does not say how to give %s to somebody:\n%s", key, alerts[0].Text)
		}
	}
}

// TestTheMessageBringsItsFiles presses the button of a message whose steps open a
// file, and that of one whose steps have none.
func TestTheMessageBringsItsFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	priya := w.known("priya", "de-DE", "Europe/Berlin")
	w.save(outlook("2013")...)
	w.notify("priya")
	text := w.inbox(priya)[0].Text
	for _, want := range []string{"Öffnen Sie die Datei outlook-2013.reg", "outlook-2013.reg, outlook-2013-undo.reg. Die Schaltfläche „Dateien holen“", "IT service desk, extension 100", "[Dateien holen]"} {
		if !strings.Contains(text, want) {
			t.Errorf("the message lacks %q:\n%s", want, text)
		}
	}
	answer := w.press(priya, w.button(priya, "files"))
	names := map[string]bool{}
	for _, f := range answer.Files {
		names[f.Name] = bytes.HasPrefix(f.Data, []byte("Windows Registry Editor Version 5.00\r\n"))
	}
	if len(names) != 2 || !names["outlook-2013.reg"] || !names["outlook-2013-undo.reg"] {
		t.Errorf("files: %v", names)
	}
	if want := "Hier sind sie: outlook-2013.reg"; !strings.Contains(chat.Plain(answer.Card), want) {
		t.Errorf("the answer lacks %q:\n%s", want, chat.Plain(answer.Card))
	}
	w.wantState("o1", migration.Told)

	other, ben := newWorld(t), "ben"
	person := other.known(ben, "en-US", "Europe/Lisbon")
	other.save(phone("k1", ben))
	other.notify(ben)
	if text := other.inbox(person)[0].Text; strings.Contains(text, "Get the file") {
		t.Errorf("files are offered that do not exist:\n%s", text)
	}
	if answer := other.press(person, "files:k1:1"); len(answer.Files) != 0 {
		t.Errorf("%d files of a playbook without any", len(answer.Files))
	}
}

// TestAnOwnerReadsTheAccounts has somebody answer for three printers beside a phone.
func TestAnOwnerReadsTheAccounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	priya := w.known("priya", "en-US", "Europe/Lisbon")
	w.save(phone("k1", "priya"))
	for _, name := range []string{"scanner-1", "scanner-2", "scanner-3"} {
		c := phone("s"+strings.TrimPrefix(name, "scanner-"), name)
		c.Protocol, c.Device, c.Owner = detect.SMTP, useragent.Device{Family: useragent.Printer, Confidence: useragent.Likely}, "priya@contoso.com"
		w.save(c)
	}
	w.notify("priya")
	text := w.inbox(priya)[0].Text
	for _, want := range []string{
		"4 devices have to change", "Something signs in to priya@contoso.com in an old way that Microsoft is ending, and so do 3 other",
		"- iPhone 11, iOS 14.8: to do", "- a printer or scanner that signs in as scanner-2@contoso.com: to do", "Steps for iPhone 11",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the message lacks %q:\n%s", want, text)
		}
	}
	shown := w.press(priya, "show:s3:1")
	if got := chat.Plain(shown.Card); !strings.Contains(got, "Account: scanner-3@contoso.com") || !strings.Contains(got, "Steps for a printer or scanner that signs in as scanner-3@contoso.com") {
		t.Errorf("the steps of the third:\n%s", got)
	}
	more := w.press(priya, "more:s3:1")
	whole := ""
	for _, f := range more.Files {
		whole += f.Name + "\n" + string(f.Data)
	}
	for _, want := range []string{"printer-smtp.txt", "printer-smtp.ps1", "Set-CASMailbox", "scanner-3@contoso.com"} {
		if !strings.Contains(whole, want) {
			t.Errorf("the files of Read more lack %q", want)
		}
	}
}

// TestHelpForWhatIsOwnedNamesNobody holds for the account of the thing, too.
func TestHelpForWhatIsOwnedNamesNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	priya := w.known("priya", "en-US", "Europe/Lisbon")
	c := phone("s1", "scanner-1")
	c.User.ID, c.User.Display = "0d1e2c7a-0000-4000-8000-000000000001", "Scanner of Jan Kowalski"
	c.Protocol, c.Device, c.Owner = detect.SMTP, useragent.Device{Family: useragent.Printer, Confidence: useragent.Likely}, "priya@contoso.com"
	w.save(c)
	w.notify("priya")
	w.press(priya, w.button(priya, "needhelp"))
	w.turn()
	all := w.channel.In(desk.String())
	if len(all) != 2 || !strings.Contains(all[1].Text, "Steps for a printer or scanner") {
		t.Fatalf("the help desk reads %+v", all)
	}
	for _, m := range all {
		for _, name := range []string{"scanner-1", c.User.ID, "Kowalski", "priya", "192.0.2.7"} {
			if strings.Contains(m.Text, name) {
				t.Errorf("the help desk's place reads %q:\n%s", name, m.Text)
			}
		}
	}
}

// quietly passes over a tenant twelve times a day for six days, with what each pass
// changes, and gives how often the message was edited.
func (w *world) quietly(p chat.Person, change func(pass int, now time.Time)) int {
	before := len(w.inbox(p)[0].Edits)
	for pass := range 12 * 6 {
		now := monday.Add(time.Duration(pass+1) * 2 * time.Hour)
		w.set(now)
		if pass%14 == 13 { // a folder is filled once a day, and not on the minute
			w.covered(now.Add(-2*day), now)
		}
		change(pass, now)
		w.turn()
	}
	return len(w.inbox(p)[0].Edits) - before
}

// TestWaitingEditsNothing has two claims wait while the log is read a little late
// each day: nothing that the person reads changes.
func TestWaitingEditsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.people.Settings.Hours = people.Hours{}
	priya := w.known("priya", "en-US", "Europe/Lisbon")
	w.save(phone("k1", "priya"), reader("k2", "priya"))
	w.covered(monday.Add(-20*day), monday)
	w.notify("priya")
	for range 2 {
		w.press(priya, w.button(priya, "done"))
		w.turn()
	}
	edits := w.quietly(priya, func(int, time.Time) {
		for _, key := range []string{"k1", "k2"} {
			w.change(key, func(c *storage.Client) { c.Tally.Total++ })
		}
	})
	if text := w.inbox(priya)[0].Text; edits != 0 || !strings.Contains(text, "I can confirm it on November 30, 2026 at the earliest") {
		t.Errorf("%d edits of what reads the same:\n%s", edits, text)
	}
	// Nothing comes but the day: it was quiet, and a new sign-in is missing.
	w.set(monday.Add(8 * day))
	w.covered(monday, monday.Add(8*day))
	w.change("k1", func(c *storage.Client) { c.Tally.Total++ })
	w.turn()
	if text := w.inbox(priya)[0].Text; !strings.Contains(text, "I confirm it as soon as I see a sign-in in the new way") {
		t.Errorf("after the quiet days:\n%s", text)
	}
}

// TestBusyDevicesEditNothing has two devices sign in by turns all week: the message
// does not change with each of their sign-ins, nor show now one and now the other.
func TestBusyDevicesEditNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.people.Settings.Hours = people.Hours{}
	priya := w.known("priya", "en-US", "Europe/Lisbon")
	w.save(phone("k1", "priya"), reader("k2", "priya"))
	w.notify("priya")
	edits := w.quietly(priya, func(pass int, now time.Time) {
		w.change([]string{"k1", "k2"}[pass%2], func(c *storage.Client) { c.Last, c.LastRight = now, now })
	})
	if edits > 1 { // after the reminder, which is another message, it names the next
		t.Errorf("%d edits", edits)
	}
}

// covered records that the log was read.
func (w *world) covered(from, to time.Time) {
	w.t.Helper()
	w.write(func(tx *storage.Tx) error {
		return tx.BeginPass(&storage.Pass{Tenant: w.tenant, Source: "log", Trigger: "test", Started: to, Ended: to, From: from, To: to, Complete: true})
	})
}
