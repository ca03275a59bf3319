package detect

import "testing"

func TestParseClientApp(t *testing.T) {
	t.Parallel()
	cases := map[string]Protocol{
		"Browser":                             Modern,
		"Mobile Apps and Desktop clients":     Modern,
		"Modern clients":                      Modern,
		"Authenticated SMTP":                  SMTP,
		"SMTP":                                SMTP,
		"Autodiscover":                        Autodiscover,
		"AutoDiscover":                        Autodiscover,
		"Exchange ActiveSync":                 EAS,
		"Exchange ActiveSync (supported)":     EAS,
		"Exchange ActiveSync (unSupported)":   EAS,
		"Exchange Online PowerShell":          PowerShell,
		"Exchange Web Services":               EWS,
		"IMAP4":                               IMAP,
		"IMAP":                                IMAP,
		"POP3":                                POP,
		"POP":                                 POP,
		"MAPI over HTTP":                      MAPI,
		"MAPI Over HTTP":                      MAPI,
		"MAPI":                                MAPI,
		"Offline Address Book":                OAB,
		"Outlook Anywhere (RPC over HTTP)":    RPC,
		"Outlook Anywhere":                    RPC,
		"Outlook Service":                     OutlookService,
		"Universal Outlook":                   OutlookService,
		"Reporting Web Services":              RWS,
		"Other clients":                       Other,
		"Other clients; IMAP":                 IMAP,
		"Other clients; IMAP4":                IMAP,
		"Other clients; POP":                  POP,
		"Other clients; POP3":                 POP,
		"Other clients; SMTP":                 SMTP,
		"Other clients; MAPI":                 MAPI,
		"Other clients; Older Office clients": Other,
		"Other clients; Older office clients": Other,
		"  imap4\t":                           IMAP,
		"":                                    Unknown,
		"Unknown":                             Unknown,
		"Other client":                        Unknown,
		"Browser2":                            Unknown,
		"IMAP4 clients":                       Unknown,
		"Mobile Apps and Desktop client":      Unknown,
	}
	for app, want := range cases {
		if got := ParseClientApp(app); got != want {
			t.Errorf("ParseClientApp(%q) = %s, want %s", app, got, want)
		}
	}
}

func TestUnknownIsNeitherModernNorLegacy(t *testing.T) {
	t.Parallel()
	if Unknown.Legacy() || Modern.Legacy() {
		t.Error("unknown and modern must not count as legacy")
	}
	for _, p := range Protocols() {
		if p != Unknown && !p.Legacy() {
			t.Errorf("%s must count as legacy", p)
		}
		if p != Unknown && p.Name() == Unknown.Name() {
			t.Errorf("%s has no name of its own", p)
		}
	}
}
