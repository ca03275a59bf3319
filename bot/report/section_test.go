package report

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/terminal"
	"legacyauth/bot/scan"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks"
)

func finding(protocol detect.Protocol, verdict detect.Verdict, auth detect.AuthKind) scan.Finding {
	return scan.Finding{
		Client: detect.Client{
			Protocol: protocol, Verdict: verdict, Auth: detect.Auth{Kind: auth},
			User: detect.User{Name: "ana@contoso.com"}, Device: detect.Device{Family: useragent.IPhone, Model: "iPhone 11"},
		},
		Playbook: &playbooks.Playbook{ID: "iphone-mail-update"},
	}
}

func TestHeadline(t *testing.T) {
	t.Parallel()
	complete := detect.Coverage{Complete: true}
	unlisted := finding(detect.Unknown, detect.InUse, detect.AuthUnknown)
	cases := []struct {
		name string
		r    scan.Result
		want string
	}{
		{"nothing, complete", scan.Result{Coverage: complete}, "No client uses legacy authentication"},
		{"T12: nothing, incomplete", scan.Result{}, "No legacy client in what was read, but coverage is incomplete: this is no all-clear"},
		{"one", scan.Result{Coverage: complete, Findings: []scan.Finding{finding(detect.IMAP, detect.InUse, detect.Basic)}}, "1 client still uses legacy authentication"},
		{"T9: a token is not counted", scan.Result{Coverage: complete, Findings: []scan.Finding{finding(detect.IMAP, detect.InUse, detect.Token)}}, "No client uses legacy authentication"},
		{"T9: EWS ends whatever is sent", scan.Result{Coverage: complete, Findings: []scan.Finding{finding(detect.EWS, detect.InUse, detect.Token)}}, "1 client still uses legacy authentication"},
		{"an unlisted client app is not counted, and said", scan.Result{Coverage: complete, Findings: []scan.Finding{unlisted}}, "No client uses legacy authentication with a listed client app, 1 to review"},
		{"nothing in a filtered scan", scan.Result{Coverage: complete, ListedOnly: true}, "No client uses legacy authentication with a listed client app"},
		{"only unlisted ones in a filtered scan", scan.Result{Coverage: complete, ListedOnly: true, Findings: []scan.Finding{unlisted, unlisted}}, "No client uses legacy authentication with a listed client app, 2 to review"},
		{"T12: nothing in a filtered scan, incomplete", scan.Result{ListedOnly: true}, "No legacy client in what was read, but coverage is incomplete: this is no all-clear"},
		{"one in a filtered scan", scan.Result{Coverage: complete, ListedOnly: true, Findings: []scan.Finding{finding(detect.IMAP, detect.InUse, detect.Basic)}}, "1 client still uses legacy authentication"},
		{"spray is not counted", scan.Result{Coverage: complete, Findings: []scan.Finding{finding(detect.IMAP, detect.Spray, detect.Basic)}}, "No client uses legacy authentication"},
		{"two of which one is leaked", scan.Result{Findings: []scan.Finding{finding(detect.IMAP, detect.Leaked, detect.Basic), finding(detect.EAS, detect.Blocked, detect.Basic)}}, "2 clients still use legacy authentication, but coverage is incomplete"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := headline(c.r); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// What the summary leaves out of its number still stands in the answer.
func TestEverySectionIsShown(t *testing.T) {
	t.Parallel()
	r := scan.Result{Coverage: detect.Coverage{Complete: true}, Findings: []scan.Finding{
		finding(detect.Unknown, detect.InUse, detect.AuthUnknown), finding(detect.IMAP, detect.InUse, detect.Token),
		finding(detect.IMAP, detect.Broken, detect.Basic), finding(detect.IMAP, detect.Spray, detect.Basic),
	}}
	r.Findings[3].Tally.Total = 1
	var out bytes.Buffer
	if err := Text(&out, terminal.Options{}, r, time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1 to review · 1 sending a token already", "1 guess at 1 account from 0 networks", "To review: ", "Sends a token", "Broken: "} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the answer lacks %q:\n%s", want, out.String())
		}
	}
}

// The name of a playbook is typed by people, so it is never cut, and lines fit
// the terminal.
func TestTableFits(t *testing.T) {
	t.Parallel()
	r := scan.Result{Findings: []scan.Finding{finding(detect.Autodiscover, detect.InUse, detect.Basic)}}
	r.Findings[0].User.Name = "somebody.with.a.long.name@subsidiary.contoso.com"
	r.Findings[0].Playbook.ID = "reporting-web-service"
	for _, width := range []int{80, 100, 140} {
		var out bytes.Buffer
		if err := table(r, time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC), width).Write(&out, terminal.Options{Width: width}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), "reporting-web-service") || !strings.Contains(out.String(), "User  ") {
			t.Errorf("at %d columns:\n%s", width, out.String())
		}
		for line := range strings.Lines(out.String()) {
			if n := len([]rune(strings.TrimRight(line, "\n"))); n > width {
				t.Errorf("at %d columns a line has %d: %s", width, n, line)
			}
		}
	}
}
