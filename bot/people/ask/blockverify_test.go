package ask_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/detect"
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
