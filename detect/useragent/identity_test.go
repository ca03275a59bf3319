package useragent

import "testing"

// TestIdentityKeepsThroughUpdates: an update keeps the client, a second device
// is another one (trap T8), an agent that names nothing has none.
func TestIdentityKeepsThroughUpdates(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name          string
		before, after string
		want          string
	}{
		{"iOS update", "Apple-iPhone12C1/1805.199", "Apple-iPhone12C1/2307.83", "iphone:iphone 11"},
		{"iPad becomes iPadOS", "Apple-iPad7C11/1607.77", "Apple-iPad7C11/1701.844", "ipad:ipad (7th generation)"},
		{"macOS update", "macOS/12.5 (21G72) exchangesyncd/95", "macOS/15.6 (24G84) exchangesyncd/110", "mac-mail"},
		{"another program of the same Mac", "macOS/12.5 (21G72); ExchangeWebServices/6.0; Mail/9.3", "macOS/12.5 (21G72) CalendarAgent/930", "mac-mail"},
		{"Outlook patch", "Microsoft Office/15.0 (Windows NT 6.1; Microsoft Outlook 15.0.4420; Pro)", "Microsoft Office/15.0 (Windows NT 10.0; Microsoft Outlook 15.0.5603; Pro)", "outlook-windows:outlook 2013"},
		{"Samsung update", "SAMSUNG-SM-G991B/101.110000", "SAMSUNG-SM-G991B/101.130000", "android:sm-g991b"},
		{"Android update", "Android/11-EAS-2.0", "Android/12-EAS-2.0", "android"},
		{"Thunderbird update", "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Thunderbird/115.0", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0", "thunderbird:thunderbird"},
		{"listed library update", "ExchangeServicesClient/14.02.0051.000", "ExchangeServicesClient/15.00.0913.015", "ews-library:ews managed api"},
		{"unlisted program update", "Fabrikam-Scan-v1.2/x", "Fabrikam-Scan-v3/y", "unknown:fabrikam-scan"},
		{"unlisted, version after a space", "Contoso Mailer 1.2", "Contoso Mailer 2.0", "unknown:contoso"},
		{"translated", "BAV2ROPC", "CBAInPROD", ""},
		{"empty", "", "   ", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			before, after := Decode(tt.before).Identity(), Decode(tt.after).Identity()
			if before != tt.want || after != tt.want {
				t.Errorf("identity is %q, then %q; want %q", before, after, tt.want)
			}
		})
	}
	first, second := Decode("Apple-iPhone12C1/1907.71").Identity(), Decode("Apple-iPhone14C7/1907.71").Identity()
	if first == second {
		t.Errorf("two phones share the identity %q", first)
	}
}

func TestIdentityOfInferredDevice(t *testing.T) {
	t.Parallel()
	for family, want := range map[Family]string{Printer: "printer", MailSender: "mail-sender", Unknown: "", ExchangeTranslated: "", "": ""} {
		if got := (Device{Family: family}).Identity(); got != want {
			t.Errorf("family %q has identity %q, want %q", family, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		d    Device
		want string
	}{
		{"phone", Decode("Apple-iPhone12C1/1808.17"), "iPhone 11, iOS 14.8"},
		{"phone not in the table", Decode("Apple-iPhone99C9/2307.83"), "an iPhone (iPhone99,9), iOS 26.6.1"},
		{"phone without anything", Device{Family: IPhone}, "an iPhone"},
		{"Outlook", Decode("Microsoft Office/15.0 (Windows NT 6.1; Microsoft Outlook 15.0.5537; Pro)"), "Outlook 2013"},
		{"Outlook without a model", Device{Family: OutlookWindows}, "Outlook for Windows"},
		{"Android", Decode("Android-SAMSUNG-SM-A515F/101.10"), "an Android phone (SM-A515F)"},
		{"Android with its version", Decode("Android/12-EAS-2.0"), "an Android phone, Android 12"},
		{"Mac", Decode("macOS/12.5 (21G72) exchangesyncd/95"), "Mail on a Mac, macOS 12.5"},
		{"printer", Device{Family: Printer, Confidence: Likely}, "a printer or scanner"},
		{"mail sender", Device{Family: MailSender}, "software that sends mail"},
		{"mailbox reader", Device{Family: MailboxReader}, "software that reads a mailbox"},
		{"room", Decode("SkypeRoomSystem/5.2"), "a Teams Rooms device"},
		{"script", Decode("curl/8.9.1"), "a script (curl)"},
		{"EWS program", Decode("Contoso-Connector/2.1 (EWS Managed API 2.2)"), "a program that uses Exchange Web Services (Contoso-Connector)"},
		{"browser", Device{Family: Browser}, "a web browser"},
		{"unlisted", Decode("FabrikamMailer/2"), "FabrikamMailer, a program not listed"},
		{"translated", Decode("BAV2ROPC"), "a device that Exchange does not name"},
		{"nothing", Decode(""), "a device that Exchange does not name"},
		{"zero", Device{}, "a device that Exchange does not name"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := tt.d.Words(); got != tt.want {
				t.Errorf("Words() = %q, want %q", got, tt.want)
			}
		})
	}
	for _, f := range Families() {
		named := f != Unknown && f != ExchangeTranslated
		if got := (Device{Family: f}).Words(); got == "" || (got == "a device that Exchange does not name") == named {
			t.Errorf("family %s is called %q", f, got)
		}
	}
}
