package ask_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// log stores sign-ins as a pass does.
func (d *desk) log(rows ...detect.SignIn) {
	d.Helper()
	bundler := detect.NewBundler()
	for i := range rows {
		r := rows[i]
		r.ID, r.Event, r.Result.Known = fmt.Sprint("row", i), detect.NonInteractive, true
		bundler.Add(&r)
	}
	d.write(func(tx *storage.Tx) error { return tx.AddBundles(d.tenant, bundler.Bundles()) })
}

// TestBlockPlanCutsNobodyOff plans switches only for whom nothing kept says that a
// token may be in use, and says of the others why not.
func TestBlockPlanCutsNobodyOff(t *testing.T) {
	t.Parallel()
	d := newDesk(t, usual())
	thunderbird := func(c *storage.Client) {
		c.Protocol, c.Device = detect.IMAP, useragent.Device{Family: useragent.Thunderbird}
	}
	d.save(3, thunderbird) // has moved to OAuth over IMAP
	d.save(4, func(c *storage.Client) { c.Device = useragent.Device{Family: useragent.Printer} })
	d.save(5, func(c *storage.Client) { c.Protocol = detect.EAS })
	d.save(6, func(c *storage.Client) { thunderbird(c); c.Auth.Kind = detect.Token })
	d.save(7, func(c *storage.Client) { thunderbird(c); c.Auth.Kind = detect.Basic })
	for _, n := range []int{3, 4, 5} {
		d.move(n, migration.WentSilent)
	}
	d.log(
		detect.SignIn{User: "user3@contoso.com", Time: monday.AddDate(0, 0, -2), ClientApp: "Mobile Apps and Desktop clients", App: "Mozilla Thunderbird", AuthProtocol: "oAuth2", IP: "192.0.2.3", DeviceOS: "Windows 10"},
		detect.SignIn{User: "user7@contoso.com", Time: monday.AddDate(0, 0, -2), ClientApp: "IMAP4", AuthProtocol: "oAuth2", IP: "192.0.2.7"},
	)
	a := d.ask("block plan --users user3@contoso.com,user4@contoso.com,user5@contoso.com,user6@contoso.com,user7@contoso.com,user8@contoso.com")
	d.says(a, "4 of 6 users are ready for a block",
		"Set-User -Identity user3@contoso.com -AuthenticationPolicy",
		"user3@contoso.com, IMAP4: they sign in with modern authentication from a computer with Windows, last on 21 November 2026, and with which program is not kept: it may be a mail program that goes on by IMAP4 with a token",
		"The authentication policy above stops passwords over these protocols and lets tokens through", "playbook block-mailbox-switches",
		"First: Make sure that nobody uses SMTP AUTH in the mailbox of user4@contoso.com with a token",
		"Set-CASMailbox -Identity user4@contoso.com -SmtpClientAuthenticationDisabled $true",
		"user6@contoso.com: ", "A policy of Conditional Access goes by the client app",
		"by IMAP4 (open; some of its sign-ins carry a token, the others would be hit)")
	text := chat.Plain(a.Card)
	for _, not := range []string{"Set-CASMailbox -Identity user3@", "Mailbox switches for user5@", "Nothing was changed", "Set-User -Identity user7@"} {
		if strings.Contains(text, not) || strings.Contains(string(a.Files[0].Data), not) {
			t.Errorf("it has %q:\n%s", not, text)
		}
	}
	between := func(from, to string) string {
		_, rest, _ := strings.Cut(text, from)
		words, _, ok := strings.Cut(rest, to)
		if !ok {
			t.Fatalf("no %q and then %q:\n%s", from, to, text)
		}
		return words
	}
	hit := between("Would be hit and are not ready", "By token: not hit by an authentication policy")
	if !strings.Contains(hit, "user7@") || strings.Contains(hit, "user6@") || strings.Contains(hit, "user8@") {
		t.Errorf("would be hit: %s", hit)
	}
	if byToken := between("By token: not hit", "Nothing is known of them"); !strings.Contains(byToken, "user6@") || strings.Contains(byToken, "user7@") {
		t.Errorf("by token: %s", byToken)
	}
	file := string(a.Files[0].Data)
	for _, want := range []string{"# First: Make sure that nobody uses SMTP AUTH in the mailbox of user4@contoso.com", "# No switch of IMAP4 for user3@contoso.com: they sign in with modern authentication"} {
		if !strings.Contains(file, want) {
			t.Errorf("block-plan.txt lacks %q:\n%s", want, file)
		}
	}
}

