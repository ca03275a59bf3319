package playbooks_test

import (
	"testing"

	"legacyauth/detect"
	"legacyauth/playbooks"
)

func TestFile(t *testing.T) {
	t.Parallel()
	p, _ := load(t).ByID("printer")
	const head = `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<plist version="1.0"><dict><key>EmailAddress</key><string>`
	const tail = "</string></dict></plist>\n"
	tests := map[string]struct{ file, user, want string }{
		"registry file": {"values.reg", "anna@contoso.com", "Windows Registry Editor Version 5.00\r\n\r\n" +
			"[HKEY_CURRENT_USER\\Software\\Contoso]\r\n\"Modern\"=dword:00000001\r\n"},
		"XML":               {"account.mobileconfig", "anna@contoso.com", head + "anna@contoso.com" + tail},
		"XML, escaped":      {"account.mobileconfig", "a</string>&\n\x00'@contoso.com", head + "a&lt;/string&gt;&amp; &#39;@contoso.com" + tail},
		"XML, no account":   {"account.mobileconfig", "", head + "user@contoso.com" + tail},
		"script":            {"run.ps1", "anna@contoso.com", "Get-CASMailbox anna@contoso.com\n"},
		"script, not safe":  {"run.ps1", "a;b@contoso.com", "Get-CASMailbox user@contoso.com\n"},
		"script, an option": {"run.ps1", "-Filter", "Get-CASMailbox user@contoso.com\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := p.File(tt.file, playbooks.Facts{Client: &detect.Client{User: detect.User{Name: tt.user}}})
			if err != nil || string(got) != tt.want {
				t.Errorf("got %q, %v; want %q", got, err, tt.want)
			}
		})
	}
	if _, err := p.File("other.reg", playbooks.Facts{}); err == nil ||
		err.Error() != `playbook printer has no file "other.reg"; it has account.mobileconfig, values.reg, run.ps1` {
		t.Errorf("a file that is not there: %v", err)
	}
}
