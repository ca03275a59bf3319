package playbooks_test

import (
	"strings"
	"testing"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks"
	"legacyauth/playbooks/card"
)

func builtin(t *testing.T) *playbooks.Library {
	t.Helper()
	l, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Every playbook can be shown with and without a client, for a name that fits
// and for one that is hostile, and every file can be handed out.
func TestBuiltinCanBeShown(t *testing.T) {
	t.Parallel()
	hostile := printer()
	hostile.User.Name = "x'; <b>\x1b[31m"
	for _, p := range builtin(t).All() {
		for name, c := range map[string]*detect.Client{"nobody": nil, "a client": printer(), "a hostile client": hostile} {
			facts := playbooks.Facts{Client: c, Today: today}
			text := everyText(p.Card(facts))
			if strings.Contains(text, "{{") || strings.Contains(text, "\x1b") {
				t.Errorf("%s for %s is not filled:\n%s", p.ID, name, text)
			}
			for _, f := range p.Files {
				data, err := p.File(f.Name, facts)
				if err != nil || len(data) == 0 || strings.Contains(string(data), "{{") || strings.Contains(string(data), "<b>") {
					t.Errorf("%s for %s: file %s: %v\n%s", p.ID, name, f.Name, err, data)
				}
			}
		}
	}
}

func TestBuiltinHasAPlaybookForEveryClient(t *testing.T) {
	t.Parallel()
	l := builtin(t)
	for _, family := range useragent.Families() {
		for _, protocol := range detect.Protocols() {
			for _, verdict := range detect.Verdicts() {
				for _, version := range []string{"", "9.3.5", "15", "18.1", "26.1"} {
					c := detect.Client{Protocol: protocol, Verdict: verdict, Device: detect.Device{Family: family, Version: version}}
					if p := l.For(c); p == nil || p.Topic {
						t.Errorf("%s by %s, %s, version %q gets %v", family, protocol, verdict, version, p)
					}
				}
			}
		}
	}
}

// Every playbook that is not a topic is chosen for some client; one that is not
// is dead text.
func TestBuiltinPlaybooksAreAllReached(t *testing.T) {
	t.Parallel()
	l := builtin(t)
	reached := map[string]bool{}
	for _, family := range useragent.Families() {
		for _, protocol := range detect.Protocols() {
			for _, verdict := range detect.Verdicts() {
				for _, version := range []string{"", "9.3.5", "12.5.7", "14.0.6106", "15.0.4420", "16.0.10827", "18.1", "26.1"} {
					c := detect.Client{Protocol: protocol, Verdict: verdict, Device: detect.Device{Family: family, Version: version}}
					reached[l.For(c).ID] = true
					c.AccountDisabled = true
					reached[l.For(c).ID] = true
					c.AccountDisabled, c.Auth.Kind = false, detect.Token
					reached[l.For(c).ID] = true
				}
			}
		}
	}
	for _, p := range l.All() {
		if p.Topic == reached[p.ID] {
			t.Errorf("%s: topic is %v, chosen for a client is %v", p.ID, p.Topic, reached[p.ID])
		}
	}
}

// TestT4 is trap T4: a phone whose system is new enough is told to add its
// account again, never to update.
func TestT4NewPhoneIsNotToldToUpdate(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"26.1": "iphone-mail", "15.6": "iphone-mail", "15.5": "iphone-mail-update", "12.5.7": "iphone-mail-update",
		"11.4": "iphone-mail-too-old", "": "iphone-mail-any",
	}
	for version, want := range tests {
		c := detect.Client{Protocol: detect.EAS, Verdict: detect.InUse, Device: detect.Device{Family: useragent.IPhone, OS: "iOS", Version: version}}
		if p := builtin(t).For(c); p.ID != want {
			t.Errorf("iOS %q gets %s, want %s", version, p.ID, want)
		}
	}
}

func TestBuiltinCardsHaveNoEmptyBlocks(t *testing.T) {
	t.Parallel()
	for _, p := range builtin(t).All() {
		if _, cuts := card.Fit(p.Card(playbooks.Facts{Today: today}), card.Limits{}); cuts != 0 {
			t.Errorf("%s holds %d empty lists", p.ID, cuts)
		}
	}
}

