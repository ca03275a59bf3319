package language

import (
	"strings"

	"legacyauth/detect/useragent"
)

// Device is useragent.Device.Words in this language: "iPhone 11, iOS 14.8", "ein
// Android-Telefon (SM-A515F)". It is empty where nothing names the device.
func (l *Language) Device(d useragent.Device) string {
	switch d.Family {
	case useragent.IPhone, useragent.IPad, useragent.IPod, useragent.MacMail, useragent.Android:
		return system(l.named(d), d)
	case useragent.Unknown:
		if d.Model == "" {
			return ""
		}
		return l.Say("device.unlisted", "model", d.Model)
	case useragent.ExchangeTranslated, "":
		return ""
	case useragent.OutlookWindows, useragent.OutlookMac, useragent.OutlookMobile, useragent.WindowsMail, useragent.Thunderbird,
		useragent.MailApp, useragent.PowerShell:
		if d.Model != "" {
			return d.Model
		}
	}
	if d.Model != "" && d.Family != useragent.TeamsRoom {
		return l.kind(d.Family) + " (" + d.Model + ")"
	}
	return l.kind(d.Family)
}

// named gives a device that runs a system of its own.
func (l *Language) named(d useragent.Device) string {
	switch {
	case d.Model == "" || d.Family == useragent.MacMail:
		return l.kind(d.Family)
	case d.Family == useragent.Android, strings.Contains(d.Model, ","):
		return l.kind(d.Family) + " (" + d.Model + ")"
	}
	return d.Model
}

func (l *Language) kind(f useragent.Family) string { return l.Say("device." + string(f)) }

func system(words string, d useragent.Device) string {
	if d.OS == "" || d.Version == "" {
		return words
	}
	return words + ", " + d.OS + " " + d.Version
}

// Yours is what the device is called within a sentence to the person who uses
// it: "your iPhone 12 mini (iOS 17.6.1)", "your computer". It stands after a
// preposition, in the case that this asks for.
func (l *Language) Yours(d useragent.Device) string {
	name := ""
	switch d.Family {
	case useragent.IPhone:
		name = handheld(d, "iPhone")
	case useragent.IPad:
		name = handheld(d, "iPad")
	case useragent.IPod:
		name = handheld(d, "iPod touch")
	case useragent.Android:
		return details(l.Say("yours.android"), d.Model, systemOf(d))
	case useragent.MacMail:
		name = details("Mac", "", systemOf(d))
	case useragent.OutlookMac:
		name = "Mac"
	case useragent.OutlookWindows:
		return l.Say("yours.computer")
	case useragent.OutlookMobile:
		return l.Say("yours.phone")
	default:
		return l.Say("yours.device")
	}
	return l.Say("yours", "device", name)
}

func handheld(d useragent.Device, kind string) string {
	if d.Model == "" || strings.Contains(d.Model, ",") {
		return details(kind, d.Model, systemOf(d))
	}
	return details(d.Model, "", systemOf(d))
}

func systemOf(d useragent.Device) string {
	if d.OS == "" || d.Version == "" {
		return ""
	}
	return d.OS + " " + d.Version
}

// details adds what is known in brackets.
func details(name, model, system string) string {
	switch {
	case model == "" && system == "":
		return name
	case model == "" || system == "":
		return name + " (" + model + system + ")"
	}
	return name + " (" + model + ", " + system + ")"
}
