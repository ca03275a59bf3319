package useragent

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDecode(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		agent string
		want  Device
	}{
		{
			"no agent", "",
			Device{Unknown, "", "", "", NotKnown, []string{"the log gives no agent"}},
		},
		{
			"only spaces and control characters", " \t\r\n\x00 ",
			Device{Unknown, "", "", "", NotKnown, []string{"the log gives no agent"}},
		},
		{
			"exact build", "Apple-iPhone12C1/1907.71",
			Device{IPhone, "iPhone 11", "iOS", "15.6", Certain, []string{"agent names iPhone12,1", "build 19G71 is iOS 15.6"}},
		},
		{
			"a build from far beyond the tables", "Apple-iPhone99C9/9901.1",
			Device{IPhone, "iPhone99,9", "iOS", "", Likely, []string{"agent names iPhone99,9, which is not in the model table", "build 99A1 is not known"}},
		},
		{
			"exact build, padded number", "Apple-iPhone2C1/705.018",
			Device{IPhone, "iPhone 3GS", "iOS", "3.1.3", Certain, []string{"agent names iPhone2,1", "build 7E18 is iOS 3.1.3"}},
		},
		{
			"beta", "Apple-iPhone3C1/901.522000016",
			Device{IPhone, "iPhone 4", "iOS", "5.0", Certain, []string{"agent names iPhone3,1", "build 9A5220p is iOS 5.0 beta"}},
		},
		{
			"listed plus 6000", "Apple-iPhone17C1/2307.6083",
			Device{IPhone, "iPhone 16 Pro", "iOS", "26.6.1", Certain, []string{"agent names iPhone17,1", "build 23G6083 is 23G83, iOS 26.6.1"}},
		},
		{
			"listed plus 3000", "Apple-iPhone17C1/2201.6354",
			Device{IPhone, "iPhone 16 Pro", "iOS", "18.0", Certain, []string{"agent names iPhone17,1", "build 22A6354 is 22A3354, iOS 18.0"}},
		},
		{
			"letter rule", "Apple-iPhone12C1/1907.999",
			Device{IPhone, "iPhone 11", "iOS", "15.6", Likely, []string{"agent names iPhone12,1", "letter rule: 19G is iOS 15.6 or later fix"}},
		},
		{
			"letter rule between two minor versions", "Apple-iPhone6C2/1608.95",
			Device{IPhone, "iPhone 5s", "iOS", "12.5", Likely, []string{"agent names iPhone6,2", "letter rule: 16H is iOS 12.5 or later fix"}},
		},
		{
			"letter rule for a beta", "Apple-iPhone12C1/1801.599900001",
			Device{IPhone, "iPhone 11", "iOS", "14.0", Likely, []string{"agent names iPhone12,1", "letter rule: 18A is iOS 14.0 or later fix"}},
		},
		{
			"letter with betas only", "Apple-iPhone18C1/2402.91",
			Device{IPhone, "iPhone 17 Pro", "iOS", "27.2", Likely, []string{"agent names iPhone18,1", "letter rule: 24B is iOS 27.2 or later fix"}},
		},
		{
			"major rule", "Apple-iPhone15C4/2125.17",
			Device{IPhone, "iPhone 15", "iOS", "17", Likely, []string{"agent names iPhone15,4", "major rule: build 21 is iOS 17"}},
		},
		{
			"major rule after the change to years", "Apple-iPhone18C1/2325.17",
			Device{IPhone, "iPhone 17 Pro", "iOS", "26", Likely, []string{"agent names iPhone18,1", "major rule: build 23 is iOS 26"}},
		},
		{
			"model not in the table", "Apple-iPhone99C9/2301.341",
			Device{IPhone, "iPhone99,9", "iOS", "26.0", Certain, []string{"agent names iPhone99,9, which is not in the model table", "build 23A341 is iOS 26.0"}},
		},
		{
			"iPad before iPadOS", "Apple-iPad4C1/1608.81",
			Device{IPad, "iPad Air", "iOS", "12.5.7", Certain, []string{"agent names iPad4,1", "build 16H81 is iOS 12.5.7"}},
		},
		{
			"iPad with a build of its own", "Apple-iPad13C18/2005.246",
			Device{IPad, "iPad (10th generation)", "iPadOS", "16.4", Certain, []string{"agent names iPad13,18", "build 20E246 is iPadOS 16.4"}},
		},
		{
			"build of another letter than the tables have", "Apple-iPad1C1/627.1",
			Device{IPad, "iPad", "", "", Likely, []string{"agent names iPad1,1", "the build in the agent cannot be read"}},
		},
		{
			"no build", "Apple-iPhone12C1",
			Device{IPhone, "iPhone 11", "iOS", "", Likely, []string{"agent names iPhone12,1"}},
		},
		{
			"no identifier", "Apple-iPad/702.367",
			Device{IPad, "", "iOS", "3.2", Certain, []string{"agent names an iPad without its model", "build 7B367 is iOS 3.2"}},
		},
		{
			"no kind", "Apple-(null)/704.11",
			Device{IPhone, "", "iOS", "3.1.2", Certain, []string{"agent names an Apple device of no kind, taken for an iPhone", "build 7D11 is iOS 3.1.2"}},
		},
		{
			"dressed as a browser", "Mozilla/5.0 (Apple-iPhone7C2/1202.466; U; CPU like Mac OS X; en) AppleWebKit/420+ (KHTML, like Gecko) Version/3.0",
			Device{IPhone, "iPhone 6", "iOS", "8.1.3", Certain, []string{"agent names iPhone7,2", "build 12B466 is iOS 8.1.3"}},
		},
		{
			"the same letters on a phone", "iOS/x (19G73) dataaccessd/1.0",
			Device{IPhone, "", "iOS", "15.6", Likely, []string{"letter rule: 19G is iOS 15.6 or later fix"}},
		},
		{
			"the same letters on a Mac", "macOS (19G73) exchangesyncd/93.1",
			Device{MacMail, "", "macOS", "10.15.6", Certain, []string{"build 19G73 is macOS 10.15.6"}},
		},
		{
			"plain iOS, before iPads had their own", "iOS/11.2.6 (15D100) dataaccessd/1.0",
			Device{IPhone, "", "iOS", "11.2.6", Likely, []string{"agent says iOS 11.2.6", "it does not say whether iPhone or iPad"}},
		},
		{
			"plain iOS", "iOS/14.0 (18A373) accountsd/1.0",
			Device{IPhone, "", "iOS", "14.0", Certain, []string{"agent says iOS 14.0"}},
		},
		{
			"plain iOS with the model", "iOS/15.6 model/iPhone12,1 build/19G71 dataaccessd/1.0",
			Device{IPhone, "iPhone 11", "iOS", "15.6", Certain, []string{"agent names iPhone12,1", "agent says iOS 15.6"}},
		},
		{
			"plain iPadOS", "iPadOS/16.1 (20B82) dataaccessd/1.0",
			Device{IPad, "", "iPadOS", "16.1", Certain, []string{"agent says iPadOS 16.1"}},
		},
		{
			"Mail of a Mac", "Mac OS X/10.11.6 (15G1004); ExchangeWebServices/6.0 (243); Mail/9.3 (3124)",
			Device{MacMail, "", "macOS", "10.11.6", Certain, []string{"agent says macOS 10.11.6", "agent names Mail 9.3"}},
		},
		{
			"Mail of a Mac, as log copies write it", "Mac+OS+X/10.11.6+(15G1004);+ExchangeWebServices/6.0+(243);+Mail/9.3+(3124)",
			Device{MacMail, "", "macOS", "10.11.6", Certain, []string{"agent says macOS 10.11.6", "agent names Mail 9.3"}},
		},
		{
			"Mac with a build between two known ones", "macOS (21G500) exchangesyncd/93.1",
			Device{MacMail, "", "macOS", "12.6", Likely, []string{"letter rule: 21G is macOS 12.6 or later fix"}},
		},
		{
			"Mac with a major build only the rule knows", "macOS (26A1) exchangesyncd/93.1",
			Device{MacMail, "", "macOS", "27", Likely, []string{"major rule: build 26 is macOS 27"}},
		},
		{
			"Mac without a version", "AppleExchangeWebServices/818.0.1 Mail/3693.20.0.1.32",
			Device{MacMail, "", "macOS", "", Likely, []string{"agent names a program of macOS, not its version", "agent names Mail 3693.20.0.1.32"}},
		},
		{
			"Outlook Anywhere", "MSRPC",
			Device{OutlookWindows, "Outlook", "Windows", "", Likely, []string{"the agent is that of Outlook Anywhere, without a version"}},
		},
		{
			"TouchDown says MSRPC too", "TouchDown(MSRPC)/7.1.0005",
			Device{Android, "TouchDown", "Android", "", Certain, []string{"agent names TouchDown"}},
		},
		{
			"spaces as %20", "Microsoft%20WinRM%20Client",
			Device{PowerShell, "PowerShell", "Windows", "", Certain, []string{"agent names PowerShell"}},
		},
		{
			"program on an EWS library", "Fabrikam-Sync/3.2 (EWS Managed API 2.2)",
			Device{EWSLibrary, "Fabrikam-Sync", "", "3.2", Certain, []string{"agent names Fabrikam-Sync", "it is built on EWS Managed API"}},
		},
		{
			"EWS library over a general one", "python-requests/2.31.0 exchangelib/5.0.3",
			Device{EWSLibrary, "exchangelib", "", "5.0.3", Certain, []string{"agent names exchangelib 5.0.3"}},
		},
		{
			"not listed", "FabrikamMailer-2.14/prod (build 7)",
			Device{Unknown, "FabrikamMailer", "", "", NotKnown, []string{"agent names FabrikamMailer, which is not listed"}},
		},
		{
			"not listed, in a browser's form", "Mozilla/5.0 (compatible; FabrikamBot/2.1; +https://fabrikam.com)",
			Device{Unknown, "FabrikamBot", "", "", NotKnown, []string{"agent names FabrikamBot, which is not listed"}},
		},
		{
			"nothing but a number", "1.0",
			Device{Unknown, "", "", "", NotKnown, []string{"the agent has no product token"}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, Decode(tt.agent)); diff != "" {
				t.Errorf("Decode(%q) (-want +got):\n%s", tt.agent, diff)
			}
		})
	}
}

