package explain

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

func TestEveryExampleLeadsToItsEntry(t *testing.T) {
	t.Parallel()
	l, err := tables()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range l.entries {
		t.Run(e.ID, func(t *testing.T) {
			t.Parallel()
			if e.Example == "" {
				// These families are worked out from a client's behavior; no agent names them.
				inferred := []useragent.Family{useragent.Printer, useragent.MailSender, useragent.MailboxReader}
				if !slices.ContainsFunc(e.Families, func(f useragent.Family) bool { return slices.Contains(inferred, f) }) {
					t.Fatal("the entry has no example")
				}
				return
			}
			a, err := Text(e.Example)
			if err != nil {
				t.Fatalf("Text(%q): %v", e.Example, err)
			}
			if a.ID != e.ID || a.Kind != e.kind {
				t.Fatalf("Text(%q) is %s %s, want %s %s", e.Example, a.Kind, a.ID, e.kind, e.ID)
			}
		})
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, id, code, playbook string }{
		{
			"multi-line reply", "535-5.7.139 Authentication unsuccessful, user is locked by your\r\n535 5.7.139 organization's security\r\n535 5.7.139 defaults policy. Contact your administrator.\r\n",
			"smtp-security-defaults", "535 5.7.139", "smtp-choices",
		},
		{
			"multi-line reply behind a log prefix", "06:14 S: 535-5.7.139 Authentication unsuccessful, SmtpClientAuthentication is\n06:14 S: 535 5.7.139 disabled for the Tenant.",
			"smtp-auth-off-tenant", "535 5.7.139", "printer-smtp",
		},
		{
			"line ends written out", `(535, b'5.7.139 Authentication unsuccessful, the request did not\r\n meet the criteria to be authenticated successfully.')`,
			"smtp-criteria-not-met", "535 5.7.139", "smtp-choices",
		},
		{"upper case", "535 5.7.139 AUTHENTICATION UNSUCCESSFUL, SMTPCLIENTAUTHENTICATION IS DISABLED FOR THE MAILBOX.", "smtp-auth-off-mailbox", "535 5.7.139", "printer-smtp"},
		{"words without the code", "SmtpClientAuthentication is disabled for the Tenant", "smtp-auth-off-tenant", "535 5.7.139", "printer-smtp"},
		{"apostrophe as in JSON", `"user is locked by your organization\u0027s security defaults policy"`, "smtp-security-defaults", "535 5.7.139", "smtp-choices"},
		{"typographic apostrophe", "5.7.139 user is locked by your organization’s security defaults policy", "smtp-security-defaults", "535 5.7.139", "smtp-choices"},
		{
			"the cause inside another reply", "The server response was: 5.7.57 Client not authenticated to send mail. Error: 535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. [BN9PR03CA0716.namprd03.prod.outlook.com 2026-07-01T01:57:31.695Z 08DED6A3FAA75B29]",
			"smtp-criteria-not-met", "535 5.7.139", "smtp-choices",
		},
		{
			"postfix", "Nov 29 09:52:57 mx postfix/smtp[29893]: C53C9141028: to=<ada@contoso.com>, relay=smtp.office365.com[198.51.100.7]:587, delay=5.3, dsn=5.7.57, status=bounced (host smtp.office365.com[198.51.100.7] said: 530 5.7.57 Client not authenticated to send mail. [BN1P110CA0052.NAMP110.PROD.OUTLOOK.COM] (in reply to MAIL FROM command))",
			"smtp-not-authenticated", "5.7.57", "printer-smtp",
		},
		{"anonymous mail on the older code", "550 5.7.1 Client was not authenticated", "smtp-not-authenticated", "550 5.7.1", "printer-smtp"},
		{"basic retired, from Exchange", "550 5.7.30 Basic authentication is not supported for Client Submission. [BN9PR03CA0001.namprd03.prod.outlook.com]", "smtp-basic-retired", "550 5.7.30", "smtp-choices"},
		{"basic retired, mail to Gmail in the same line", "to ada@gmail.com: 550 5.7.30 Basic authentication is not supported for Client Submission", "smtp-basic-retired", "550 5.7.30", "smtp-choices"},
		{"the same code from Gmail", "550 5.7.30 This mail has been blocked because DKIM does not pass. - gsmtp", "gmail-dkim", "550 5.7.30", ""},
		{"the same code from Gmail without DKIM in words", "550 5.7.30 rejected x12-20020a17090a.5 - gsmtp", "gmail-dkim", "550 5.7.30", ""},
		{"throttled, not denied", "550 5.2.252 Sender throttled due to continuous send as denied errors.", "smtp-error-throttled", "550 5.2.252", "smtp-sender"},
		{"older denied", "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message", "smtp-send-as-denied-store", "554 5.2.0", "smtp-sender"},
		{"OAuth refused", "AUTH XOAUTH2 dXNlcj1\n535 5.7.3 Authentication unsuccessful", "smtp-oauth-refused", "535 5.7.3", "smtp-sender"},
		{"535 5.7.3 with its words", "535 5.7.3 Authentication unsuccessful", "smtp-unsuccessful", "535 5.7.3", "smtp-sender"},
		{"535 5.7.3 by itself", "535 5.7.3", "smtp-unsuccessful-code", "535 5.7.3", "smtp-sender"},
		{"refused without a word of why", "535 5.7.139", "smtp-refused", "535 5.7.139", "printer-smtp"},
		{"refused, with the server only", "535 5.7.139 Authentication unsuccessful [BN9PR03CA0001.namprd03.prod.outlook.com] (in reply to end of AUTH command)", "smtp-refused", "535 5.7.139", "printer-smtp"},
		{"refused, in Python's form", `(535, b'5.7.139 Authentication unsuccessful')`, "smtp-refused", "535 5.7.139", "printer-smtp"},
		{"refused for a reason that is new", "535 5.7.139 Authentication unsuccessful, blah blah new reason", "smtp-refused-reason", "535 5.7.139", "printer-smtp"},
		{"refused for a reason in another alphabet", "535 5.7.139 Authentication unsuccessful, причина", "smtp-refused-reason", "535 5.7.139", "printer-smtp"},
		{"the sign-in failed for now", "454 4.7.0 Temporary authentication failure", "smtp-temporary-sign-in", "454 4.7.0", ""},
		{"the sign-in failed for now, without the reply code", "4.7.0 Temporary authentication failure", "smtp-temporary-sign-in", "454 4.7.0", ""},
		{"the sign-in failed for now, at another server", "454-4.7.0 Too many login attempts, please try again later. a1-20020a17090a.5 - gsmtp", "gmail-other", "454 4.7.0", ""},
		{"a server error for now", `(451, b'4.7.0 Temporary server error. Please try again later. PRX4 [BN9PR03CA0001.namprd03.prod.outlook.com]')`, "smtp-temporary-server", "451 4.7.0", "smtp-sender"},
		{"put off with 421", "421 4.7.0 Closing connection", "smtp-temporary", "421 4.7.0", ""},
		{"put off with 454 alone", "454 4.7.0", "smtp-temporary", "454 4.7.0", ""},
		{"5.7.3 without the reply code", "5.7.3", "smtp-unsuccessful-code", "535 5.7.3", "smtp-sender"},
		{"535-5.7.3 as the first of several lines", "535-5.7.3\r\n535 5.7.3 Try again", "smtp-unsuccessful-code", "535 5.7.3", "smtp-sender"},
		{"POP", "-ERR Logon failure: unknown user name or bad password.", "pop-logon-failure", "", "mailbox-reader"},
		{"POP with other words", "-ERR Logon failure: account is not allowed", "pop-logon-failure", "", "mailbox-reader"},
		{"EWS header only", "X-EWS-Policy-Reason: EWS is blocked by policy for this user or tenant", "ews-policy", "403", "ews-app"},
		{"EWS header in curl's form", "< HTTP/2 403\n< x-ews-policy-reason: EWS is disabled for this user or tenant\n", "ews-disabled", "403", "ews-app"},
		{"EWS header without its text", "< x-ews-policy-reason:\r\n", "ews-reason", "403", "ews-app"},
		{"EWS header with a text that is new", "X-EWS-Policy-Reason: AppId not in allow list", "ews-reason-new", "403", "ews-app"},
		{"EWS error code", "ErrorAccessDenied", "ews-access-denied", "", "ews-app"},
		{"EWS error code in its element", "<m:ResponseCode>ErrorAccessDenied</m:ResponseCode>", "ews-access-denied", "", "ews-app"},
		{"HTTP 403 of the EWS address", "HTTP/1.1 403 Forbidden for https://outlook.office365.com/EWS/Exchange.asmx", "ews-403", "403", "ews-app"},
		{"HTTP 401 of the EWS address", "401 Unauthorized: POST /EWS/Exchange.asmx", "ews-401", "401", "ews-app"},
		{"HTTP 403 alone", "403 Forbidden", "http-403", "403", "ews-app"},
		{"HTTP 403 as a status line", "HTTP/1.1 403 Forbidden", "http-403", "403", "ews-app"},
		{"HTTP 403 as curl shows it", "< HTTP/2 403\n< server: Microsoft-IIS/10.0\n", "http-403", "403", "ews-app"},
		{"HTTP 401 alone", "401 Unauthorized", "http-401", "401", "ews-app"},
		{"IMAP", "a001 NO LOGIN failed.", "imap-login-failed", "", "mailbox-reader"},
		{"AADSTS in a long message", `{"error":"invalid_grant","error_description":"AADSTS50126: Error validating credentials.\r\nTrace ID: 0000aaaa","error_codes":[50126]}`, "wrong-password", "50126", "password-spray"},
		{"label", "Sign-in error code: 53003", "conditional-access", "53003", "block-conditional-access"},
		{"key of Graph", `"errorCode": 530035,`, "security-defaults", "530035", "block-security-defaults"},
		{"key of Log Analytics", "ResultType 50053", "locked-or-malicious", "50053", "password-spray"},
		{"address of Microsoft's page", "https://login.microsoftonline.com/error?code=50173", "token-revoked", "50173", ""},
		{"disabled account", "AADSTS50057", "account-disabled", "50057", "disabled-account"},
		{"expired password, for which no playbook is the one", "AADSTS50055", "password-expired", "50055", ""},
		{"bare zero", "0", "success", "0", "unknown-client"},
		{"bare with punctuation", " 53003. ", "conditional-access", "53003", "block-conditional-access"},
		{"locked", "50053 account is locked", "account-locked", "50053", "password-spray"},
		{"malicious address", "AADSTS50053: Sign-in was blocked because it came from an IP address with malicious activity", "malicious-address", "50053", "password-spray"},
		{"client app", "Other clients; IMAP", "app-imap", "", "mailbox-reader"},
		{"client app with its key", `"clientAppUsed": "Authenticated SMTP",`, "app-smtp", "", "smtp-choices"},
		{"modern client app", "Mobile Apps and Desktop clients", "app-modern", "", ""},
		{"agent with its header", "User-Agent: Apple-iPhone12C1/1907.71", "agent-apple-mail", "", "iphone-mail"},
		{"agent of no known product", "FrobnicatorMail/3.1.4", "agent-unknown", "", "unknown-client"},
		{"marker of Exchange", "BAV2ROPC", "agent-exchange-translated", "", "unknown-client"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a, err := Text(c.text)
			if err != nil {
				t.Fatalf("Text(%q): %v", c.text, err)
			}
			if a.ID != c.id || a.Code != c.code || a.Playbook != c.playbook {
				t.Errorf("Text(%q) is %s, code %q, playbook %q; want %s, %q, %q", c.text, a.ID, a.Code, a.Playbook, c.id, c.code, c.playbook)
			}
		})
	}
}

