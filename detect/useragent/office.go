package useragent

import "strings"

// readOffice knows Outlook and the rest of Office, on every system.
//
// https://github.com/nielsbasjes/yauaa at eb28d67 and
// https://github.com/ua-parser/uap-core tests, read 2026-11-22.
func readOffice(a agent) (Device, bool) {
	switch {
	case strings.HasPrefix(a.lower, "macoutlook/"):
		return outlookMac(a, len("macoutlook")), true
	case strings.HasPrefix(a.lower, "outlook/") && strings.Contains(a.lower, "darwin/"):
		return outlookMac(a, len("outlook")), true
	case strings.HasPrefix(a.lower, "outlook-ios-android"):
		return outlookMobile(a, "Outlook for iOS and Android", ""), true
	case strings.HasPrefix(a.lower, "outlook-ios"):
		return outlookMobile(a, "Outlook for iOS", "iOS"), true
	case strings.HasPrefix(a.lower, "outlook-android"):
		return outlookMobile(a, "Outlook for Android", "Android"), true
	case strings.HasPrefix(a.lower, "microsoft office/"):
		return officeWindows(a, versionAt(a.text, len("microsoft office"))), true
	case strings.HasPrefix(a.lower, "onenote/"), strings.HasPrefix(a.lower, "microsoft outlook/"):
		program, _, _ := strings.Cut(a.text, "/")
		return officeProgram(strings.TrimPrefix(program, "Microsoft "), versionAt(a.text, len(program))), true
	case a.lower == "msrpc":
		return Device{
			Family: OutlookWindows, Model: "Outlook", OS: "Windows", Confidence: Likely,
			Evidence: []string{"the agent is that of Outlook Anywhere, without a version"},
		}, true
	}
	if at := find(a.lower, "oneoutlook"); at >= 0 {
		return officeProgram("new Outlook for Windows", versionAt(a.text, at+len("oneoutlook"))), true
	}
	if at := find(a.lower, "microsoft outlook"); at >= 0 {
		if version := versionAt(a.text, at+len("microsoft outlook")); version != "" {
			return officeProgram("Outlook", version), true
		}
	}
	if find(a.lower, "ms-office") >= 0 {
		version := ""
		if at := find(a.lower, "msoffice"); at >= 0 {
			version = versionAt(a.text, at+len("msoffice"))
		}
		return officeProgram("Office", version), true
	}
	return Device{}, false
}

// officeWindows reads "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Word
// 16.0.10827; Pro)": the part of the comment with a version of the same major
// number names the program.
func officeWindows(a agent, office string) Device {
	major := firstNumbers(office, 1)
	_, comment, _ := strings.Cut(a.text, "(")
	comment, _, _ = strings.Cut(comment, ")")
	for part := range strings.SplitSeq(comment, ";") {
		part = strings.TrimSpace(part)
		name, version := "", part
		if at := strings.LastIndexByte(part, ' '); at >= 0 {
			name, version = part[:at], part[at+1:]
		}
		if v := leadingVersion(version); v == version && strings.HasPrefix(v, major+".") && !strings.HasPrefix(name, "Windows") {
			// Outlook 2007 calls itself Microsoft Office Outlook.
			name = strings.TrimPrefix(strings.TrimPrefix(name, "Microsoft "), "Office ")
			return officeProgram(token(name), v)
		}
	}
	return officeProgram("Office", office)
}

// officeProgram names a program of Office for Windows with the year it is sold
// under, which is what a person sees and what steps differ by.
func officeProgram(name, version string) Device {
	d := Device{Family: OutlookWindows, OS: "Windows", Version: version, Confidence: Certain}
	switch strings.ToLower(name) {
	case "", "mapi", "syncproc":
		// Parts that several programs load: they do not say which one it was.
		name = "Office"
	case "lync", "ucmapi":
		name = "Lync"
		if firstNumbers(version, 1) == "16" {
			name = "Skype for Business"
		}
	}
	d.Model = name
	if year := officeYears[firstNumbers(version, 1)]; year != "" {
		d.Model += " " + year
	}
	d.Evidence = []string{strings.TrimSpace("agent names " + name + " " + version)}
	return d
}

// officeYears maps the major number of Office to the year it is sold under.
// From 16 on the number no longer changes.
var officeYears = map[string]string{
	"11": "2003", "12": "2007", "14": "2010", "15": "2013", "16": "2016 or later",
}

func outlookMac(a agent, at int) Device {
	d := Device{Family: OutlookMac, Model: "Outlook for Mac", OS: "macOS", Version: versionAt(a.text, at), Confidence: Certain}
	if firstNumbers(d.Version, 1) == "14" {
		d.Model = "Outlook for Mac 2011"
	}
	d.Evidence = []string{strings.TrimSpace("agent names Outlook for Mac " + d.Version)}
	return d
}

// outlookMobile takes the version from the parentheses: the number after the
// slash is that of a build service.
func outlookMobile(a agent, model, system string) Device {
	d := Device{Family: OutlookMobile, Model: model, OS: system, Confidence: Certain}
	if _, inner, ok := strings.Cut(a.text, "("); ok {
		d.Version = leadingVersion(inner)
	}
	d.Evidence = []string{strings.TrimSpace("agent names " + model + " " + d.Version)}
	return d
}
