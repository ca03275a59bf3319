package detect

import "slices"

// Protocol is the legacy protocol a sign-in used, as it stands in JSON output
// and in playbooks. Modern is the only value that is not legacy; Unknown means
// that the log named a client app nobody has listed, so a person must look.
type Protocol string

// The protocols. Their spellings in logs are in clientapp.go.
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

// numbered holds the protocols a client can have; a protocol's place in it
// stands for it where memory counts.
var numbered = Protocols()

// number gives p's place in numbered. Modern, which no client has, has none.
func (p Protocol) number() uint8 {
	return uint8(slices.Index(numbered, p)) //nolint:gosec // fewer than 256
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
