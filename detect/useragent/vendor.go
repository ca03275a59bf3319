package useragent

import "strings"

// vendor is a rule for the agents of mail apps on Android: what the agent
// begins with and what stands between it and the next slash.
type vendor struct {
	prefix string // in lower case
	// brand goes before the model that follows the prefix, unless the model
	// says it already.
	brand string
	// app is the model when the agent names a program and no device.
	app string
	// release says that the number after the slash is Android's version.
	release bool
	// last says that the device is the last part of "Remoba-inc-FRF91-ADR6300".
	last bool
}

// vendors lists the prefixes, the longer first where one begins another.
//
// Most stand in the agents collected by Get-ActiveSyncDeviceInfo.ps1 up to
// 2012; Android-Mail and Android-Gmail in https://github.com/nielsbasjes/yauaa
// at eb28d67 and https://github.com/matomo-org/device-detector (2026-08-19).
// The forms of Nine and of today's Samsung are not published.
var vendors = []vendor{
	{prefix: "android-mail", app: "Gmail"},
	{prefix: "android-gmail", app: "Gmail"},
	{prefix: "android-samsung-"},
	{prefix: "android-eas"},
	{prefix: "samsung-samsung-"},
	{prefix: "samsung-"},
	{prefix: "samsungsamsung"},
	{prefix: "samsung"},
	{prefix: "moto-", brand: "Motorola"},
	{prefix: "htc-", brand: "HTC"},
	{prefix: "garm-", brand: "Garmin-Asus", release: true},
	{prefix: "lgmc-", app: "LG"},
	{prefix: "pantech-", brand: "Pantech"},
	{prefix: "remoba-", last: true},
	{prefix: "roadsync-android", app: "RoadSync"},
	{prefix: "moxier", app: "Moxier"},
	{prefix: "easclient", app: "EASClient"},
	{prefix: "touchdown", app: "TouchDown"},
	{prefix: "nine/", app: "Nine"},
	{prefix: "nine-", app: "Nine"},
	{prefix: "navermailapp", app: "NAVER Mail"},
	{prefix: "davdroid", app: "DAVdroid"},
	{prefix: "davx5", app: "DAVx5"},
	{prefix: "dalvik", app: "Dalvik"},
	{prefix: "vortex/", app: "LG Vortex"},
	{prefix: "ally/", app: "LG Ally"},
}

// read names the device, or the app where the agent names no device.
func (v *vendor) read(a agent) Device {
	rest := a.text[len(v.prefix):]
	version := ""
	if v.release {
		_, number, _ := strings.Cut(rest, "/")
		version = leadingVersion(number)
	}
	if model, release, ok := androidComment(a); ok {
		return androidDevice(model, release)
	}
	if at := find(a.lower, "android"); at >= len(v.prefix) {
		version = versionAt(a.text, at+len("android"))
	}
	if v.app != "" {
		return androidDevice(v.app, version)
	}
	model := deviceToken(rest)
	if v.last {
		model = strings.TrimSpace(model[strings.LastIndexByte(model, '-')+1:])
	}
	if v.brand != "" && model != "" {
		if after, ok := cutPrefixFold(model, v.brand); ok && strings.Trim(after, " -") != "" {
			model = strings.Trim(after, " -")
		}
		model = v.brand + " " + model
	}
	return androidDevice(model, version)
}