// TestExchangeTranslated is trap T3: what Exchange writes when it translates a
// basic password says that the client is legacy, and never what it is.
func TestExchangeTranslated(t *testing.T) {
	t.Parallel()
	for _, agent := range []string{
		"BAV2ROPC", "bav2ropc", " BAV2ROPC ", "Unknown(BAV2ROPC)", "BAV2ROPC/1.0",
		"CBAInPROD", "CBAinPROD", "CBAINPROD", "CBAinTAR", "CBAInDF", "Mozilla/5.0 (CBAInPROD)",
	} {
		t.Run(agent, func(t *testing.T) {
			t.Parallel()
			d := Decode(agent)
			want := Device{
				Family:     ExchangeTranslated,
				Confidence: NotKnown,
				Evidence:   []string{"Exchange translated a basic password; the agent names no device"},
			}
			if diff := cmp.Diff(want, d); diff != "" {
				t.Errorf("Decode (-want +got):\n%s", diff)
			}
			if d.Named() || d.Identity() != "" {
				t.Errorf("Named is %v and Identity %q, want neither", d.Named(), d.Identity())
			}
			shown := strings.ToLower(strings.Join(append(d.Evidence, d.Words()), " "))
			if strings.Contains(shown, "bav2ropc") || strings.Contains(shown, "cbain") {
				t.Errorf("a person would read %q", shown)
			}
		})
	}
}

// TestRulesAreReached checks that no rule is out of reach behind another one
// of its own list.
func TestRulesAreReached(t *testing.T) {
	t.Parallel()
	for _, list := range [][]rule{rooms, shells, ewsLibraries, mailPrograms, scripts, browsers} {
		for i, r := range list {
			d, ok := readRules(list, agent{text: r.product + "/1.5", lower: r.product + "/1.5"})
			if !ok || d.Model != r.model || d.Family != r.family {
				t.Errorf("rule %d for %q gives %s %q, want %s %q", i, r.product, d.Family, d.Model, r.family, r.model)
			}
			if r.product != strings.ToLower(r.product) || !r.family.Valid() || r.model == "" {
				t.Errorf("rule %d for %q is not complete", i, r.product)
			}
		}
	}
	for i, v := range vendors {
		earlier := slices.IndexFunc(vendors, func(w vendor) bool { return strings.HasPrefix(v.prefix, w.prefix) })
		if earlier < i {
			t.Errorf("vendor %q is out of reach behind %q", v.prefix, vendors[earlier].prefix)
		}
	}
}
