package signins

// legacyClientApps are the values of clientAppUsed that the filter asks for, in
// the case the service writes them. Where sources differ in case both are asked
// for, because nothing says whether the service compares with or without it.
//
// Sources, read 2026-11-22:
// https://github.com/MicrosoftDocs/entra-docs/blob/15730cf6c6088cb1aa101c2348f5dc1e4a5b4c6d/docs/identity/monitoring-health/howto-customize-filter-logs.md
// https://github.com/microsoftgraph/microsoft-graph-docs-contrib/blob/027089ba862ead70fe2f55e6e7f79d42e39decd6/api-reference/beta/resources/signin.md
func legacyClientApps() []string {
	return []string{
		// Those of today's documentation come first: a query with a few values
		// then finds nearly everything in its first answers.
		"Authenticated SMTP",
		"IMAP4",
		"POP3",
		"Exchange ActiveSync",
		"Exchange Web Services",
		"Other clients",
		"MAPI Over HTTP",
		"AutoDiscover",
		"Exchange Online PowerShell",
		"Offline Address Book",
		"Outlook Anywhere (RPC over HTTP)",
		"Outlook Service",
		"Reporting Web Services",

		"SMTP",
		"IMAP",
		"POP",
		"MAPI",
		"MAPI over HTTP",
		"Autodiscover",
		"Outlook Anywhere",
		"Universal Outlook",
		"Exchange ActiveSync (supported)",
		"Exchange ActiveSync (unSupported)",
		"Other clients; IMAP",
		"Other clients; IMAP4",
		"Other clients; POP",
		"Other clients; POP3",
		"Other clients; SMTP",
		"Other clients; Authenticated SMTP",
		"Other clients; MAPI",
		"Other clients; Older Office clients",
		"Other clients; Older office clients",
	}
}
