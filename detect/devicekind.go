package detect

import (
	"strings"

	"legacyauth/detect/useragent"
)

// DeviceKind is a kind of device, as coarse as a modern sign-in tells it: there
// the agent is that of a sign-in window, not of the mail program. Empty: not
// known.
type DeviceKind string

// The kinds of device.
const (
	KindIPhone  DeviceKind = "iphone"
	KindIPad    DeviceKind = "ipad"
	KindMac     DeviceKind = "mac"
	KindAndroid DeviceKind = "android"
	KindWindows DeviceKind = "windows"
	KindLinux   DeviceKind = "linux"
)

// KindOf gives the kind of a client's device; empty where its program runs on
// several and nothing says which.
func KindOf(d Device) DeviceKind {
	switch d.Family {
	case useragent.IPhone, useragent.IPod:
		return KindIPhone
	case useragent.IPad:
		return KindIPad
	case useragent.MacMail, useragent.OutlookMac:
		return KindMac
	case useragent.Android:
		return KindAndroid
	case useragent.OutlookWindows, useragent.WindowsMail:
		return KindWindows
	}
	return kindIn(d.OS)
}

// kinds holds what names a kind in an agent or an operating system's name, the
// more telling first: an agent of Android says Linux too, one of an iPhone says
// "like Mac OS X".
var kinds = []struct {
	word string
	kind DeviceKind
}{
	{"ipad", KindIPad},
	{"iphone", KindIPhone},
	{"ipod", KindIPhone},
	{"android", KindAndroid},
	{"macintosh", KindMac},
	{"mac os", KindMac},
	{"macos", KindMac},
	{"windows", KindWindows},
	{"linux", KindLinux},
}

func kindIn(text string) DeviceKind {
	text = strings.ToLower(text)
	for _, k := range kinds {
		if strings.Contains(text, k.word) {
			return k.kind
		}
	}
	if strings.HasPrefix(text, "ios") { // the log's device detail: "Ios 17.5"
		return KindIPhone
	}
	return ""
}

// kindOfRow gives the kind of device of a modern sign-in.
func kindOfRow(s *SignIn, d *decoded) DeviceKind {
	if d.kind != "" {
		return d.kind
	}
	return kindIn(s.DeviceOS)
}

// kindOfAgent gives the kind that an agent names.
func kindOfAgent(agent string, d Device) DeviceKind {
	if d.Named() && d.Family != useragent.Browser {
		if kind := KindOf(d); kind != "" {
			return kind
		}
	}
	return kindIn(agent)
}
