package playbooks_test

import (
	"fmt"
	"testing"
	"testing/fstest"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks"
)

// written gives a small playbook with some fields added.
func written(id, more string) *fstest.MapFile {
	return &fstest.MapFile{Data: fmt.Appendf(nil, `---
id: %s
title: T
for: admin
%sreviewed: 2026-11-22
review-by: 2027-05-31
sources: [{title: S, url: https://learn.microsoft.com/s, checked: 2026-11-22}]
---
## Why now
W
## Steps
1. a
2. b
3. c
## How to tell that it worked
H
`, id, more)}
}

func TestFor(t *testing.T) {
	t.Parallel()
	all := "verdicts: [leaked, in-use, blocked, broken, spray]\n"
	l, err := playbooks.Load(fstest.MapFS{
		"rest.md":        written("rest", all+"rank: 1\n"),
		"leak.md":        written("leak", "verdicts: [leaked]\nrank: 99\n"),
		"phone.md":       written("phone", "families: [iphone]\n"),
		"phone-eas.md":   written("phone-eas", "families: [iphone]\nprotocols: [eas]\n"),
		"phone-old.md":   written("phone-old", "families: [iphone]\nprotocols: [eas]\nversions: \"<15.6\"\n"),
		"phone-new.md":   written("phone-new", "families: [iphone]\nprotocols: [eas]\nversions: \">=15.6\"\n"),
		"imap-b.md":      written("imap-b", "protocols: [imap]\n"),
		"imap-a.md":      written("imap-a", "protocols: [imap]\n"),
		"pop-general.md": written("pop-general", "rank: 60\nprotocols: [pop]\n"),
		"pop-precise.md": written("pop-precise", "protocols: [pop]\nfamilies: [android]\n"),
		"topic.md":       written("topic", "topic: true\nrank: 100\n"),
		"unnamed.md":     written("unnamed", "families: [unknown]\nprotocols: [smtp]\n"),
	}, today)
	if err != nil {
		t.Fatal(err)
	}
	iphone := func(version string) detect.Device { return detect.Device{Family: useragent.IPhone, Version: version} }
	tests := map[string]struct {
		client detect.Client
		want   string
	}{
		"nothing known":               {detect.Client{}, "rest"},
		"version at the bound":        {detect.Client{Protocol: detect.EAS, Device: iphone("15.6")}, "phone-new"},
		"15.10 is after 15.6":         {detect.Client{Protocol: detect.EAS, Device: iphone("15.10")}, "phone-new"},
		"older":                       {detect.Client{Protocol: detect.EAS, Device: iphone("9.3.5")}, "phone-old"},
		"version not known":           {detect.Client{Protocol: detect.EAS, Device: iphone("")}, "phone-eas"},
		"only the major is known":     {detect.Client{Protocol: detect.EAS, Device: iphone("15")}, "phone-eas"},
		"another protocol":            {detect.Client{Protocol: detect.IMAP, Device: iphone("18.1")}, "imap-a"},
		"a verdict outranks":          {detect.Client{Protocol: detect.EAS, Device: iphone("18.1"), Verdict: detect.Leaked}, "leak"},
		"a verdict not listed":        {detect.Client{Protocol: detect.EAS, Device: iphone("18.1"), Verdict: detect.Spray}, "rest"},
		"lower id of two alike":       {detect.Client{Protocol: detect.IMAP}, "imap-a"},
		"rank before what is named":   {detect.Client{Protocol: detect.POP, Device: detect.Device{Family: useragent.Android}}, "pop-general"},
		"no family counts as unknown": {detect.Client{Protocol: detect.SMTP}, "unnamed"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := l.For(tt.client)
			if p == nil || p.ID != tt.want {
				t.Errorf("got %+v, want %s", p, tt.want)
			}
		})
	}
}
