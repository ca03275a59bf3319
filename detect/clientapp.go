package detect

import "strings"

// clientApp is one spelling of clientAppUsed with the protocol it stands for.
type clientApp struct {
	spelling string
	protocol Protocol
}

// clientApps holds every spelling of clientAppUsed seen in a log, in a vendor's
// documentation or in published tools, in the case it is written there. A token
// matches whole, never in part, and in any case.
//
// The legacy ones of today's documentation come first: a query that asks the
// service for a few values at a time then finds nearly everything in its first
// answers.
//
// Sources, read 2026-11-22:
// https://github.com/MicrosoftDocs/entra-docs/blob/15730cf6c6088cb1aa101c2348f5dc1e4a5b4c6d/docs/identity/monitoring-health/howto-customize-filter-logs.md
// https://github.com/microsoftgraph/microsoft-graph-docs-contrib/blob/027089ba862ead70fe2f55e6e7f79d42e39decd6/api-reference/beta/resources/signin.md
// https://github.com/MicrosoftDocs/entra-docs/blob/15730cf6c6088cb1aa101c2348f5dc1e4a5b4c6d/docs/identity/conditional-access/block-legacy-authentication.md
var clientApps = []clientApp{
	{"Authenticated SMTP", SMTP},
	{"IMAP4", IMAP},
	{"POP3", POP},
	{"Exchange ActiveSync", EAS},
	{"Exchange Web Services", EWS},
	{"Other clients", Other},
	{"MAPI Over HTTP", MAPI},
	{"AutoDiscover", Autodiscover},
	{"Exchange Online PowerShell", PowerShell},
	{"Offline Address Book", OAB},
	{"Outlook Anywhere (RPC over HTTP)", RPC},
	{"Outlook Service", OutlookService},
	{"Reporting Web Services", RWS},

	{"SMTP", SMTP},
	{"IMAP", IMAP},
	{"POP", POP},
	{"MAPI", MAPI},
	{"MAPI over HTTP", MAPI},
	{"Autodiscover", Autodiscover},
	{"Outlook Anywhere", RPC},
	{"Universal Outlook", OutlookService},
	{"Exchange ActiveSync (supported)", EAS},
	{"Exchange ActiveSync (unSupported)", EAS},
	{"Other clients; IMAP", IMAP},
	{"Other clients; IMAP4", IMAP},
	{"Other clients; POP", POP},
	{"Other clients; POP3", POP},
	{"Other clients; SMTP", SMTP},
	{"Other clients; Authenticated SMTP", SMTP},
	{"Other clients; MAPI", MAPI},
	{"Other clients; Older Office clients", Other},
	{"Other clients; Older office clients", Other},

	{"Browser", Modern},
	{"Mobile Apps and Desktop clients", Modern},
	{"Modern clients", Modern},
}

// protocolOf finds a protocol by a spelling as it is written and by its
// lower-case form.
var protocolOf = spellings()

func spellings() map[string]Protocol {
	m := make(map[string]Protocol, 2*len(clientApps))
	for _, a := range clientApps {
		m[a.spelling] = a.protocol
		m[strings.ToLower(a.spelling)] = a.protocol
	}
	return m
}

// ParseClientApp gives the protocol that a value of clientAppUsed stands for,
// and Unknown for a value that is empty or that nobody has listed.
func ParseClientApp(clientApp string) Protocol {
	switch clientApp {
	case "Mobile Apps and Desktop clients", "Browser": // nearly every row
		return Modern
	}
	if p, ok := protocolOf[clientApp]; ok {
		return p
	}
	if p, ok := protocolOf[strings.ToLower(strings.TrimSpace(clientApp))]; ok {
		return p
	}
	return Unknown
}

// LegacyClientApps gives the spellings of clientAppUsed that stand for a legacy
// protocol, in the case the service writes them, for a filter on the server.
// Where sources differ in case each form is given, because nothing says whether
// the service compares with or without it. A spelling that nobody has listed is
// not found by such a filter; a scan of all rows finds it.
func LegacyClientApps() []string {
	var list []string
	for _, a := range clientApps {
		if a.protocol.Legacy() {
			list = append(list, a.spelling)
		}
	}
	return list
}