// TestASwitchIsNotPlannedWhereItsPersonWasVerifiedOnce holds to a modern sign-in of
// which nothing but the history is left.
func TestASwitchIsNotPlannedWhereItsPersonWasVerifiedOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t, usual())
	d.move(1, migration.WentSilent, migration.WasClosed)
	d.move(2, migration.WasClosed)
	a := d.ask("block plan --users user1@contoso.com,user2@contoso.com")
	d.says(a, "user1@contoso.com, SMTP AUTH: they sign in with modern authentication, as was verified on 23 November 2026", "Set-CASMailbox -Identity user2@contoso.com -SmtpClientAuthenticationDisabled $true")
	if text := chat.Plain(a.Card); strings.Contains(text, "Set-CASMailbox -Identity user1@") {
		t.Errorf("a switch for who has moved:\n%s", text)
	}
}

// TestBlockVerifyOfThePlan means the newest plan where nobody is named: its users,
// since it was made.
func TestBlockVerifyOfThePlan(t *testing.T) {
	t.Parallel()
	d := newDesk(t, usual())
	d.says(d.ask("block verify"), "No plan was made yet", "block plan --users ana@contoso.com,ben@contoso.com", "block verify --users ana@contoso.com --since 2026-11-23T14:30")
	for _, n := range []int{0, 1} {
		d.move(n, migration.WentSilent)
	}
	d.ask("block plan --users user2@contoso.com")
	d.ask("block plan --users user0@contoso.com,user1@contoso.com,user2@contoso.com")
	imap := func(user string, at time.Time, protocol string, code int) detect.SignIn {
		return detect.SignIn{User: user, Time: at, ClientApp: "IMAP4", AuthProtocol: protocol, IP: "192.0.2.9", Result: detect.Result{Code: code}}
	}
	later := monday.Add(3 * time.Hour)
	d.log(
		imap("user0@contoso.com", monday.Add(-time.Hour), "", 0),
		imap("user0@contoso.com", later, "oAuth2", 0), imap("user0@contoso.com", later.Add(time.Hour), "oAuth2", 0),
		imap("user1@contoso.com", later, "", 53003), imap("user1@contoso.com", later, "oAuth2", 53003),
		imap("user2@contoso.com", later, "", 0),
	)
	a := d.ask("block verify")
	d.says(a, "since 23 November 2026, 10:00 UTC", "No users were named, so this is about the 3 users of the newest plan, made by you on 23 November 2026, 10:00 UTC.",
		"It had commands for 2 of them.", "What came since it was made counts.", "Nobody of the chosen users, by a password.",
		"By token: an authentication policy lets them in", "user0@contoso.com by IMAP4 with a token: 2 sign-ins got in, the last on 23 November, 14:00 UTC", "A mailbox switch closes its protocol for tokens too.",
		"Gets in as before: the plan had no commands for them", "user2@contoso.com by IMAP4: 1 sign-in got in",
		"user1@contoso.com by IMAP4: 1 refused by Conditional Access", "user1@contoso.com by IMAP4 with a token: 1 refused by Conditional Access")
	if a.Card.Tone == card.Danger {
		t.Errorf("tokens and who was not blocked are urgent:\n%s", chat.Plain(a.Card))
	}
	d.log(imap("user1@contoso.com", later.Add(time.Minute), "", 0))
	if a := d.ask("block verify"); a.Card.Tone != card.Danger {
		t.Errorf("a password that gets in is not urgent:\n%s", chat.Plain(a.Card))
	}
	d.says(d.ask("block verify --since 2026-11-23T08:30"), "since 23 November 2026, 08:30 UTC", "the 3 users of the newest plan", "user0@contoso.com by IMAP4: 1 sign-in got in")
	if text := chat.Plain(d.ask("block verify --users user1@contoso.com").Card); strings.Contains(text, "newest plan") {
		t.Errorf("who is named is not of the plan:\n%s", text)
	}
	if _, err := d.db.Purge(d.Context(), storage.PurgeOptions{User: "user1@contoso.com"}); err != nil {
		t.Fatal(err)
	}
	d.says(d.ask("block verify"), "Whom the newest plan was for is not kept any more", "block verify --users ana@contoso.com")
}
