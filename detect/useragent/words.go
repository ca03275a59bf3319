package useragent

import "strings"

// Words is what a person would call the device: "iPhone 11, iOS 14.8",
// "Outlook 2013", "an Android phone (SM-A515F)". It never repeats what Exchange
// writes in place of an agent.
func (d Device) Words() string {
	switch d.Family {
	case IPhone:
		return d.withSystem(d.handheldWords("iPhone"))
	case IPad:
		return d.withSystem(d.handheldWords("iPad"))
	case IPod:
		return d.withSystem(d.handheldWords("iPod touch"))
	case MacMail:
		return d.withSystem("Mail on a Mac")
	case Android:
		return d.withSystem(d.such("an Android phone"))
	case Unknown:
		if d.Model != "" {
			return d.Model + ", a program not listed"
		}
	case OutlookWindows, OutlookMac, OutlookMobile, WindowsMail, Thunderbird, MailApp, PowerShell:
		if d.Model != "" {
			return d.Model
		}
		return kinds[d.Family]
	case EWSLibrary, Script, Browser, Printer, MailSender, MailboxReader:
		return d.such(kinds[d.Family])
	case TeamsRoom:
		return kinds[d.Family]
	}
	return "a device that Exchange does not name"
}

// kinds names a family when nothing more is known.
var kinds = map[Family]string{
	OutlookWindows: "Outlook for Windows",
	OutlookMac:     "Outlook for Mac",
	OutlookMobile:  "Outlook on a phone",
	WindowsMail:    "Mail of Windows",
	Thunderbird:    "Thunderbird",
	MailApp:        "a mail program",
	PowerShell:     "PowerShell",
	EWSLibrary:     "a program that uses Exchange Web Services",
	Script:         "a script",
	Browser:        "a web browser",
	Printer:        "a printer or scanner",
	MailSender:     "software that sends mail",
	MailboxReader:  "software that reads a mailbox",
	TeamsRoom:      "a Teams Rooms device",
}

// handheldWords names an Apple device by its marketing name; an identifier
// that has none is told as such.
func (d Device) handheldWords(kind string) string {
	switch {
	case d.Model == "":
		return "an " + kind
	case strings.Contains(d.Model, ","):
		return "an " + kind + " (" + d.Model + ")"
	}
	return d.Model
}

// such adds the model to what a kind of device is called.
func (d Device) such(kind string) string {
	if d.Model == "" {
		return kind
	}
	return kind + " (" + d.Model + ")"
}

func (d Device) withSystem(words string) string {
	if d.OS == "" || d.Version == "" {
		return words
	}
	return words + ", " + d.OS + " " + d.Version
}