// A leaver's device goes to admins, whatever it is; a leaked password is more
// urgent still.
func TestT7DisabledAccountGoesToAdmins(t *testing.T) {
	t.Parallel()
	l := builtin(t)
	for _, family := range useragent.Families() {
		c := detect.Client{Protocol: detect.EAS, Verdict: detect.InUse, Device: detect.Device{Family: family, Version: "26.1"}, AccountDisabled: true}
		if p := l.For(c); p.ID != "disabled-account" || p.For != playbooks.Admin {
			t.Errorf("%s of a disabled account gets %s for %s", family, p.ID, p.For)
		}
		c.Verdict = detect.Leaked
		if p := l.For(c); p.ID != "leaked-password" {
			t.Errorf("a leaked password of a disabled account gets %s", p.ID)
		}
	}
}

// A client that sends a token has nothing to move, except off EWS, which ends
// whatever is sent.
func TestT9TokenHasNothingToMove(t *testing.T) {
	t.Parallel()
	l := builtin(t)
	phone := detect.Device{Family: useragent.IPhone, Version: "26.1"}
	for kind, want := range map[detect.AuthKind]string{
		detect.Token: "already-modern", detect.Basic: "iphone-mail", detect.AuthUnknown: "iphone-mail", detect.ROPC: "iphone-mail", "": "iphone-mail",
	} {
		c := detect.Client{Protocol: detect.EAS, Verdict: detect.InUse, Device: phone, Auth: detect.Auth{Kind: kind}}
		if p := l.For(c); p.ID != want {
			t.Errorf("authentication %q gets %s, want %s", kind, p.ID, want)
		}
	}
	mac := detect.Client{Protocol: detect.EWS, Verdict: detect.InUse, Device: detect.Device{Family: useragent.MacMail}, Auth: detect.Auth{Kind: detect.Token}}
	if p := l.For(mac); p.ID != "macos-mail" {
		t.Errorf("EWS with a token gets %s, want macos-mail", p.ID)
	}
}

// A person is told of "your iPhone 12 mini", while the facts of the card keep
// the name under which a scan lists the device.
func TestPersonReadsOfTheirOwnDevice(t *testing.T) {
	t.Parallel()
	l := builtin(t)
	for want, d := range map[string]detect.Device{
		"Mail on your iPhone 12 mini (iOS 17.6.1) signs in": {Family: useragent.IPhone, Model: "iPhone 12 mini", OS: "iOS", Version: "17.6.1"},
		"Mail on your iPad can only sign in":                {Family: useragent.IPad, Version: "9.3.5"},
		"Mail on your Mac (macOS 14.5) signs in":            {Family: useragent.MacMail, OS: "macOS", Version: "14.5"},
		"app on your Android phone (SM-A515F) signs in":     {Family: useragent.Android, Model: "SM-A515F"},
		"Outlook on your Mac signs in":                      {Family: useragent.OutlookMac},
		"On your device they still try":                     {Family: useragent.WindowsMail},
	} {
		c := detect.Client{Protocol: detect.EAS, Verdict: detect.InUse, Device: d}
		p := l.For(c)
		text := everyText(p.Card(playbooks.Facts{Client: &c, Today: today}))
		if p.For != playbooks.Person || !strings.Contains(text, want) || !strings.Contains(text, d.Words()+"\n") {
			t.Errorf("%s for %s says neither %q nor %q:\n%s", p.ID, p.For, want, d.Words(), text)
		}
	}
}

// The new Outlook counts its versions from 1 again; it is no Outlook 2010.
func TestNewOutlookIsNotOld(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]string{"1.2026.101.100": "outlook-windows", "12.0.4518": "outlook-2010", "14.0.6106": "outlook-2010", "15.0.5537": "outlook-2013", "16.0.17928": "outlook-windows"} {
		c := detect.Client{Protocol: detect.EWS, Verdict: detect.InUse, Device: detect.Device{Family: useragent.OutlookWindows, Version: version}}
		if p := builtin(t).For(c); p.ID != want {
			t.Errorf("Outlook %s gets %s, want %s", version, p.ID, want)
		}
	}
}
