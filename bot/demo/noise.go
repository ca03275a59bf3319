package demo

import (
	"time"

	"legacyauth/bot/demo/graphlog"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// Text that somebody who signs in can choose, and that must stay text: an
// escape sequence and a formula with a Markdown link in an application's name,
// a direction override in a display name.
var hostileApp = graphlog.Application{
	ID:   "0e6a1c52-7b1f-4d1c-9b53-3f1a2b7c9d03",
	Name: "=cmd|' /C calc'!A0 \x1b[31m[Sign in](https://login.example.com/)\x1b[0m **urgent** <b>",
}

const hostileDisplay = "Dylan \u202esyaH\u202c @everyone"

// oddities plays client apps that nobody has listed, and rows that name none.
func oddities(s *scene) {
	s.enroll("svc-vault", "Vault Connector", lisbon)
	s.person("dylan.hayes").Display = hostileDisplay
	unlisted := story{
		who: "svc-vault", protocol: detect.Unknown, app: "Exchange Mobile Bridge", agent: "", family: useragent.Unknown,
		verdict: detect.InUse, when: roundTheClock(0.5), where: always(network{"192.0.2.180", 64503, lisbon.place}),
	}
	empty := story{
		who: "isaac.monroe", protocol: detect.Unknown, app: "", agent: s.person("isaac.monroe").agent,
		family: useragent.Browser, verdict: detect.InUse, when: officeHours(0.3), where: deskOrHome,
		protocolName: "oAuth2", auth: detect.Token, via: sharePoint, interactive: true,
	}
	phone := eas("dylan.hayes", "Apple-iPhone13C1/2107.101", useragent.IPhone, "iPhone 12 mini", "17.6.1", detect.InUse, 0, 0.6)
	phone.interactive = true
	s.tell(unlisted, empty, phone)
}

// guests plays people of Fabrikam who work in Contoso's tenant. Some use legacy
// protocols; that is for Fabrikam to mend.
func guests(s *scene) {
	r := s.chance("guests")
	names := []string{"lisa.hofer", "marco.rossi", "tom.adler"}
	for i, name := range names {
		a := &account{
			User: graphlog.User{ID: guid(r), Name: name + "@fabrikam.com", Display: name, Type: "guest"},
			site: berlin, index: 150 + i,
		}
		s.days(berlin, func(midnight time.Time) {
			for n, t := range officeHours(1.2)(r, berlin, midnight) {
				row := s.legacy(r, a, t, a.home(), 0)
				row.HomeTenant, row.CrossTenant = fabrikam, "b2bCollaboration"
				row.ClientApp, row.Agent = "Browser", "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0"
				row.AuthProtocol, row.App, row.Resource = "oAuth2", sharePoint, sharePoint
				if i == 0 && n == 0 {
					row.ClientApp, row.Agent, row.AuthProtocol = "IMAP4", translated, "ropc"
					row.App, row.Resource = exchange, exchange
				}
				s.log(row, nil)
			}
		})
	}
}

// applications plays service principals and managed identities, which sign in
// with credentials of their own and name no client app.
func applications(s *scene) {
	r := s.chance("applications")
	for i, name := range []string{"Backup Automation", "HR Provisioning", "contoso-web-prod"} {
		principal := graphlog.Application{ID: guid(r), Name: name}
		app := graphlog.Application{ID: guid(r), Name: name}
		event := graphlog.ServicePrincipal
		if i == 2 {
			event = graphlog.ManagedIdentity
		}
		s.days(berlin, func(midnight time.Time) {
			for _, t := range roundTheClock(2)(r, berlin, midnight) {
				row := graphlog.SignIn{
					Time: t, Event: event, ServicePrincipal: principal, App: app, Resource: graphAPI,
					HomeTenant: contoso, ResourceTenant: contoso, CrossTenant: "none",
					AuthProtocol: "none", Requirement: "singleFactorAuthentication", IncomingType: "none",
					IP: "192.0.2.190", ASN: 64503, Place: berlin.place,
					Status: graphlog.Status{Reason: "Other."}, CAStatus: "notApplied",
					Details: []graphlog.Detail{caeToken}, Milliseconds: 20 + r.IntN(80),
				}
				if r.IntN(60) == 0 {
					row.Status = status(7000215)
				}
				s.log(row, nil)
			}
		})
	}
}
