package useragent

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"legacyauth/detect/useragent/data"
)

// sampleLines reads a file of agents collected by others, without its
// comments. The files are not part of the repository: LEGACYAUTH_SAMPLES says
// where they are, and the test is skipped where neither that nor a folder beside
// the checkout exists.
func sampleLines(t *testing.T, path ...string) []string {
	t.Helper()
	root, named := os.LookupEnv("LEGACYAUTH_SAMPLES")
	if !named {
		root = filepath.Join("..", "..", "..", "shared", "samples")
	}
	text, err := os.ReadFile(filepath.Join(append([]string{root}, path...)...))
	if err != nil {
		if named {
			t.Fatalf("LEGACYAUTH_SAMPLES names a folder without them: %v", err)
		}
		t.Skipf("no samples here: %v", err)
	}
	var lines []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimRight(line, "\r\n"); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines
}

// expectFamily compares one agent with the family that a hand-written rule of
// the test gives.
func expectFamily(t *testing.T, agent string, want Family) {
	t.Helper()
	if d := Decode(agent); d.Family != want {
		t.Errorf("%q is %s, want %s; evidence %q", agent, d.Family, want, d.Evidence)
	}
}

func TestSamplesActiveSync2012(t *testing.T) {
	t.Parallel()
	byAgent := map[string]Family{
		"MSFT-SPhone/5.2.1108":                     WindowsMail,
		"Microsoft-PocketPC/3.0":                   WindowsMail,
		"Apache-HttpClient/UNAVAILABLE (java 1.4)": Script,
	}
	lines := sampleLines(t, "useragents", "eas-useragents-2012.tsv")
	if len(lines) != 252 {
		t.Errorf("%d agents, want 252", len(lines))
	}
	for _, line := range lines {
		agent, label, _ := strings.Cut(line, "\t")
		want, ok := byAgent[agent]
		switch {
		case ok:
		case strings.HasPrefix(label, "iPhone"):
			want = IPhone
		case strings.HasPrefix(label, "iPad"):
			want = IPad
		case strings.HasPrefix(label, "iPod"):
			want = IPod
		case label == "Android":
			want = Android
		default:
			t.Fatalf("label %q of %q is new", label, agent)
		}
		expectFamily(t, agent, want)
	}
}

func TestSamplesLegacyClients(t *testing.T) {
	t.Parallel()
	want := map[string]Family{
		"Microsoft Office/15.0 (Windows NT 6.1; Microsoft Outlook 15.0.5537; Pro)": OutlookWindows,
		"MSRPC":                                   OutlookWindows,
		"Android-SAMSUNG-SM-A515F/101.10":         Android,
		"Apple-iPhone9C1/1705.36":                 IPhone,
		"Apple-iPhone15C2/2107.102":               IPhone,
		"ERP-Connector/2.1 (EWS Managed API 2.2)": EWSLibrary,
		"MacOutlook/16.89.24091630 (Intelx64 Mac OS X 14.6.1 (Build 23G93))":         OutlookMac,
		"Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)": OutlookWindows,
		"BAV2ROPC":               ExchangeTranslated,
		"CBAInPROD":              ExchangeTranslated,
		"CBAinPROD":              ExchangeTranslated,
		"CBAinTAR":               ExchangeTranslated,
		"Unknown(BAV2ROPC)":      ExchangeTranslated,
		"Microsoft WinRM Client": PowerShell,
	}
	for _, line := range sampleLines(t, "useragents", "legacy-client-useragents-2024-2026.tsv") {
		agent, _, _ := strings.Cut(line, "\t")
		family, ok := want[agent]
		if !ok {
			t.Fatalf("%q is new", agent)
		}
		expectFamily(t, agent, family)
	}
}

func TestSamplesMatomo(t *testing.T) {
	t.Parallel()
	for _, line := range sampleLines(t, "useragents", "matomo-pim-useragents.tsv") {
		agent, name, _ := strings.Cut(line, "\t")
		want := MailApp // the list is one of mail programs and organizers
		switch {
		case strings.HasPrefix(name, "Microsoft Outlook"):
			switch {
			case strings.HasPrefix(agent, "MacOutlook/"), strings.Contains(agent, "Darwin/"):
				want = OutlookMac
			case strings.HasPrefix(agent, "Outlook-iOS/"):
				want = OutlookMobile
			default:
				want = OutlookWindows
			}
		case strings.HasPrefix(name, "Thunderbird"):
			want = Thunderbird
		case strings.HasPrefix(name, "Windows Mail"):
			want = WindowsMail
		case strings.HasPrefix(name, "DAVdroid"), strings.HasPrefix(name, "NAVER Mail"), strings.HasPrefix(name, "Gmail"):
			want = Android
		case strings.HasPrefix(agent, "Monazilla/"):
			want = Browser // readers of a bulletin board
		}
		expectFamily(t, agent, want)
	}
}

