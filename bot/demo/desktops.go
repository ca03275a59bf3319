package demo

import (
	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// desk is a mail program on somebody's computer.
func desk(who string, protocol detect.Protocol, app, agent string, family useragent.Family, verdict detect.Verdict, code int, perDay float64) story {
	return story{
		who: who, protocol: protocol, app: app, agent: agent, family: family, verdict: verdict, code: code,
		when: officeHours(perDay), where: deskOrHome,
	}
}

// outlooks plays Outlook for Windows and for Mac: each protocol it uses is a
// client of its own.
func outlooks(s *scene) {
	const (
		windows    = useragent.OutlookWindows
		outlook10  = "Microsoft Office/14.0 (Windows NT 6.1; Microsoft Outlook 14.0.7268; Pro)"
		outlook13  = "Microsoft Office/15.0 (Windows NT 10.0; Microsoft Outlook 15.0.5589; Pro)"
		outlook16  = "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.5435; Pro)"
		outlookMac = "MacOutlook/16.46.21021202 (Intelx64 Mac OS X 11.2.2 (Build 20D80))"
		rpc        = "Outlook Anywhere (RPC over HTTP)"
	)
	older := desk("karl.sommer", detect.Other, "Other clients; Older Office clients", outlook13, windows, detect.InUse, 0, 0.3)
	discovers := desk("clara.busch", detect.Autodiscover, "", outlook13, windows, detect.InUse, 0, 0.38)
	discovers.apps = []string{"Autodiscover", "AutoDiscover"}
	mac := desk("ava.coleman", detect.EWS, "Exchange Web Services", outlookMac, useragent.OutlookMac, detect.InUse, 0, 0.9)
	mac.then, mac.change = "MacOutlook/16.89.24091630 (Intelx64 Mac OS X 14.6.1 (Build 23G93))", 20
	s.tell(
		desk("max.lorenz", detect.RPC, rpc, outlook10, windows, detect.InUse, 0, 0.68),
		desk("max.lorenz", detect.MAPI, "MAPI Over HTTP", outlook10, windows, detect.InUse, 0, 0.45),
		desk("max.lorenz", detect.Autodiscover, "Autodiscover", outlook10, windows, detect.InUse, 0, 0.3),
		desk("clara.busch", detect.MAPI, "MAPI over HTTP", outlook13, windows, detect.InUse, 0, 1.1),
		desk("clara.busch", detect.EWS, "Exchange Web Services", outlook13, windows, detect.InUse, 0, 0.38),
		discovers,
		desk("clara.busch", detect.OAB, "Offline Address Book", outlook13, windows, detect.InUse, 0, 0.2),
		older, mac,
		desk("harper.diaz", detect.MAPI, "MAPI Over HTTP", outlook16, windows, detect.InUse, 0, 0.68),
		desk("andre.cardoso", detect.MAPI, "MAPI Over HTTP", outlook16, windows, detect.Blocked, 53003, 0.52),
		desk("helene.roth", detect.MAPI, "MAPI Over HTTP", outlook13, windows, detect.Broken, 50126, 0.6),
	)
}

// otherDesktops plays Apple Mail, Windows Mail, Thunderbird and other programs
// that name themselves.
func otherDesktops(s *scene) {
	const ews = "Exchange Web Services"
	catalina := desk("lena.fuchs", detect.EWS, ews,
		"Mac OS X/10.15.7 (19H2026); ExchangeWebServices/8.0 (309); Mail/13.4 (3608.120.23.2.7)",
		useragent.MacMail, detect.InUse, 0, 0.83)
	catalina.version = "10.15.7"
	sequoia := desk("catarina.neves", detect.EWS, ews,
		"macOS/15.6 (24G84); ExchangeWebServices/8.0 (309); Mail/16.0 (3826.700.81)",
		useragent.MacMail, detect.InUse, 0, 0.6)
	sequoia.version, sequoia.protocolName, sequoia.via, sequoia.auth = "15.6", "oAuth2", appleMail, detect.Token
	monterey := desk("caleb.foster", detect.EWS, ews, "AppleExchangeWebServices/818.0.1 Mail/3693.20.0.1.32",
		useragent.MacMail, detect.Blocked, 53003, 0.45)
	monterey.where = atHome
	monterey.when = evenings(0.4)
	s.tell(
		catalina, sequoia, monterey,
		desk("oskar.graf", detect.OutlookService, "Outlook Service", "WindowsMail/17.5.9600.22013", useragent.WindowsMail, detect.InUse, 0, 0.3),
		desk("mei.chua", detect.OutlookService, "Universal Outlook", "WindowsMail/17.5.9600.22013", useragent.WindowsMail, detect.Blocked, 53003, 0.3),
		desk("theo.franke", detect.EWS, ews, "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Thunderbird/145.0", useragent.Thunderbird, detect.InUse, 0, 0.45),
		desk("joana.matos", detect.EWS, ews, "eMClient/9.3.6041.0", useragent.MailApp, detect.InUse, 0, 0.45),
	)
}

// programs plays what was written in-house: an ERP system, scripts and remote
// PowerShell.
func programs(s *scene) {
	s.enroll("svc-erp", "ERP Connector", berlin)
	s.enroll("svc-calendar", "Calendar Sync", lisbon)
	s.enroll("svc-export", "Mailbox Export", chicago)
	s.enroll("svc-reports", "Mail Flow Reports", singapore)
	service := func(st story, perDay float64, from network) story {
		st.when, st.where = roundTheClock(perDay), always(from)
		return st
	}
	room := network{"192.0.2.150", 64496, berlin.place}
	cloud := network{"192.0.2.152", 64503, lisbon.place}

	export := desk("svc-export", detect.EWS, "Exchange Web Services", "python-requests/2.32.3", useragent.Script, detect.InUse, 0, 0)
	export.via, export.auth = hostileApp, detect.ROPC
	s.tell(
		service(desk("svc-erp", detect.EWS, "Exchange Web Services", "ExchangeServicesClient/15.00.0913.015", useragent.EWSLibrary, detect.InUse, 0, 0), 1, room),
		service(desk("svc-calendar", detect.EWS, "Exchange Web Services", "exchangelib/5.4.0 (python-requests/2.32.3)", useragent.EWSLibrary, detect.Blocked, 53003, 0), 0.5, cloud),
		service(export, 0.5, network{"192.0.2.153", 64498, chicago.place}),
		service(desk("svc-reports", detect.RWS, "Reporting Web Services", "curl/8.14.1", useragent.Script, detect.InUse, 0, 0), 0.4, network{"192.0.2.154", 64499, singapore.place}),
		desk("julian.vance", detect.PowerShell, "Exchange Online PowerShell", "Microsoft WinRM Client", useragent.PowerShell, detect.Blocked, 53003, 0.3),
	)
}