func TestTextGivesTheDeviceOrTheProtocol(t *testing.T) {
	t.Parallel()
	phone, err := Text("Apple-iPhone12C1/1907.71")
	if err != nil {
		t.Fatal(err)
	}
	if phone.Device == nil || phone.Device.Family != useragent.IPhone || phone.Protocol != "" {
		t.Errorf("device %+v, protocol %q; want an iPhone and none", phone.Device, phone.Protocol)
	}
	app, err := Text("AutoDiscover")
	if err != nil {
		t.Fatal(err)
	}
	if app.Device != nil || app.Protocol != detect.Autodiscover {
		t.Errorf("device %+v, protocol %q; want none and autodiscover", app.Device, app.Protocol)
	}
}

func TestTextRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, says string }{
		{"nothing", "", "nothing to explain"},
		{"nothing to be seen", " \u200b\u202e\x00\n", "nothing to explain"},
		{"a greeting", "hello there", "not recognized"},
		{"another greeting", "good morning", "not recognized: paste a user agent (Apple-iPhone12C1/1907.71), an SMTP reply (535 5.7.139"},
		{"another status of HTTP", "HTTP/1.1 500 Internal Server Error", "not recognized"},
		{"the version of a program", "FrobnicatorMail 4.7.0 started", "4.7.0"},
		{"a word", "frobnicate", "not recognized"},
		{"an HTTP status", "403", "not recognized"},
		{"an address", "https://contoso.com/a/1", "not recognized"},
		{"a network address", "5.7.139.1", "not recognized"},
		{"a date", "11/23/2026", "not recognized"},
		{"another program's code", "Socket error code 10061", "not recognized"},
		{"exit status", "exit code 0", "not recognized"},
		{"a sign-in code that is not listed", "AADSTS81010: DesktopSsoAuthTokenInvalid", "https://login.microsoftonline.com/error?code=81010"},
		{"a bare code that is not listed", "81010", "https://login.microsoftonline.com/error?code=81010"},
		{"5.7.3 between servers", "451 5.7.3 Cannot achieve Exchange Server authentication", "SMTP reply 451 5.7.3 is not about"},
		{"an SMTP reply about the recipient", "550 5.1.1 <ada@contoso.com> not found", "SMTP reply 550 5.1.1 is not about"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a, err := Text(c.text)
			if err == nil {
				t.Fatalf("Text(%q) is %s %s, want an error", c.text, a.Kind, a.ID)
			}
			if !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %q does not say %q", err, c.says)
			}
			if strings.Contains(err.Error(), "ada@") || strings.Contains(err.Error(), "frobnicate") {
				t.Errorf("error %q repeats what was pasted", err)
			}
		})
	}
}

