package detect

import "strings"

// Protocol is the legacy protocol a sign-in used, as it stands in JSON output
// and in playbooks. Modern is the only value that is not legacy; Unknown means
// that the log named a client app nobody has listed, so a person must look.
type Protocol string

// The protocols. Their spellings in logs are in clientApps.
const (
	Modern         Protocol = "modern"
	SMTP           Protocol = "smtp"           // SMTP AUTH, client submission
	IMAP           Protocol = "imap"           // IMAP4
	POP            Protocol = "pop"            // POP3
	EAS            Protocol = "eas"            // Exchange ActiveSync
	EWS            Protocol = "ews"            // Exchange Web Services
	MAPI           Protocol = "mapi"           // MAPI over HTTP
	RPC            Protocol = "rpc"            // Outlook Anywhere, RPC over HTTP
	Autodiscover   Protocol = "autodiscover"   // Autodiscover
	OAB            Protocol = "oab"            // Offline Address Book
	PowerShell     Protocol = "powershell"     // Exchange Online remote PowerShell
	RWS            Protocol = "rws"            // Reporting Web Services
	OutlookService Protocol = "outlookservice" // Mail and Calendar of Windows
	Other          Protocol = "other"          // "Other clients": legacy, protocol not named
	Unknown        Protocol = "unknown"        // unlisted or empty: review
)

// clientApps maps every spelling of clientAppUsed seen in a log, in a vendor's
// documentation or in published tools to its protocol. Keys are trimmed and
// lower-cased; a token matches whole, never in part.
//
// Sources, read 2026-11-22:
// https://github.com/MicrosoftDocs/entra-docs/blob/15730cf6c6088cb1aa101c2348f5dc1e4a5b4c6d/docs/identity/monitoring-health/howto-customize-filter-logs.md
// https://github.com/microsoftgraph/microsoft-graph-docs-contrib/blob/027089ba862ead70fe2f55e6e7f79d42e39decd6/api-reference/beta/resources/signin.md
// https://github.com/MicrosoftDocs/entra-docs/blob/15730cf6c6088cb1aa101c2348f5dc1e4a5b4c6d/docs/identity/conditional-access/block-legacy-authentication.md
var clientApps = map[string]Protocol{
	"browser":                         Modern,
	"mobile apps and desktop clients": Modern,
	"modern clients":                  Modern,

	"authenticated smtp":                  SMTP,
	"smtp":                                SMTP,
	"imap4":                               IMAP,
	"imap":                                IMAP,
	"pop3":                                POP,
	"pop":                                 POP,
	"exchange activesync":                 EAS,
	"exchange activesync (supported)":     EAS,
	"exchange activesync (unsupported)":   EAS,
	"exchange web services":               EWS,
	"mapi over http":                      MAPI,
	"mapi":                                MAPI,
	"outlook anywhere (rpc over http)":    RPC,
	"outlook anywhere":                    RPC,
	"autodiscover":                        Autodiscover,
	"offline address book":                OAB,
	"exchange online powershell":          PowerShell,
	"reporting web services":              RWS,
	"outlook service":                     OutlookService,
	"universal outlook":                   OutlookService,
	"other clients":                       Other,
	"other clients; imap":                 IMAP,
	"other clients; imap4":                IMAP,
	"other clients; pop":                  POP,
	"other clients; pop3":                 POP,
	"other clients; smtp":                 SMTP,
	"other clients; authenticated smtp":   SMTP,
	"other clients; mapi":                 MAPI,
	"other clients; older office clients": Other,
}

// ParseClientApp gives the protocol that a value of clientAppUsed stands for,
// and Unknown for a value that is empty or that nobody has listed.
func ParseClientApp(clientApp string) Protocol {
	if p, ok := clientApps[clientApp]; ok {
		return p
	}
	if p, ok := clientApps[strings.ToLower(strings.TrimSpace(clientApp))]; ok {
		return p
	}
	return Unknown
}

// Legacy says whether p is a legacy protocol; Unknown is not counted as one.
func (p Protocol) Legacy() bool { return p != Modern && p != Unknown }

// Protocols lists every protocol a client can have, in the order of JSON's
// documentation.
func Protocols() []Protocol {
	return []Protocol{
		SMTP, IMAP, POP, EAS, EWS, MAPI, RPC, Autodiscover, OAB, PowerShell, RWS,
		OutlookService, Other, Unknown,
	}
}

// Name is what people call the protocol.
func (p Protocol) Name() string {
	switch p {
	case Modern:
		return "modern authentication"
	case SMTP:
		return "SMTP AUTH"
	case IMAP:
		return "IMAP4"
	case POP:
		return "POP3"
	case EAS:
		return "Exchange ActiveSync"
	case EWS:
		return "Exchange Web Services"
	case MAPI:
		return "MAPI over HTTP"
	case RPC:
		return "Outlook Anywhere"
	case Autodiscover:
		return "Autodiscover"
	case OAB:
		return "Offline Address Book"
	case PowerShell:
		return "Exchange Online PowerShell"
	case RWS:
		return "Reporting Web Services"
	case OutlookService:
		return "Outlook Service"
	case Other:
		return "other legacy client"
	}
	return "unknown client app"
}
