package detect

import (
	"slices"
	"strings"
	"unicode"

	"legacyauth/detect/useragent"
)

// Words in an account's name that say what it is for. They match whole words
// of the part before the @.
var (
	printerWords = []string{
		"scan", "scanner", "scans", "scanning", "scan2mail", "scantomail", "scantoemail", "print", "printer", "printers", "printing",
		"mfp", "mfd", "copier", "copy", "kopierer", "drucker", "fax", "multifunction", "ricoh", "xerox", "konica", "minolta",
		"kyocera", "canon", "lexmark", "brother", "toshiba", "sharp", "epson", "bizhub",
	}
	senderWords = []string{
		"noreply", "donotreply", "reply", "crm", "erp", "alert", "alerts", "alerting", "monitor", "monitoring", "newsletter", "news",
		"marketing", "campaign", "notify", "notification", "notifications", "mailer", "smtp", "relay", "backup", "backups", "invoice",
		"invoices", "billing", "sap", "ups", "nas", "zabbix", "nagios", "grafana", "jenkins", "sensor", "door", "alarm",
	}
	readerWords = []string{
		"ticket", "tickets", "helpdesk", "servicedesk", "support", "jira", "zendesk", "otrs", "archive", "archiver", "journal",
		"import", "inbound", "intake", "orders", "bot", "fetch", "crm", "erp",
	}
	roomWords = []string{
		"room", "rooms", "mtr", "conf", "conference", "meeting", "boardroom", "surfacehub", "hub", "srs", "teamsroom", "huddle",
		"besprechung", "raum", "salle", "sala",
	}
)

// infer names a client whose agent named nothing from its protocol, rhythm and
// account. What it finds is never more than likely; it leaves the device as it
// is when nothing speaks.
func infer(d Device, p Protocol, account string, g *gathered) Device {
	if d.Named() {
		return d
	}
	words := accountWords(account)
	days := len(g.days)
	name := func(f useragent.Family, evidence ...string) Device {
		return Device{Family: f, Confidence: useragent.Likely, Evidence: append(slices.Clone(d.Evidence), evidence...)}
	}
	if w, ok := anyWord(words, roomWords); ok && p != SMTP {
		return name(useragent.TeamsRoom, "the account's name says "+w, "it uses "+p.Name())
	}
	switch p {
	case SMTP:
		return inferSender(d, g, words, days, name)
	case IMAP, POP:
		if w, ok := anyWord(words, slices.Concat(readerWords, senderWords)); ok {
			return name(useragent.MailboxReader, "the account's name says "+w, "it reads mail by "+p.Name())
		}
		if len(g.networks.list) == 1 && g.hours.clock(days) {
			return name(useragent.MailboxReader, "it reads mail around the clock from one address")
		}
	}
	return d
}

func inferSender(d Device, g *gathered, words []string, days int, name func(useragent.Family, ...string) Device) Device {
	if w, ok := anyWord(words, printerWords); ok {
		return name(useragent.Printer, "the account's name says "+w, "it sends by SMTP")
	}
	if w, ok := anyWord(words, senderWords); ok {
		return name(useragent.MailSender, "the account's name says "+w, "it sends by SMTP")
	}
	if len(g.networks.list) != 1 {
		return d
	}
	switch {
	case g.hours.clock(days):
		return name(useragent.MailSender, "it sends by SMTP around the clock from one address")
	case g.hours.office(g.days):
		return name(useragent.Printer, "it sends by SMTP in office hours from one address")
	}
	return d
}

// accountWords splits the part before the @ at everything that is no letter,
// and at the digits that often follow a word ("scan2").
func accountWords(account string) []string {
	local, _, _ := strings.Cut(account, "@")
	words := strings.FieldsFunc(local, func(r rune) bool { return !unicode.IsLetter(r) })
	if joined := strings.Join(words, ""); len(words) > 1 {
		words = append(words, joined)
	}
	return words
}

func anyWord(words, wanted []string) (string, bool) {
	for _, w := range words {
		if slices.Contains(wanted, w) {
			return w, true
		}
	}
	return "", false
}