func TestTextReadsOnlyTheStart(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é ", MaxText) + "AADSTS53003"
	if a, err := Text(long); err == nil {
		t.Errorf("found %s behind the first %d bytes", a.ID, MaxText)
	}
	a, err := Text("AADSTS53003 " + long)
	if err != nil {
		t.Fatal(err)
	}
	if a.ID != "conditional-access" {
		t.Errorf("is %s, want conditional-access", a.ID)
	}
}

// What an answer says of the password must not contradict the verdicts, which
// rest on detect's own table.
func TestPasswordAgreesWithDetect(t *testing.T) {
	t.Parallel()
	l, err := tables()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range l.signIns {
		code, err := strconv.Atoi(e.Code)
		if err != nil {
			t.Fatal(err)
		}
		row := detect.SignIn{Result: detect.Result{Known: true, Code: code}}
		outcome := row.Outcome()
		switch {
		case outcome == detect.FailedOtherwise:
		case outcome.PasswordRight() && e.Password != Right && e.Password != Likely:
			t.Errorf("%s: detect counts the password as right, the words say %q", e.ID, e.Password)
		case !outcome.PasswordRight() && (e.Password == Right || e.Password == Likely):
			t.Errorf("%s: detect does not count the password as right, the words say %q", e.ID, e.Password)
		}
	}
}
