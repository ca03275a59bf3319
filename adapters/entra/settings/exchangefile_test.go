package settings

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/unicode"
)

func contosoFile(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("testdata/exchange/contoso.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestReadExchangeIsStrict(t *testing.T) {
	t.Parallel()
	whole := contosoFile(t)
	replaced := func(old, by string) string {
		if !strings.Contains(whole, old) {
			t.Fatalf("the file lacks %q", old)
		}
		return strings.Replace(whole, old, by, 1)
	}
	tests := map[string]struct {
		text string
		want []string // parts of the error
	}{
		"empty":                  {"", []string{"empty"}},
		"not JSON":               {"Name : contoso\n", []string{"line 1, column 1", "not JSON"}},
		"cut":                    {whole[:len(whole)/2], []string{"ends in the middle", "line"}},
		"another file":           {`{"value": []}`, []string{"does not know", "/value"}},
		"another version":        {replaced("legacyauth-exchange/1", "legacyauth-exchange/9"), []string{"/format", "another version"}},
		"no date":                {replaced(`"2026-11-22T14:30:00Z"`, `null`), []string{"/collected"}},
		"a switch as text":       {replaced(`"SmtpClientAuthenticationDisabled": true`, `"SmtpClientAuthenticationDisabled": "True"`), []string{"line 15, column", "/transport/SmtpClientAuthenticationDisabled", "unexpected kind"}},
		"a switch as number":     {replaced(`"EwsEnabled": false`, `"EwsEnabled": 0`), []string{"/mailboxes/2/EwsEnabled"}},
		"one mailbox, no list":   {replaced(`"usersWithPolicy": [`, `"usersWithPolicy": {}, "x": [`), []string{"/usersWithPolicy"}},
		"an unknown field":       {replaced(`"RejectDirectSend"`, `"RejectDirectSent"`), []string{"does not know", "/organization/RejectDirectSent"}},
		"a field twice":          {replaced(`"EwsEnabled": true,`, `"EwsEnabled": true, "EwsEnabled": false,`), []string{"twice"}},
		"a part missing":         {strings.Replace(whole, `"transport": {"SmtpClientAuthenticationDisabled": true, "AllowLegacyTLSClients": null},`, "", 1), []string{"lacks transport and does not say why"}},
		"two files in one":       {whole + whole, []string{"line"}},
		"a name nobody can read": {`{"` + strings.Repeat("x", 500) + `": 1}`, []string{"does not know"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x, err := ReadExchange(strings.NewReader(tt.text))
			var wrong *FileError
			if !errors.As(err, &wrong) {
				t.Fatalf("got %v, want a FileError", err)
			}
			for _, part := range append(tt.want, "run the script again") {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("the error lacks %q: %v", part, err)
				}
			}
			if strings.Contains(err.Error(), "contoso") || len(err.Error()) > 300 {
				t.Errorf("the error quotes the file: %v", err)
			}
			if diff := cmp.Diff(Exchange{}, x); diff != "" {
				t.Errorf("facts in spite of the error:\n%s", diff)
			}
		})
	}
}

// A file that an older PowerShell or an editor wrote in another encoding.
func TestReadExchangeEncodings(t *testing.T) {
	t.Parallel()
	whole := contosoFile(t)
	want, err := ReadExchange(strings.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(whole)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"UTF-8 with a mark": "\ufeff" + whole, "UTF-16": utf16, "Windows lines": strings.ReplaceAll(whole, "\n", "\r\n")} {
		got, err := ReadExchange(strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}

// What the script could not read is unknown, with its reason, and the rest is
// judged.
func TestReadExchangeInPart(t *testing.T) {
	t.Parallel()
	text := `{"format":"legacyauth-exchange/1","collected":"2026-11-22T14:30:00Z","organization":null,
		"transport":{"SmtpClientAuthenticationDisabled":true,"AllowLegacyTLSClients":true},"authenticationPolicies":[],"mailboxes":[],"usersWithPolicy":[],
		"failed":{"organization":"The term\n 'Get-OrganizationConfig' is not recognized","ewsAllowedAppIDs":""}}`
	x, err := ReadExchange(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	items := Judge(Facts{Exchange: x}, nil, Expectations{})
	i := find(t, items, "exchange.direct-send", "")
	if i.Answer != CannotTell || !strings.Contains(i.Missing, "role") {
		t.Errorf("%s, missing %q", i.Answer, i.Missing)
	}
	i.says(t, "The term 'Get-OrganizationConfig' is not recognized")
	find(t, items, "exchange.ews-apple", "").says(t, "gave no reason")
	i = find(t, items, "exchange.smtp-organization", "")
	if i.Answer != Yes || i.Severity != Warning {
		t.Errorf("%s, %s", i.Answer, i.Severity)
	}
	i.says(t, "AllowLegacyTLSClients", "2026-11-22")
}

func FuzzReadExchange(f *testing.F) {
	f.Add(`{"format":"legacyauth-exchange/1","collected":"2026-11-22T14:30:00Z","organization":{"EwsEnabled":null},"ewsAllowedAppIDs":[],` +
		`"transport":{},"authenticationPolicies":[{"Name":"b"}],"usersWithPolicy":[],"mailboxes":[{"EwsEnabled":true}],"failed":{}}`)
	f.Add(`{"format":"legacyauth-exchange/1","collected":"2026-11-22T14:30:00Z","failed":{"organization":"x"}}`)
	f.Add("\ufeff{}")
	f.Add("\xff\xfe{\x00}\x00")
	f.Add(`{"mailboxes":[{"EwsEnabled":"x"}]}`)
	f.Add("{\n\"\\u0000\": [\n")
	f.Fuzz(func(t *testing.T, text string) {
		x, err := ReadExchange(strings.NewReader(text))
		if err != nil {
			var wrong *FileError
			if !errors.As(err, &wrong) {
				t.Fatalf("not a FileError: %v", err)
			}
			if wrong.Line < 0 || wrong.Line > 0 && wrong.Column < 1 || wrong.What == "" {
				t.Errorf("it does not say where or what: %+v", wrong)
			}
			if len(err.Error()) > 600 {
				t.Errorf("an error of %d bytes", len(err.Error()))
			}
			return
		}
		for _, i := range Judge(Facts{Exchange: x}, nil, Expectations{}) {
			if i.Answer == "" || i.Severity == "" || i.Answer == CannotTell && i.Missing == "" && len(i.Evidence) == 0 {
				t.Errorf("an item that says nothing: %+v", i)
			}
		}
	})
}
