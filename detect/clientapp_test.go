package detect

import (
	"slices"
	"testing"
)

func TestLegacyClientApps(t *testing.T) {
	t.Parallel()
	list := LegacyClientApps()
	for i, app := range list {
		if p := ParseClientApp(app); !p.Legacy() {
			t.Errorf("%q stands for %s, which is not legacy", app, p)
		}
		if slices.Contains(list[:i], app) {
			t.Errorf("%q stands twice", app)
		}
	}
	// One spelling per protocol and per form that only one source writes.
	for _, want := range []string{
		"Authenticated SMTP", "SMTP", "Autodiscover", "AutoDiscover", "Exchange ActiveSync",
		"Exchange ActiveSync (supported)", "Exchange ActiveSync (unSupported)",
		"Exchange Online PowerShell", "Exchange Web Services", "IMAP4", "IMAP", "POP3", "POP",
		"MAPI Over HTTP", "MAPI over HTTP", "MAPI", "Offline Address Book",
		"Outlook Anywhere (RPC over HTTP)", "Outlook Anywhere", "Outlook Service", "Universal Outlook",
		"Reporting Web Services", "Other clients", "Other clients; IMAP", "Other clients; IMAP4",
		"Other clients; POP", "Other clients; POP3", "Other clients; SMTP", "Other clients; Authenticated SMTP",
		"Other clients; MAPI", "Other clients; Older Office clients", "Other clients; Older office clients",
	} {
		if !slices.Contains(list, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if slices.Contains(list, "Browser") || slices.Contains(list, "Modern clients") {
		t.Error("a modern client app is listed")
	}
}

func TestEveryLegacyProtocolHasASpelling(t *testing.T) {
	t.Parallel()
	for _, p := range Protocols() {
		if p != Unknown && !slices.ContainsFunc(clientApps, func(a clientApp) bool { return a.protocol == p }) {
			t.Errorf("no spelling stands for %s", p)
		}
	}
}
