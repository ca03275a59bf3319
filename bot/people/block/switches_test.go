package block_test

import (
	"strings"
	"testing"
	"time"

	"legacyauth/bot/people/block"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/storage"
)

// TestASwitchOnlyWhereNothingSendsAToken is trap T9: a switch closes its protocol for
// tokens too, so that it would cut off whoever has moved to OAuth over it.
func TestASwitchOnlyWhereNothingSendsAToken(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	row := func(edit func(*detect.SignIn)) detect.SignIn {
		s := detect.SignIn{
			ID: "1", Time: day, User: "nora@contoso.com", UserID: "id-nora@contoso.com", ClientApp: "Mobile Apps and Desktop clients", IP: "192.0.2.7", DeviceOS: "Windows 10",
			AuthProtocol: "oAuth2", Event: detect.NonInteractive, Result: detect.Result{Known: true},
		}
		if edit != nil {
			edit(&s)
		}
		return s
	}
	legacy := func(app, protocol string, code int) detect.SignIn {
		return row(func(s *detect.SignIn) { s.ClientApp, s.AuthProtocol, s.Result.Code = app, protocol, code })
	}
	for name, c := range map[string]struct {
		protocol detect.Protocol
		family   useragent.Family
		state    migration.State
		once     bool      // verified before it was closed
		token    time.Time // the client's newest sign-in with one
		log      []detect.SignIn
		left     string // empty: there is a switch
		switched string
	}{
		"a program without a person":            {protocol: detect.IMAP, family: useragent.MailboxReader, state: migration.Verified, switched: "-ImapEnabled $false"},
		"over SMTP":                             {protocol: detect.SMTP, family: useragent.Printer, state: migration.Verified, switched: "-SmtpClientAuthenticationDisabled $true"},
		"over POP":                              {protocol: detect.POP, family: useragent.MailboxReader, state: migration.Closed, switched: "-PopEnabled $false"},
		"closed by hand":                        {protocol: detect.IMAP, family: useragent.Thunderbird, state: migration.Closed, switched: "-ImapEnabled $false"},
		"somebody guessed":                      {protocol: detect.IMAP, family: useragent.MailboxReader, state: migration.Verified, log: []detect.SignIn{row(func(s *detect.SignIn) { s.Result.Code = 50126 }), legacy("IMAP4", "oauth2", 50126)}, switched: "-ImapEnabled $false"},
		"a password over it":                    {protocol: detect.IMAP, family: useragent.MailboxReader, state: migration.Verified, log: []detect.SignIn{legacy("IMAP4", "ropc", 0)}, switched: "-ImapEnabled $false"},
		"a token over another protocol":         {protocol: detect.IMAP, family: useragent.MailboxReader, state: migration.Verified, log: []detect.SignIn{legacy("POP3", "oAuth2", 0)}, switched: "-ImapEnabled $false"},
		"another account signs in modern":       {protocol: detect.IMAP, family: useragent.MailboxReader, state: migration.Verified, log: []detect.SignIn{row(func(s *detect.SignIn) { s.User, s.UserID = "ben@contoso.com", "id-ben" })}, switched: "-ImapEnabled $false"},
		"the person signs in modern":            {protocol: detect.IMAP, family: useragent.Thunderbird, state: migration.Verified, log: []detect.SignIn{row(nil)}, left: "they sign in with modern authentication from a computer with Windows, last on 21 November 2026, and with which program is not kept: it may be a mail program that goes on by IMAP4 with a token"},
		"the person does, over SMTP":            {protocol: detect.SMTP, family: useragent.Thunderbird, state: migration.Closed, log: []detect.SignIn{row(nil)}, left: "goes on by SMTP AUTH with a token"},
		"the person does, over POP":             {protocol: detect.POP, family: useragent.Thunderbird, state: migration.Closed, log: []detect.SignIn{row(nil)}, left: "goes on by POP3 with a token"},
		"known by the id alone":                 {protocol: detect.IMAP, family: useragent.MailboxReader, state: migration.Verified, log: []detect.SignIn{row(func(s *detect.SignIn) { s.User = "" })}, left: "they sign in with modern authentication"},
		"verified, and its modern sign-in gone": {protocol: detect.IMAP, family: useragent.Thunderbird, state: migration.Verified, left: "they sign in with modern authentication"},
		"closed, and verified before":           {protocol: detect.IMAP, family: useragent.Thunderbird, state: migration.Closed, once: true, left: "they sign in with modern authentication, as was verified on 21 November 2026"},
		"a token over it":                       {protocol: detect.IMAP, family: useragent.MailboxReader, state: migration.Verified, log: []detect.SignIn{legacy("IMAP4", "oAuth2", 0)}, left: "a program signs in by it with a token, last on 21 November 2026"},
		"a token, of which the bundle is gone":  {protocol: detect.IMAP, family: useragent.MailboxReader, state: migration.Verified, token: day, left: "a program signs in by it with a token, last on 21 November 2026"},
		"a token that was revoked":              {protocol: detect.IMAP, family: useragent.MailboxReader, state: migration.Verified, log: []detect.SignIn{legacy("IMAP4", "oAuth2", 50173)}, left: "a program signs in by it with a token"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			one := client("nora@contoso.com", c.protocol, c.state)
			one.Device.Family, one.Since, one.LastToken = c.family, day, c.token
			signs, bundler := block.NewSigns(), detect.NewBundler()
			for i := range c.log {
				bundler.Add(&c.log[i])
			}
			for b := range bundler.Each() {
				signs.Add(&b)
			}
			if c.once {
				signs.Verified(&one, day)
			}
			p := block.Make([]string{"nora@contoso.com"}, []storage.Client{one}, signs)
			steps, err := p.Steps()
			if err != nil || len(p.Ready) != 1 {
				t.Fatalf("%+v, %v", p, err)
			}
			if c.left != "" {
				if len(steps) != 1 || strings.Contains(steps[0].Do, "CASMailbox") {
					t.Errorf("a switch: %+v", steps)
				}
				if l := p.Ready[0].Left; len(l) != 1 || l[0].Protocol != c.protocol || !strings.Contains(l[0].Why, c.left) {
					t.Errorf("left out for %+v, want %q", l, c.left)
				}
				return
			}
			if len(steps) != 2 || !strings.HasSuffix(steps[1].Do, "Set-CASMailbox -Identity nora@contoso.com "+c.switched) || len(p.Ready[0].Left) > 0 {
				t.Fatalf("no switch: %+v", p)
			}
			if check := steps[1].Check; !strings.Contains(check, "nobody uses "+c.protocol.Name()+" in the mailbox of nora@contoso.com with a token") {
				t.Errorf("to make sure of: %q", check)
			}
		})
	}
}

