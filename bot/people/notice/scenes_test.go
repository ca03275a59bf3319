package notice_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people/notice"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks"
	"legacyauth/playbooks/language"
)

var update = flag.Bool("update", false, "write the golden files anew")

// seen is a client that nobody has done anything about yet.
func seen(library *playbooks.Library, n int, user string, p detect.Protocol, d useragent.Device) notice.Client {
	c := notice.Client{
		Client: detect.Client{
			Key: fmt.Sprintf("k%011d", n), User: detect.User{Name: user}, Protocol: p, Verdict: detect.InUse, Device: d,
			First: noon.AddDate(0, 0, -20).Add(time.Duration(n) * time.Minute), Last: noon.Add(-time.Hour), LastRight: noon.Add(-time.Hour),
			Networks: []detect.Network{{Address: fmt.Sprintf("192.0.2.%d", n), Country: "PT", Count: 40}},
		},
		State: migration.Told, Since: noon, Owned: user != "priya@contoso.com", Generation: 1,
	}
	c.Playbook = library.For(c.Client)
	if !c.Owned && c.Playbook.For == playbooks.Admin {
		c.Playbook, _ = library.ByID("find-the-device")
	}
	c.Ends, _ = library.Deadline(p, d.Family, noon)
	return c
}

// scenes are what different people read.
func scenes(library *playbooks.Library) map[string][]notice.Client {
	phone := useragent.Device{Family: useragent.IPhone, Model: "iPhone 11", OS: "iOS", Version: "14.8", Confidence: useragent.Certain}
	outlook := useragent.Device{Family: useragent.OutlookWindows, Model: "Outlook 2016", Confidence: useragent.Certain}
	printer := useragent.Device{Family: useragent.Printer, Confidence: useragent.Likely}
	nothing := useragent.Device{Family: useragent.ExchangeTranslated}
	const priya = "priya@contoso.com"
	outlooks := func() []notice.Client {
		var all []notice.Client
		for n, p := range []detect.Protocol{detect.MAPI, detect.EWS, detect.RPC, detect.Autodiscover} {
			all = append(all, seen(library, n+1, priya, p, outlook))
		}
		return all
	}
	owned := []notice.Client{
		seen(library, 1, "scanner-1@contoso.com", detect.SMTP, printer), seen(library, 2, "scanner-2@contoso.com", detect.SMTP, printer),
		seen(library, 3, "scanner-3@contoso.com", detect.SMTP, printer),
		seen(library, 4, "scans@contoso.com", detect.SMTP, useragent.Device{Family: useragent.MailSender, Confidence: useragent.Likely}),
		seen(library, 5, "invoices@contoso.com", detect.IMAP, nothing),
	}
	parted := outlooks()
	parted[0].State = migration.Verified
	nameless := []notice.Client{
		seen(library, 1, priya, detect.MAPI, nothing), seen(library, 1, priya, detect.RPC, nothing), seen(library, 2, priya, detect.OAB, nothing),
	}
	nameless[1].Key = "k00000000009"
	return map[string][]notice.Client{
		"nameless": nameless,
		"phone":    {seen(library, 1, priya, detect.EAS, phone)},
		"outlook":  outlooks(),
		"parted":   parted,
		"owner":    owned,
		"leaver":   {seen(library, 1, "max@contoso.com", detect.EAS, phone)},
		"mixed":    {seen(library, 6, priya, detect.EAS, phone), seen(library, 7, priya, detect.IMAP, nothing), owned[0], owned[4]},
		"twins":    {seen(library, 8, priya, detect.EAS, phone), seen(library, 9, priya, detect.EAS, phone), seen(library, 3, priya, detect.IMAP, phone)},
		"one-more": {seen(library, 1, priya, detect.EAS, phone), owned[0]},
	}
}

func priyas(l *language.Language, clients []notice.Client) notice.View {
	v := view(l, clients...)
	v.User, v.Contact = "priya@contoso.com", "IT service desk, extension 100"
	return v
}

// TestWhatPeopleRead holds the messages, reminders and mails of different people in
// every language to files that a reader of the language has read.
func TestWhatPeopleRead(t *testing.T) {
	t.Parallel()
	library, languages := fixture(t)
	for name, clients := range scenes(library) {
		var b strings.Builder
		for _, code := range language.Codes() {
			v := priyas(languages.For(code), clients)
			c := notice.Card(v)
			fmt.Fprintf(&b, "==== %s ====\n%s\n", code, chat.Plain(c))
			for _, a := range actions(c) {
				if verb, _, _ := strings.Cut(a.ID, ":"); verb == notice.Show {
					fmt.Fprintf(&b, "[%s]\n", a.Label)
				}
			}
			fmt.Fprintf(&b, "\n-- reminder --\n%s\n\n", chat.Plain(notice.Reminder(v, false)))
			subject, body := notice.Mail(v)
			intro, _, _ := strings.Cut(body, "\n1. ")
			fmt.Fprintf(&b, "-- mail --\n%s\n\n%s\n\n", subject, intro)
		}
		golden(t, name+".txt", b.String())
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// TestNoTwoLinesAreTheSame holds for the list, for what is chosen from it and for
// the reminder, and every line about what is not the person's own names its account.
func TestNoTwoLinesAreTheSame(t *testing.T) {
	t.Parallel()
	library, languages := fixture(t)
	for name, clients := range scenes(library) {
		for _, code := range language.Codes() {
			v := priyas(languages.For(code), clients)
			if strings.Contains(chat.Plain(notice.Card(v)), "owned") {
				t.Errorf("%s in %s says a key", name, code)
			}
			lines, labels := map[string]bool{}, map[string]bool{}
			for line := range strings.SplitSeq(chat.Plain(notice.Card(v)), "\n") {
				if strings.HasPrefix(line, "- ") && lines[line] {
					t.Errorf("%s in %s says twice %q", name, code, line)
				}
				lines[line] = true
			}
			for _, a := range actions(notice.Card(v)) {
				if verb, _, _ := strings.Cut(a.ID, ":"); verb != notice.Show {
					continue
				}
				if labels[a.Label] {
					t.Errorf("%s in %s offers twice %q", name, code, a.Label)
				}
				labels[a.Label] = true
			}
			list := chat.Plain(notice.Reminder(v, true))
			for i := range clients {
				if c := &clients[i]; c.Owned && !strings.Contains(list, c.User.Name) {
					t.Errorf("%s in %s: the reminder does not name %s:\n%s", name, code, c.User.Name, list)
				}
			}
		}
	}
}

// TestOneDeviceByManyProtocols is one line, one set of steps and one number.
func TestOneDeviceByManyProtocols(t *testing.T) {
	t.Parallel()
	library, languages := fixture(t)
	all := scenes(library)
	for name, want := range map[string][]int{"outlook": {1, 4}, "parted": {1, 3}, "owner": {5, 1}, "twins": {3, 1}, "nameless": {2, 2}, "phone": {1, 1}} {
		v := priyas(languages.For("en"), all[name])
		if got := []int{v.Devices(), len(v.Together(v.Shown()))}; !cmp.Equal(got, want) {
			t.Errorf("%s: devices and clients of the one shown are %v, want %v", name, got, want)
		}
	}
}
