package useragent

import "strings"

// readAndroid knows the mail apps of Android phones and tablets.
func readAndroid(a agent) (Device, bool) {
	if d, ok := readAOSP(a); ok {
		return d, true
	}
	for i := range vendors {
		if strings.HasPrefix(a.lower, vendors[i].prefix) {
			return vendors[i].read(a), true
		}
	}
	if isCarrierModel(a.lower) {
		model, _, _ := strings.Cut(a.text, "/")
		return androidDevice("LG "+model, ""), true
	}
	if at := strings.Index(a.lower, "samsung-sm-"); at >= 0 {
		return androidDevice(deviceToken(a.text[at+len("samsung-"):]), ""), true
	}
	return Device{}, false
}

// readAOSP knows the mail client that Android itself comes with and those made
// from it: "Android/12-EAS-2.0", "LGE610/EAS-1.3". The first number is
// Android's version, the second the protocol's; a number without "-EAS-" is the
// client's own.
func readAOSP(a agent) (Device, bool) {
	if a.lower == "android" {
		return androidDevice("", ""), true
	}
	head, rest, _ := strings.Cut(a.text, "/")
	protocol := strings.Index(lowerASCII(rest), "eas-")
	if protocol > 0 && rest[protocol-1] != '-' {
		protocol = -1
	}
	if !strings.EqualFold(head, "android") {
		if protocol < 0 {
			return Device{}, false
		}
		model, ok := cutPrefixFold(head, "samsung-")
		if !ok {
			model, _ = cutPrefixFold(head, "samsung")
		}
		return androidDevice(token(model), versionBefore(rest, protocol)), true
	}
	return androidDevice("", versionBefore(rest, protocol)), true
}

func versionBefore(s string, protocol int) string {
	if protocol <= 0 {
		return ""
	}
	return leadingVersion(s[:protocol])
}

// androidDevice is certain only of what the agent gives: an agent that says no
// more than Android is likely to be a phone.
func androidDevice(model, version string) Device {
	d := Device{Family: Android, Model: model, OS: "Android", Version: version, Confidence: Certain}
	switch {
	case model != "":
		d.Evidence = []string{"agent names " + model}
	case version != "":
		d.Evidence = []string{"agent says Android " + version}
	default:
		d.Evidence = []string{"agent says Android"}
		d.Confidence = Likely
	}
	return d
}

// deviceToken cuts a device's model out of what follows a vendor's prefix; the
// mark in parentheses is that of the client program.
func deviceToken(s string) string {
	if end := strings.IndexAny(s, "/(;)"); end >= 0 {
		s = s[:end]
	}
	return token(strings.Trim(s, "- "))
}

// androidComment reads "(Android 10; SM-G986N)" and "(Linux; U; Android 9;
// SM-G950F Build/…)": Android's version, and the model after it.
func androidComment(a agent) (model, release string, ok bool) {
	at := strings.Index(a.lower, "android ")
	if at < 0 {
		return "", "", false
	}
	rest := a.text[at+len("android "):]
	release = leadingVersion(rest)
	after, ok := strings.CutPrefix(rest[len(release):], "; ")
	if !ok || release == "" {
		return "", "", false
	}
	if end := strings.IndexAny(after, ";)"); end >= 0 {
		after = after[:end]
	}
	after, _, _ = strings.Cut(after, " Build/")
	model = token(after)
	return model, release, model != ""
}

// isCarrierModel knows the LG phones of 2010 and 2011 that give the number
// under which a carrier sold them and no more: "US670/1.0".
func isCarrierModel(lower string) bool {
	head, version, ok := strings.Cut(lower, "/")
	if !ok || len(head) != len("us670") || leadingVersion(version) == "" || leadingDigits(head[2:]) != 3 {
		return false
	}
	switch head[:2] {
	case "us", "vm", "vs", "ls", "lw", "ms":
		return true
	}
	return false
}