func TestSamplesYauaa(t *testing.T) {
	t.Parallel()
	rules := []struct {
		part string
		want Family
	}{
		{"Apple-iPhone", IPhone},
		{"Apple-iPad", IPad},
		{"Apple-iPod", IPod},
		{"Android-Mail/", Android},
		{"MSFT-WP/", WindowsMail},
		{"MacOutlook/", OutlookMac},
		{"Outlook-iOS", OutlookMobile},
		{"OneOutlook/", OutlookWindows},
		{"Outlook-Express/", MailApp},
		{"Microsoft Office/", OutlookWindows},
		{"Microsoft Outlook ", OutlookWindows},
		{"ms-office", OutlookWindows},
		{"OneNote/", OutlookWindows},
		{"Thunderbird/", Thunderbird},
		{"Google-Apps-Script", Script},
		{"GoogleApps script", Script},
		{"GoogleDocs", Script},
		{"GoogleImageProxy", Script},
		{"SkypeUriPreview", Script},
		{"Iframely/", Script},
		{"SM-G950F", Browser},
		{"Lotus-Notes/", MailApp},
		{"PostboxApp/", MailApp},
		{"ymail/", MailApp},
		{"uperhuman", MailApp},
		{"Spark", MailApp},
		{"Zoho", MailApp},
		{"MailMaster", MailApp},
		{"Mailspring/", MailApp},
		{"NewtonMail/", MailApp},
		{"Tempo/", MailApp},
		{"Lark/", MailApp},
		{"Mailbird/", MailApp},
		{"Sunsama/", MailApp},
		{"monday/", MailApp},
		{"tutanota", MailApp},
		{"Foxmail/", MailApp},
		{"FastmailUA/", MailApp},
		{"mailapp/", MailApp},
	}
	lines := sampleLines(t, "useragents", "yauaa-eas-useragents.txt")
	lines = append(lines, sampleLines(t, "useragents", "yauaa-mailclient-useragents.txt")...)
next:
	for _, agent := range lines {
		for _, r := range rules {
			if strings.Contains(agent, r.part) {
				expectFamily(t, agent, r.want)
				continue next
			}
		}
		t.Errorf("no rule of the test says what %q is", agent)
	}
}

// TestSamplesExactBuilds compares every Apple agent with a list of builds made
// by others, turned into the form of an agent by code that shares nothing with
// the decoder. Two agents of the collection are invented.
func TestSamplesExactBuilds(t *testing.T) {
	t.Parallel()
	versions := make(map[string]map[string]bool)
	list := strings.Join(sampleLines(t, "apple", "appledb-ios-ipados-builds.csv"), "\n")
	rows, err := csv.NewReader(strings.NewReader(list)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		n, ok := data.ParseNumber(row[2])
		if !ok {
			t.Fatalf("build %q cannot be read", row[2])
		}
		form := exchangeForm(n)
		if versions[form] == nil {
			versions[form] = make(map[string]bool)
		}
		version, _, _ := strings.Cut(row[1], " ")
		versions[form][version] = true
	}
	invented := map[string]string{"Apple-iPhone9C1/1705.36": "13.4", "Apple-iPhone15C2/2107.102": "17.6"}
	exact := 0
	for _, file := range []string{
		"eas-useragents-2012.tsv", "legacy-client-useragents-2024-2026.tsv", "matomo-pim-useragents.tsv",
		"yauaa-eas-useragents.txt", "yauaa-mailclient-useragents.txt",
	} {
		for _, line := range sampleLines(t, "useragents", file) {
			agent, _, _ := strings.Cut(line, "\t")
			_, rest, ok := strings.Cut(agent, "Apple-")
			if !ok {
				continue
			}
			d := Decode(agent)
			if version, ok := invented[agent]; ok {
				if d.Confidence != Likely || d.Version != version {
					t.Errorf("%s is %s %s, want %s likely", agent, d.Version, d.Confidence, version)
				}
				continue
			}
			_, form, _ := strings.Cut(rest, "/")
			form, _, _ = strings.Cut(form, ";")
			if d.Confidence != Certain || !versions[form][d.Version] {
				t.Errorf("%s is %s %s, want one of %v certain", agent, d.Version, d.Confidence, versions[form])
			}
			exact++
		}
	}
	// 146 agents of the collection carry a build in this form; two of them are
	// the invented ones.
	if exact != 144 {
		t.Errorf("%d agents have an exact build, want 144", exact)
	}
}

// TestSamplesBuildForms decodes the list of builds up to iOS 4.0.1 that was
// published in the form of agents in 2010. It is coarser than the table in the
// fixes of 1.1, 2.1 and 3.1.
func TestSamplesBuildForms(t *testing.T) {
	t.Parallel()
	for _, line := range sampleLines(t, "apple", "ios-build-to-eas-useragent-2010.csv")[1:] {
		fields := strings.Split(line, ",")
		version, build, form := fields[0], fields[1], fields[3]
		if !strings.Contains(version, ".") {
			version += ".0"
		}
		if n, ok := fromExchange(form); !ok || n.String() != build {
			t.Errorf("%s is %s, want %s", form, n, build)
		}
		if d := Decode("Apple-iPhone/" + form); iosNumbering.minor(d.Version) != iosNumbering.minor(version) {
			t.Errorf("%s is %s, want %s", form, d.Version, version)
		}
	}
}