// TestNoEmptyStep leaves out the switches of somebody none of whose protocols has one.
func TestNoEmptyStep(t *testing.T) {
	t.Parallel()
	p := block.Make([]string{"ana@contoso.com"}, []storage.Client{client("ana@contoso.com", detect.EAS, migration.Verified)}, block.NewSigns())
	steps, err := p.Steps()
	if err != nil || len(steps) != 1 || steps[0].Playbook != "block-auth-policy" || len(p.Ready[0].Left) > 0 {
		t.Errorf("%+v, %v", steps, err)
	}
}

// TestATokenIsNotHitByAPolicy keeps who sends tokens alone from waiting for a move
// that there is no need of.
func TestATokenIsNotHitByAPolicy(t *testing.T) {
	t.Parallel()
	token := client("otto@contoso.com", detect.IMAP, migration.Open)
	token.Auth.Kind = detect.Token
	other := client("otto@contoso.com", detect.SMTP, migration.Verified)
	p := block.Make([]string{"otto@contoso.com"}, []storage.Client{token, other}, block.NewSigns())
	if len(p.Ready) != 1 || len(p.Ready[0].ByToken) != 1 || len(p.Ready[0].Open) > 0 {
		t.Fatalf("%+v", p)
	}
	moved := client("otto@contoso.com", detect.IMAP, migration.Verified)
	p = block.Make([]string{"otto@contoso.com"}, []storage.Client{token, moved}, block.NewSigns())
	if steps, _ := p.Steps(); len(steps) != 1 || len(p.Ready[0].Left) != 1 {
		t.Errorf("a switch would cut the program with a token off: %+v", p)
	}
	moved.LastToken = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	if p = block.Make([]string{"otto@contoso.com"}, []storage.Client{moved}, block.NewSigns()); len(p.Ready) != 1 || len(p.Ready[0].ByToken) != 1 {
		t.Errorf("a client that has moved to a token is not told: %+v", p)
	}
	token.Verdict = detect.Leaked
	if p = block.Make([]string{"otto@contoso.com"}, []storage.Client{token}, block.NewSigns()); len(p.NotReady) != 1 {
		t.Errorf("somebody knows the password: %+v", p)
	}
}
