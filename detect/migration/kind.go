package migration

import (
	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// NoUser says whether a device has no person behind it who could sign in from
// it in another way: printers, rooms and programs that run by themselves.
func NoUser(d detect.Device) bool {
	switch d.Family {
	case useragent.Printer, useragent.MailSender, useragent.MailboxReader, useragent.TeamsRoom,
		useragent.Script, useragent.EWSLibrary:
		return true
	}
	return false
}

// SameKind says whether a modern sign-in from a device of kind modern shows that
// a legacy device has moved. A legacy device of no known kind may have moved to
// any (Evidence.AnyKind says so in words); the browser of an iPad calls itself a
// Mac's.
// https://pixelthing.medium.com/safari-on-ipados13-a-web-devs-guide-c31b34236e61, read 2026-11-23
func SameKind(legacy, modern detect.DeviceKind) bool {
	return legacy == "" || legacy == modern || legacy == detect.KindIPad && modern == detect.KindMac
}
