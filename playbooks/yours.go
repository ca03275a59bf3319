package playbooks

import (
	"slices"
	"strings"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// yours is what the device is called to the person who uses it: "your iPhone 12
// mini (iOS 17.6.1)", "your computer". A program is called by what it runs on,
// since the playbook for a program names it.
func yours(d detect.Device) string {
	switch d.Family {
	case useragent.IPhone, useragent.IPad, useragent.IPod, useragent.Android:
		device, system := d, systemOf(d)
		device.OS, device.Version = "", ""
		name := strings.TrimPrefix(strings.TrimPrefix(device.Words(), "an "), "a ")
		if kind, model, ok := strings.Cut(strings.TrimSuffix(name, ")"), " ("); ok {
			return "your " + within(kind, model, system)
		}
		return "your " + within(name, system)
	case useragent.MacMail:
		return "your " + within("Mac", systemOf(d))
	case useragent.OutlookMac:
		return "your Mac"
	case useragent.OutlookWindows:
		return "your computer"
	case useragent.OutlookMobile:
		return "your phone"
	}
	return "your device"
}

func systemOf(d detect.Device) string {
	if d.OS == "" || d.Version == "" {
		return ""
	}
	return d.OS + " " + d.Version
}

// within adds details in brackets, leaving out empty ones.
func within(name string, details ...string) string {
	details = slices.DeleteFunc(details, func(s string) bool { return s == "" })
	if len(details) == 0 {
		return name
	}
	return name + " (" + strings.Join(details, ", ") + ")"
}
