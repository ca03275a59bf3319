package people

import (
	"slices"
	"testing"

	"legacyauth/bot/people/owners"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks"
	"legacyauth/storage"
)

// TestWhoReadsWhichSteps goes through every kind of client: its own person reads the
// steps of a person, and where nothing names the device those to find it; an owner
// reads the steps for the device, an admin's too.
func TestWhoReadsWhichSteps(t *testing.T) {
	t.Parallel()
	library, err := playbooks.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	p := &People{Library: library}
	unnamed := []useragent.Family{useragent.Unknown, useragent.ExchangeTranslated, useragent.Browser}
	persons, admins := 0, 0
	for _, family := range useragent.Families() {
		for _, protocol := range detect.Protocols() {
			for _, verdict := range []detect.Verdict{detect.InUse, detect.Blocked, detect.Broken} {
				c := storage.Client{Client: detect.Client{
					Verdict: verdict, Protocol: protocol, Device: useragent.Device{Family: family}, User: detect.User{Name: "ana@contoso.com"}, Auth: detect.Auth{Kind: detect.Basic},
				}}
				right := library.For(c.Client)
				if to, _ := migration.AudienceOf(&c.Client); to == migration.ToPerson {
					persons++
					switch got := p.playbook(&c, owners.Of(&c)); {
					case got.For != playbooks.Person:
						t.Errorf("%s by %s, %s: the person reads an admin's %s", family, protocol, verdict, got.ID)
					case right.For == playbooks.Person && got != right:
						t.Errorf("%s by %s, %s: the person reads %s, not %s", family, protocol, verdict, got.ID, right.ID)
					case got.ID == unnamedPlaybook && !slices.Contains(unnamed, family):
						t.Errorf("%s by %s, %s: the person is to find what is known", family, protocol, verdict)
					}
				} else {
					admins++
				}
				c.Owner = "ben@contoso.com"
				if got := p.playbook(&c, owners.Of(&c)); got != right {
					t.Errorf("%s by %s, %s: an owner reads %s, not %s", family, protocol, verdict, got.ID, right.ID)
				}
			}
		}
	}
	if persons < 100 || admins < 100 {
		t.Errorf("%d kinds are for their person and %d are not", persons, admins)
	}
}
