package useragent

import "slices"

// Family is the kind of device or program behind a client. The set is closed:
// playbooks and the JSON output name families, so a value never changes its
// meaning.
type Family string

// The families, each with what it means.
const (
	IPhone             Family = "iphone"              // Apple iPhone, built-in Mail, Calendar and Contacts
	IPad               Family = "ipad"                // Apple iPad, built-in Mail, Calendar and Contacts
	IPod               Family = "ipod"                // Apple iPod touch, built-in Mail
	MacMail            Family = "mac-mail"            // Mail, Calendar, Contacts and Notes of macOS, over EWS
	Android            Family = "android"             // the mail app of an Android phone or tablet: Gmail, Samsung, a vendor's own
	OutlookWindows     Family = "outlook-windows"     // Outlook or another Office program for Windows
	OutlookMac         Family = "outlook-mac"         // Outlook for Mac
	OutlookMobile      Family = "outlook-mobile"      // Outlook for iOS or Android
	WindowsMail        Family = "windows-mail"        // Mail and Calendar of Windows 8 to 11, Windows Phone
	Thunderbird        Family = "thunderbird"         // Mozilla Thunderbird and its builds (Icedove)
	MailApp            Family = "mail-app"            // any other mail, calendar or organizer program: eM Client, The Bat!, Spark
	EWSLibrary         Family = "ews-library"         // a program built on an EWS library: Managed API, exchangelib
	Script             Family = "script"              // a general HTTP library, tool or fetching service: curl, python-requests, Go
	PowerShell         Family = "powershell"          // remote PowerShell, WinRM
	TeamsRoom          Family = "teams-room"          // a Teams Rooms or Skype Room System device
	Printer            Family = "printer"             // a printer or scanner that sends by SMTP
	MailSender         Family = "mail-sender"         // software that sends by SMTP: CRM, monitoring, newsletters
	MailboxReader      Family = "mailbox-reader"      // software that reads a mailbox by IMAP or POP: tickets, archives
	ExchangeTranslated Family = "exchange-translated" // Exchange translated a basic password; the agent names no device
	Browser            Family = "browser"             // a web browser
	Unknown            Family = "unknown"             // nothing known names it
)

// Families lists every family in a fixed order.
func Families() []Family {
	return []Family{
		IPhone, IPad, IPod, MacMail, Android, OutlookWindows, OutlookMac, OutlookMobile,
		WindowsMail, Thunderbird, MailApp, EWSLibrary, Script, PowerShell, TeamsRoom,
		Printer, MailSender, MailboxReader, ExchangeTranslated, Browser, Unknown,
	}
}

// Valid says whether f is one of Families.
func (f Family) Valid() bool { return slices.Contains(Families(), f) }

// Confidence says how sure a device's name is. The zero value is not valid;
// a device that nothing names has NotKnown.
type Confidence string

// The three degrees of confidence.
const (
	Certain  Confidence = "certain" // the agent says so in words or by an exact table entry
	Likely   Confidence = "likely"  // worked out from a rule or from the client's behavior
	NotKnown Confidence = "unknown" // no evidence either way
)

// Device is what an agent, and later its neighbors, say a client is.
type Device struct {
	Family Family `json:"family"`
	// Model is the name a person knows it by ("iPhone 11", "SM-A515F");
	// empty when not known.
	Model string `json:"model"`
	// OS is the operating system's name ("iOS", "iPadOS", "macOS", "Windows",
	// "Android"); empty when not known.
	OS string `json:"os"`
	// Version is the operating system's for phones, tablets and Mac Mail, the
	// application's otherwise; empty when not known.
	Version    string     `json:"version"`
	Confidence Confidence `json:"confidence"`
	// Evidence is one short phrase per fact the name rests on, safe to show:
	// it never repeats raw log text longer than a product token.
	Evidence []string `json:"evidence"`
}

// Named says whether the agent itself named a device or program. When it did
// not, a client is told apart by its network as well.
func (d Device) Named() bool {
	return d.Family != "" && d.Family != Unknown && d.Family != ExchangeTranslated
}
