package owners_test

import (
	"testing"

	"legacyauth/bot/people/owners"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
	"legacyauth/storage"
)

func TestWhoIsTold(t *testing.T) {
	t.Parallel()
	ana := detect.Client{User: detect.User{Name: "ana@contoso.com", ID: "id-1"}, Verdict: detect.InUse, Device: useragent.Device{Family: useragent.IPhone}}
	with := func(f func(*storage.Client)) storage.Client {
		c := storage.Client{Client: ana}
		f(&c)
		return c
	}
	for name, tc := range map[string]struct {
		client storage.Client
		user   string
		admins bool
	}{
		"a person's phone":                {with(func(*storage.Client) {}), "ana@contoso.com", false},
		"a leaver":                        {with(func(c *storage.Client) { c.AccountDisabled = true }), "", true},
		"a printer":                       {with(func(c *storage.Client) { c.Device.Family = useragent.Printer }), "", true},
		"a printer with an owner":         {with(func(c *storage.Client) { c.Device.Family, c.Owner = useragent.Printer, "ben@contoso.com" }), "ben@contoso.com", false},
		"a phone given to the admins":     {with(func(c *storage.Client) { c.Owner = "admins" }), "", true},
		"guessing":                        {with(func(c *storage.Client) { c.Verdict = detect.Spray }), "", false},
		"a leaked password with an owner": {with(func(c *storage.Client) { c.Verdict, c.Owner = detect.Leaked, "ben@contoso.com" }), "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := owners.Of(&tc.client); got.User != tc.user || got.Admins != tc.admins || got.Why == "" {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestRules(t *testing.T) {
	t.Parallel()
	rules := []owners.Rule{
		{Users: []string{"svc-*@contoso.com"}, Protocols: []detect.Protocol{detect.SMTP}, Owner: "ops@contoso.com"},
		{Families: []useragent.Family{useragent.Printer}, Owner: "Facilities@contoso.com"},
		{Disabled: true, Owner: owners.Admins},
		{Owner: "everything@contoso.com"},
	}
	for name, tc := range map[string]struct {
		client detect.Client
		want   string
	}{
		"by name and protocol":                {detect.Client{User: detect.User{Name: "SVC-crm@contoso.com"}, Protocol: detect.SMTP}, "ops@contoso.com"},
		"another protocol":                    {detect.Client{User: detect.User{Name: "svc-crm@contoso.com"}, Protocol: detect.IMAP}, ""},
		"by family":                           {detect.Client{Device: useragent.Device{Family: useragent.Printer}}, "facilities@contoso.com"},
		"a leaver":                            {detect.Client{AccountDisabled: true}, owners.Admins},
		"a rule without fields takes nothing": {detect.Client{User: detect.User{Name: "ana@contoso.com"}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := owners.For(rules, &tc.client); got != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}
