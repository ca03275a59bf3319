package explain

import (
	"strings"
	"testing"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

func TestAgentStepsFitTheVersion(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, agent, id, playbook string
		says                      []string
		never                     string
	}{
		{"iOS 5", "Apple-iPhone3C1/901.334", "agent-apple-mail-too-old", "iphone-mail-too-old", []string{"cannot", "iOS 12"}, ""},
		{"iPadOS 9", "Apple-iPad3C1/1301.452", "agent-apple-mail-too-old", "iphone-mail-too-old", []string{"cannot"}, ""},
		{"iOS 12", "Apple-iPhone7C2/1605.366", "agent-apple-mail-update", "iphone-mail-update", []string{"Software Update", "nothing newer", "**Sign In**"}, "cannot"},
		{"iOS 15.5", "Apple-iPhone12C1/1906.77", "agent-apple-mail-update", "iphone-mail-update", []string{"Software Update"}, "cannot"},
		{"iOS 15.6", "Apple-iPhone12C1/1907.71", "agent-apple-mail", "iphone-mail", []string{"Remove the account", "**Sign In**"}, "Software Update"},
		{"iPod touch", "Apple-iPod9C1/1907.71", "agent-apple-mail", "iphone-mail", []string{"**Sign In**"}, "Software Update"},
		{"iPhone without a version", "Apple-iPhone12C1", "agent-apple-mail-any", "iphone-mail-any", []string{"**About**", "15.6", "iOS 12"}, ""},
		{"Outlook 2007", "Microsoft Office/12.0 (Windows NT 6.1; Microsoft Office Outlook 12.0.4518; Pro)", "agent-outlook-2010", "outlook-2010", []string{"Replace"}, "EnableADAL"},
		{"Outlook 2010", "Microsoft Office/14.0 (Windows NT 6.1; Microsoft Outlook 14.0.6106; Pro)", "agent-outlook-2010", "outlook-2010", []string{"Replace"}, "EnableADAL"},
		{"Outlook 2013", "Microsoft Office/15.0 (Windows NT 6.2; Microsoft Outlook 15.0.4420; Pro)", "agent-outlook-2013", "outlook-2013", []string{"EnableADAL", "AlwaysUseMSOAuthForAutoDiscover", "15.0"}, ""},
		{"Outlook 2016", "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.10827; Pro)", "agent-outlook-windows", "outlook-windows", []string{"EnableADAL", "16.0"}, "15.0"},
		{"Outlook without a version", "MSRPC", "agent-outlook-any", "outlook-windows", []string{"Look up the version"}, ""},
		{
			"new Outlook",
			"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0 OneOutlook/1.2026.101.100",
			"agent-outlook-new", "already-modern",
			[]string{"modern"},
			"EnableADAL",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a, err := Text(c.agent)
			if err != nil {
				t.Fatal(err)
			}
			if a.ID != c.id || a.Playbook != c.playbook {
				t.Errorf("Text(%q) is %s with playbook %s, want %s with %s", c.agent, a.ID, a.Playbook, c.id, c.playbook)
			}
			text := a.Meaning + " " + strings.Join(a.Do, " ")
			for _, words := range c.says {
				if !strings.Contains(text, words) {
					t.Errorf("the answer does not say %q: %s", words, text)
				}
			}
			if c.never != "" && strings.Contains(text, c.never) {
				t.Errorf("the answer says %q: %s", c.never, text)
			}
		})
	}
}

// The words and the playbook must not contradict each other, so where a family
// has several entries, the library's own choice decides.
func TestAgentAgreesWithTheLibrary(t *testing.T) {
	t.Parallel()
	l, err := tables()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []useragent.Family{useragent.IPhone, useragent.IPad, useragent.IPod, useragent.OutlookWindows} {
		for _, version := range strings.Split(",5.1.1,9,11.4.1,12,12.0,12.5.7,14.0.1,15,15.0.5,15.5,15.6,15.6.1,16,16.0.1,18.7,27.1", ",") {
			d := useragent.Device{Family: f, Version: version}
			want := l.playbooks.For(detect.Client{Device: d, Protocol: detect.Unknown, Verdict: detect.InUse}).ID
			if got := l.device(d).Playbook; got != want {
				t.Errorf("%s %q gets the words of %s, the library gives %s", f, version, got, want)
			}
		}
	}
}
