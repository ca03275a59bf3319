package appreg

import (
	"os/exec"
	"strings"
	"testing"
)

func TestOptionsAreChecked(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		o    Options
		want string // part of the error; empty for none
	}{
		"zero":                        {Options{}, ""},
		"everything":                  {all(), ""},
		"a name in another script":    {Options{Name: "Prüfung 2026"}, ""},
		"a tenant by id":              {Options{Tenant: "11111111-1111-1111-1111-111111111111"}, ""},
		"a quotation mark":            {Options{Name: "it's"}, "application's name"},
		"a curly quotation mark":      {Options{Name: "it’s"}, "application's name"},
		"a command in the name":       {Options{Name: "x$(id)"}, "application's name"},
		"a line break":                {Options{Name: "x\nid"}, "application's name"},
		"a space at the end":          {Options{Name: "x "}, "application's name"},
		"a name that starts with -":   {Options{Name: "-Remove"}, "application's name"},
		"a name that is too long":     {Options{Name: strings.Repeat("x", 121)}, "application's name"},
		"a tenant that is no domain":  {Options{Tenant: "contoso"}, "tenant"},
		"a command in the tenant":     {Options{Tenant: "a.com';id;'"}, "tenant"},
		"a line break in the tenant":  {Options{Tenant: "contoso.com\nid"}, "tenant"},
		"an unknown cloud":            {Options{Cloud: "germany"}, "global, usgov, usgovdod or china"},
		"a permission that writes":    {Options{With: []string{"Directory.ReadWrite.All"}}, "Policy.Read.All"},
		"a certificate for too long":  {Options{Months: 60}, "1 to 24"},
		"a certificate for no time":   {Options{Months: -1}, "1 to 24"},
		"a certificate of two months": {Options{Months: 2}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, form := range Forms() {
				text, err := Text(form, tt.o)
				_, nextErr := Next(form, tt.o)
				if (err == nil) != (nextErr == nil) {
					t.Errorf("%s: Text says %v, Next says %v", form, err, nextErr)
				}
				switch {
				case tt.want == "" && err != nil:
					t.Errorf("%s: %v", form, err)
				case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
					t.Errorf("%s: error %v, want one with %q", form, err, tt.want)
				case tt.want != "" && text != "":
					t.Errorf("%s: text in spite of the error", form)
				}
			}
		})
	}
}

func TestManifestRefusesChina(t *testing.T) {
	t.Parallel()
	if text, err := Text(Manifest, Options{Cloud: "china"}); err == nil || text != "" {
		t.Errorf("got %q, %v: permissions have other ids there", text, err)
	}
	if text, err := Text(Az, Options{Cloud: "china"}); err != nil || !strings.Contains(text, "chinacloudapi.cn") {
		t.Errorf("got %v, want a script for the Graph of China", err)
	}
}

func TestUnknownForm(t *testing.T) {
	t.Parallel()
	if _, err := Text("exe", Options{}); err == nil || !strings.Contains(err.Error(), "manifest") {
		t.Errorf("got %v, want the forms there are", err)
	}
	if _, err := Next("exe", Options{}); err == nil {
		t.Error("no error")
	}
}

func TestQuoting(t *testing.T) {
	t.Parallel()
	hostile := "a'b\"c$(id)`id`\\ ’ ‘ !x\n-- #"
	if got, want := psQuoted("a'b’c"), "'a''b’’c'"; got != want {
		t.Errorf("PowerShell: got %s, want %s", got, want)
	}
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no sh here")
	}
	out, err := exec.Command(sh, "-c", "printf %s "+shQuoted(hostile)).Output()
	if err != nil || string(out) != hostile {
		t.Errorf("the shell read %q, %v; want %q", out, err, hostile)
	}
}
