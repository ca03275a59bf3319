package demo

import (
	"math/rand/v2"
	"time"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// smtp is something that sends with a password.
func smtp(who string, family useragent.Family, verdict detect.Verdict, code int, when rhythm, where whereabouts) story {
	return story{
		who: who, protocol: detect.SMTP, app: "Authenticated SMTP", agent: translated, family: family,
		verdict: verdict, code: code, when: when, where: where,
	}
}

// printers plays devices that scan to e-mail.
func printers(s *scene) {
	s.enroll("scan-2f", "Scanner 2nd floor", berlin)
	s.enroll("mfp-lisbon", "Copier Lisbon", lisbon)
	s.enroll("scan-warehouse", "Scanner Warehouse", chicago)
	s.enroll("scan-reception", "Scanner Reception", singapore)
	s.enroll("frontdesk", "Front Desk", chicago)

	renamed := smtp("mfp-lisbon", useragent.Printer, detect.InUse, 0, officeHours(1.3), atOffice)
	renamed.apps = []string{"SMTP", "Authenticated SMTP", "Other clients; SMTP"}
	silent := smtp("frontdesk", useragent.Printer, detect.InUse, 0, officeHours(1.5), atOffice) // only its rhythm tells
	silent.agent = ""
	s.tell(
		smtp("scan-2f", useragent.Printer, detect.InUse, 0, officeHours(2), atOffice),
		renamed, silent,
		smtp("scan-warehouse", useragent.Printer, detect.Broken, 50126, officeHours(1.5), atOffice),
		smtp("scan-reception", useragent.Printer, detect.Blocked, 53003, officeHours(1), atOffice),
	)
}

// senders plays software that sends.
func senders(s *scene) {
	s.enroll("crm", "CRM System", berlin)
	s.enroll("alerts", "Monitoring", chicago)
	s.enroll("newsletter", "Newsletter", lisbon)
	s.enroll("shop", "Web Shop", berlin)
	at := func(ip string, asn int, where *site) whereabouts { return always(network{ip, asn, where.place}) }

	newsletter := smtp("newsletter", useragent.MailSender, detect.Blocked, 530035, officeHours(0.5), at("192.0.2.161", 64503, lisbon))
	newsletter.agents = []string{translated, "bav2ropc", "Bav2Ropc"}
	alerts := smtp("alerts", useragent.MailSender, detect.InUse, 0, roundTheClock(2), at("192.0.2.162", 64498, chicago))
	alerts.slip = 50053
	s.tell(
		smtp("crm", useragent.MailSender, detect.InUse, 0, roundTheClock(2), at("192.0.2.160", 64503, berlin)),
		alerts, newsletter,
		smtp("shop", useragent.MailSender, detect.InUse, 0, roundTheClock(2.5), at("192.0.2.163", 64503, berlin)),
	)
}

// readers plays software that fetches mail.
func readers(s *scene) {
	s.enroll("tickets", "Help Desk", berlin)
	s.enroll("archive", "Mail Archive", chicago)
	s.enroll("dispatch", "Dispatch", lisbon)
	reads := func(who string, protocol detect.Protocol, app, agent string, verdict detect.Verdict, code int, when rhythm, ip string) story {
		return story{
			who: who, protocol: protocol, app: app, agent: agent, family: useragent.MailboxReader, verdict: verdict, code: code,
			when: when, where: always(network{ip, 64503, s.person(who).site.place}),
		}
	}
	// Set up last night: every five minutes since.
	tickets := reads("tickets", detect.IMAP, "IMAP4", markedIMAP, detect.InUse, 0, every(5*time.Minute), "192.0.2.170")
	tickets.first = 30
	// Nothing but its rhythm says that this is software.
	dispatch := reads("dispatch", detect.IMAP, "IMAP", translated, detect.InUse, 0, every(time.Hour), "192.0.2.172")
	dispatch.first = 28
	s.tell(
		tickets,
		reads("archive", detect.POP, "POP3", markedIMAP, detect.InUse, 0, every(12*time.Hour), "192.0.2.171"),
		reads("archive", detect.IMAP, "Other clients; IMAP", translated, detect.Blocked, 53003, every(24*time.Hour), "192.0.2.171"),
		dispatch,
	)
}

// mailApps plays people's mail programs over IMAP, POP and SMTP, of which the
// log names only the network.
func mailApps(s *scene) {
	mail := func(who string, protocol detect.Protocol, app string, verdict detect.Verdict, code int, when rhythm, where whereabouts) story {
		return story{
			who: who, protocol: protocol, app: app, agent: translated, family: useragent.ExchangeTranslated,
			verdict: verdict, code: code, when: when, where: where,
		}
	}
	// The host part of the address changes all the time, its /64 does not.
	tablet := mail("leonor.vaz", detect.IMAP, "IMAP4", detect.InUse, 0, evenings(0.8), func(r *rand.Rand, a *account, _ time.Time) network {
		return a.roaming(r.Uint32())
	})
	tablet.agent, tablet.agents = translated, []string{translated, "bav2ropc"}
	token := mail("nuno.barros", detect.IMAP, "IMAP4", detect.InUse, 0, evenings(0.4), atHome)
	token.agent, token.family, token.protocolName, token.auth = "", useragent.Unknown, "oAuth2", detect.Token
	s.tell(
		mail("ida.krause", detect.IMAP, "IMAP4", detect.InUse, 0, evenings(0.7), atHome),
		mail("ida.krause", detect.SMTP, "Authenticated SMTP", detect.InUse, 0, evenings(0.3), atHome),
		mail("pedro.correia", detect.POP, "POP3", detect.InUse, 0, evenings(0.5), atHome),
		mail("owen.griffin", detect.IMAP, "Other clients; IMAP", detect.Broken, 50126, evenings(0.7), atHome),
		mail("priya.nair", detect.IMAP, "IMAP4", detect.Blocked, 53003, evenings(0.6), atHome),
		tablet, token,
	)
}
