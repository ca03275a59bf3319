package demo

import (
	"fmt"
	"math/rand/v2"
	"time"

	"legacyauth/bot/demo/graphlog"
)

// usual is a modern application people use.
type usual struct {
	app, resource graphlog.Application
	clientApp     string
	phone         bool
	weight        int
}

const apps = "Mobile Apps and Desktop clients"

// The modern applications with their well-known ids:
// https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in
// (read 2026-11-22).
var usuals = []usual{
	{graphlog.Application{ID: "1fec8e78-bce4-4aaf-ab1b-5451cc387264", Name: "Microsoft Teams"}, graphAPI, apps, false, 20},
	{graphlog.Application{ID: "d3590ed6-52b3-4102-aeff-aad2292ab01c", Name: "Microsoft Office"}, exchange, apps, false, 22},
	{graphlog.Application{ID: "ab9b8c07-8f02-4f72-87fa-80105867a763", Name: "OneDrive SyncEngine"}, sharePoint, apps, false, 12},
	{graphlog.Application{ID: "9199bf20-a13f-4107-85dc-02114787ef48", Name: "One Outlook Web"}, exchange, "Browser", false, 10},
	{graphlog.Application{ID: "4765445b-32c6-49b0-83e6-1d93765276ca", Name: "OfficeHome"}, graphAPI, "Browser", false, 9},
	{sharePoint, sharePoint, "Browser", false, 8},
	{graphlog.Application{ID: "c44b4083-3bb0-49c1-b47d-974e53cbdf3c", Name: "Azure Portal"}, graphAPI, "Browser", false, 2},
	{graphlog.Application{ID: "27922004-5251-4030-b22d-91ecd9a37ea4", Name: "Outlook Mobile"}, exchange, apps, true, 12},
	{graphlog.Application{ID: "1fec8e78-bce4-4aaf-ab1b-5451cc387264", Name: "Microsoft Teams"}, graphAPI, apps, true, 5},
}

// equip gives a person a laptop, a phone and a browser.
func (s *scene) equip(a *account) {
	r := s.chance("equipment " + a.Name)
	initials := fmt.Sprintf("%c%c", a.Name[0]-'a'+'A', a.site.name[0])
	switch r.IntN(4) {
	case 0:
		a.laptop = graphlog.Device{ID: guid(r), Name: fmt.Sprintf("MAC-%s%03d", initials, a.index), OS: "MacOs", Browser: "Safari 26.1", Trust: "Azure AD registered", Managed: true, Compliant: true}
		a.agent = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15"
	default:
		a.laptop = graphlog.Device{ID: guid(r), Name: fmt.Sprintf("NB-%s%03d", initials, a.index), OS: "Windows10", Browser: "Edge 142.0.0", Trust: "Azure AD joined", Managed: true, Compliant: true}
		a.agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"
	}
	a.phone = graphlog.Device{ID: guid(r), Name: "iPhone", OS: "Ios 26.1", Browser: "Mobile Safari", Trust: "Azure AD registered"}
	if r.IntN(2) == 0 {
		a.phone = graphlog.Device{ID: guid(r), Name: "Android", OS: "Android 16", Browser: "Chrome Mobile 142.0.0", Trust: "Azure AD registered"}
	}
}

// modern plays everybody's ordinary working days, and one Monday on which half
// an office has forgotten its passwords.
func modern(s *scene) {
	for _, a := range s.people {
		r := s.chance("modern " + a.Name)
		s.days(a.site, func(midnight time.Time) {
			fromHome := r.IntN(10) < 3
			for _, t := range s.workingTimes(r, a.site, midnight) {
				s.log(s.everyday(r, a, t, fromHome), nil)
			}
		})
	}
	monday := s.From.AddDate(0, 0, 18).Add(7*time.Hour + 30*time.Minute)
	r := s.chance("monday")
	for i, a := range s.people[:9] {
		row := s.everyday(r, a, monday.Add(time.Duration(i)*100*time.Second), false)
		row.IP, row.Event, row.ClientApp = berlin.address, graphlog.Interactive, "Browser"
		fail(&row, 50126)
		s.log(row, nil)
	}
}

// workingTimes draws when somebody signs in on one day.
func (s *scene) workingTimes(r *rand.Rand, at *site, midnight time.Time) []time.Time {
	if !workday(at, midnight.Add(12*time.Hour)) {
		return between(r, midnight, draw(r, s.PerDay/9), 9, 22)
	}
	times := between(r, midnight, draw(r, s.PerDay*0.85), 7, 18)
	return append(times, between(r, midnight, draw(r, s.PerDay*0.15), 18, 23)...)
}

// everyday is one modern sign-in.
func (s *scene) everyday(r *rand.Rand, a *account, t time.Time, fromHome bool) graphlog.SignIn {
	u := pick(r)
	from := a.office()
	switch {
	case u.phone && r.IntN(3) == 0:
		from = a.carrier(r.IntN(3))
	case fromHome || !working(a.site, t):
		from = a.home()
	}
	row := graphlog.SignIn{
		Time: t, Event: graphlog.NonInteractive, User: a.User,
		App: u.app, Resource: u.resource, HomeTenant: contoso, ResourceTenant: contoso, CrossTenant: "none",
		ClientApp: u.clientApp, AuthProtocol: "oAuth2", Requirement: "multiFactorAuthentication",
		IncomingType: "primaryRefreshToken", Agent: a.agent, Device: a.laptop,
		IP: from.ip, ASN: from.asn, Place: from.place,
		Status:   graphlog.Status{Reason: "Other.", Details: "MFA requirement satisfied by claim in the token"},
		CAStatus: "success", Policies: applied("success", "reportOnlyNotApplied"),
		Details:      []graphlog.Detail{legacyTLS, caeToken},
		Milliseconds: 40 + r.IntN(300),
	}
	if u.phone {
		row.Device, row.Agent = a.phone, "Mozilla/5.0 (compatible; MSAL 1.0)"
	}
	if u.clientApp == "Browser" && r.IntN(2) == 0 || r.IntN(12) == 0 {
		row.Event, row.IncomingType = graphlog.Interactive, "none"
		row.Steps = []graphlog.Step{{
			Method: "Previously satisfied", Result: "MFA requirement satisfied by claim in the token",
			Requirement: "Multifactor authentication", Succeeded: true,
		}}
	}
	stumble(r, &row)
	return row
}

// stumble lets a few modern sign-ins fail the way they do.
func stumble(r *rand.Rand, row *graphlog.SignIn) {
	if row.Event == graphlog.Interactive {
		switch n := r.IntN(100); {
		case n < 3:
			fail(row, 50126)
		case n < 6:
			fail(row, 50140)
		case n < 8:
			fail(row, 50074)
		}
		return
	}
	switch n := r.IntN(200); n {
	case 0:
		fail(row, 70043)
	case 1:
		fail(row, 50058)
	}
}

func fail(row *graphlog.SignIn, code int) {
	row.Status, row.CAStatus, row.Policies = status(code), "notApplied", nil
	row.Steps = []graphlog.Step{{Method: "Password", Detail: "Password in the cloud", Result: endings[code].reason, Requirement: "Primary authentication"}}
}

// pick draws an application by weight.
func pick(r *rand.Rand) usual {
	total := 0
	for _, u := range usuals {
		total += u.weight
	}
	n := r.IntN(total)
	for _, u := range usuals {
		if n -= u.weight; n < 0 {
			return u
		}
	}
	return usuals[0]
}
