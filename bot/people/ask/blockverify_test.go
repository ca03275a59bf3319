package ask_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/detect"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// TestBlockVerify tells what came after the block from what the same day had
// before it, when somebody got in last from when they were refused last, and who
// only typed a wrong password from who was refused.
func TestBlockVerify(t *testing.T) {
	t.Parallel()
	d := newDesk(t, usual())
	bundler := detect.NewBundler()
	midnight := monday.Truncate(24 * time.Hour)
	for i, r := range []struct {
		user, hour int
		code       int
	}{{1, 5, 0}, {1, 6, 0}, {1, 8, 0}, {1, 9, 53003}, {2, 7, 53003}, {2, 9, 53003}, {3, 9, 50126}} {
		bundler.Add(&detect.SignIn{
			ID: fmt.Sprint(i), Time: midnight.Add(time.Duration(r.hour) * time.Hour), User: fmt.Sprintf("user%d@contoso.com", r.user), ClientApp: "IMAP4",
			Event: detect.NonInteractive, Result: detect.Result{Known: true, Code: r.code},
		})
	}
	d.write(func(tx *storage.Tx) error { return tx.AddBundles(d.tenant, bundler.Bundles()) })
	const users = "block verify --users user1@contoso.com,user2@contoso.com,user3@contoso.com,user4@contoso.com --since "
	for name, since := range map[string]string{
		"a time": "2026-11-23T07:30", "with seconds": "2026-11-23T07:30:00", "with a zone": "2026-11-23T08:30:00+01:00", "as it is shown": `"2026-11-23 07:30"`,
	} {
		a := d.ask(users + since)
		d.says(a, "since 23 November 2026, 07:30 UTC", "user1@contoso.com by IMAP4: 1 sign-in got in, the last on 23 November, 08:00 UTC",
			"user1@contoso.com by IMAP4: 1 refused by Conditional Access; the last refusal on 23 November, 09:00 UTC", "user2@contoso.com by IMAP4: 1 refused")
		text := chat.Plain(a.Card)
		_, rest, _ := strings.Cut(text, "proves nothing")
		failed, silent, _ := strings.Cut(rest, "No legacy row at all")
		if !strings.Contains(failed, "user3@contoso.com") || strings.Contains(silent, "user3@") || !strings.Contains(silent, "user4@contoso.com") {
			t.Errorf("%s:\n%s", name, text)
		}
	}
	d.says(d.ask(users+"2026-11-23"), "since 23 November 2026, 00:00 UTC", "3 sign-ins got in", "2 refused by")
	for name, ago := range map[string]string{"1d": "since 22 November 2026, ", "4W": "since 26 October 2026, "} {
		d.says(d.ask(users+name), ago)
	}
	for name, words := range map[string]string{
		"2026-11-24": "has not come yet: it is 2026-11-23T", "2027-01-01T00:00:00Z": "has not come yet", "soon": "--since 7d or --since 36h", "0d": "is no time",
	} {
		if a := d.ask(users + name); a.Outcome != chat.Misasked || !strings.Contains(chat.Plain(a.Card), words) {
			t.Errorf("since %s: %d, want %q\n%s", name, a.Outcome, words, chat.Plain(a.Card))
		}
	}
}

// TestBlockVerifySaysWhatWasRead tells what was not read yet from what was read with
// a gap.
func TestBlockVerifySaysWhatWasRead(t *testing.T) {
	t.Parallel()
	const nothing, gap = "No pass has read anything of the log since then yet", "The log was not read without a gap since then"
	for name, c := range map[string]struct {
		from, to time.Duration // before now
		want     string
	}{
		"before it":     {48 * time.Hour, 3 * time.Hour, nothing},
		"all of it":     {48 * time.Hour, time.Hour, ""},
		"after a gap":   {90 * time.Minute, time.Hour, gap},
		"in its minute": {2 * time.Hour, time.Hour, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, usual())
			d.write(func(tx *storage.Tx) error {
				p := storage.Pass{Tenant: d.tenant, From: monday.Add(-c.from), To: monday.Add(-c.to), Complete: true}
				return errors.Join(tx.BeginPass(&p), tx.EndPass(&p))
			})
			text := chat.Plain(d.ask("block verify --users user1@contoso.com --since 2026-11-23T08:00").Card)
			for _, words := range []string{nothing, gap} {
				if strings.Contains(text, words) != (words == c.want) {
					t.Errorf("want %q:\n%s", c.want, text)
				}
			}
		})
	}
}

// TestBlockVerifyCountsTokensApart takes nobody who sends a token for one whom an
// authentication policy missed.
func TestBlockVerifyCountsTokensApart(t *testing.T) {
	t.Parallel()
	d := newDesk(t, usual())
	row := func(hour int, protocol string) detect.SignIn {
		return detect.SignIn{User: "otto@contoso.com", Time: monday.Add(time.Duration(hour) * time.Hour), ClientApp: "IMAP4", AuthProtocol: protocol, IP: "192.0.2.9"}
	}
	const line = "block verify --users otto@contoso.com --since 2026-11-23T10:00"
	d.log(row(1, "oAuth2"), row(2, "oAuth2"), row(3, "oAuth2"))
	a := d.ask(line)
	d.says(a, "Nobody of the chosen users, by a password.", "By token: an authentication policy lets them in",
		"otto@contoso.com by IMAP4 with a token: 3 sign-ins got in, the last on 23 November, 13:00 UTC", "A mailbox switch closes its protocol for tokens too. A policy of Conditional Access goes by the client app")
	if a.Card.Tone == card.Danger {
		t.Errorf("tokens alone are urgent:\n%s", chat.Plain(a.Card))
	}
	d.log(row(4, ""))
	if a = d.ask(line); a.Card.Tone != card.Danger {
		t.Errorf("a password is not urgent:\n%s", chat.Plain(a.Card))
	}
	d.says(a, "otto@contoso.com by IMAP4: 1 sign-in got in", "with a token: 3 sign-ins got in")
}
