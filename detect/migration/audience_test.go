package migration

import (
	"testing"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

func TestAudience(t *testing.T) {
	t.Parallel()
	client := func(v detect.Verdict, f useragent.Family, disabled bool) *detect.Client {
		return &detect.Client{Verdict: v, Device: detect.Device{Family: f}, AccountDisabled: disabled}
	}
	for name, c := range map[string]struct {
		client *detect.Client
		want   Audience
	}{
		"a phone":                               {client(detect.InUse, useragent.IPhone, false), ToPerson},
		"a blocked phone reaches its owner":     {client(detect.Blocked, useragent.IPhone, false), ToPerson},
		"a forgotten phone":                     {client(detect.Broken, useragent.Android, false), ToPerson},
		"an unknown device":                     {client(detect.InUse, useragent.Unknown, false), ToPerson},
		"a leaver's phone":                      {client(detect.InUse, useragent.IPhone, true), ToAdmins},
		"a leaver's phone with an old password": {client(detect.Broken, useragent.IPhone, true), ToAdmins},
		"PowerShell by its protocol":            {&detect.Client{Verdict: detect.InUse, Protocol: detect.PowerShell}, ToAdmins},
		"PowerShell that sends mail":            {&detect.Client{Verdict: detect.InUse, Protocol: detect.SMTP, Device: detect.Device{Family: useragent.PowerShell}}, ToAdmins},
		"reports of the tenant":                 {&detect.Client{Verdict: detect.Blocked, Protocol: detect.RWS}, ToAdmins},
		"a printer":                             {client(detect.InUse, useragent.Printer, false), ToAdmins},
		"a leaked password":                     {client(detect.Leaked, useragent.IPhone, false), ToAdmins},
		"a phone that sends a token":            {&detect.Client{Verdict: detect.InUse, Device: detect.Device{Family: useragent.IPhone}, Auth: detect.Auth{Kind: detect.Token}}, ToAdmins},
		"guessing":                              {client(detect.Spray, useragent.Unknown, false), ToTrend},
		"guessing at a disabled account":        {client(detect.Spray, useragent.IPhone, true), ToTrend},
	} {
		got, why := AudienceOf(c.client)
		if got != c.want || why == "" || why[len(why)-1] != '.' {
			t.Errorf("%s: %s, %q; want %s and a sentence", name, got, why, c.want)
		}
		if HasState(c.client) != (c.want != ToTrend) {
			t.Errorf("%s: has a state: %t", name, HasState(c.client))
		}
	}
}

func TestSameKind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		legacy, modern detect.DeviceKind
		want           bool
	}{
		{detect.KindIPhone, detect.KindIPhone, true},
		{detect.KindIPhone, detect.KindIPad, false},
		{detect.KindIPhone, "", false},
		{detect.KindIPad, detect.KindMac, true}, // an iPad's browser says Mac
		{detect.KindMac, detect.KindIPad, false},
		{"", detect.KindWindows, true},
		{"", "", true},
	} {
		if got := SameKind(c.legacy, c.modern); got != c.want {
			t.Errorf("%q and %q: %t", c.legacy, c.modern, got)
		}
	}
}

// Every family is either somebody's or nobody's: a new one must be decided on.
func TestFamiliesWithoutUsers(t *testing.T) {
	t.Parallel()
	alone := 0
	for _, f := range useragent.Families() {
		if NoUser(detect.Device{Family: f}) {
			alone++
		}
	}
	if alone != 6 {
		t.Errorf("%d families have no user, want 6", alone)
	}
}
