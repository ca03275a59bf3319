package settings

import (
	"net/url"
	"strings"
	"testing"

	"legacyauth/adapters/entra/appreg"
)

func TestApple(t *testing.T) {
	t.Parallel()
	apple := func(a Apple) Fact[Apple] { a.Present = true; return Known(a) }
	consent := func(scopes ...string) Fact[Consent] { return Known(Consent{ForAll: scopes}) }
	tests := map[string]struct {
		f        Fact[Apple]
		id       string
		want     Answer
		severity Severity
		says     string
	}{
		"not there":            {Known(Apple{}), "apple.present", No, Warning, AppleAppID},
		"not there: consent":   {Known(Apple{}), "apple.consent", No, Warning, "nothing is granted"},
		"disabled":             {apple(Apple{Consent: consent("EWS.AccessAsUser.All")}), "apple.enabled", No, Problem, "7000112"},
		"assignment required":  {apple(Apple{Enabled: true, Assigned: true, Consent: consent()}), "apple.enabled", No, Warning, "50105"},
		"enabled":              {apple(Apple{Enabled: true, Consent: consent()}), "apple.enabled", Yes, Fine, "accountEnabled is true"},
		"no grant":             {apple(Apple{Enabled: true, Consent: consent()}), "apple.consent", No, Warning, "no grant with consentType AllPrincipals"},
		"grant without mail":   {apple(Apple{Enabled: true, Consent: consent("User.Read", "offline_access")}), "apple.consent", No, Warning, "holds only User.Read, offline_access"},
		"EWS only":             {apple(Apple{Enabled: true, Consent: consent("ews.accessasuser.all")}), "apple.consent", Yes, Fine, "does not hold EAS.AccessAsUser.All"},
		"people only":          {apple(Apple{Enabled: true, Consent: Known(Consent{People: 3})}), "apple.consent", No, Warning, "3 people have consented for themselves"},
		"consent not readable": {apple(Apple{Enabled: true, Consent: Fact[Consent]{Needs: needsDirectory, Why: "denied"}}), "apple.consent", CannotTell, Warning, "denied"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := find(t, Judge(Facts{Apple: tt.f}, nil, Expectations{}), tt.id, "")
			if i.Answer != tt.want || i.Severity != tt.severity {
				t.Errorf("%s, %s; want %s, %s", i.Answer, i.Severity, tt.want, tt.severity)
			}
			i.says(t, tt.says)
		})
	}
}

func TestAppleConsentLink(t *testing.T) {
	t.Parallel()
	none := Known(Apple{Present: true, Enabled: true, Consent: Known(Consent{})})
	for name, tt := range map[string]struct {
		e    Expectations
		want string
	}{
		"tenant":         {Expectations{Tenant: "contoso.com"}, "https://login.microsoftonline.com/contoso.com/oauth2/authorize"},
		"no tenant":      {Expectations{}, "https://login.microsoftonline.com/organizations/oauth2/authorize"},
		"another cloud":  {Expectations{Tenant: "contoso.us", Login: "login.microsoftonline.us"}, "https://login.microsoftonline.us/contoso.us/oauth2/authorize"},
		"hostile tenant": {Expectations{Tenant: "x/../y?a=b"}, "https://login.microsoftonline.com/x%2F..%2Fy%3Fa=b/oauth2/authorize"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			link := find(t, Judge(Facts{Apple: none}, nil, tt.e), "apple.consent", "").Link
			if got, _, _ := strings.Cut(link, "?"); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			u, err := url.Parse(link)
			if err != nil {
				t.Fatal(err)
			}
			if q := u.Query(); q.Get("client_id") != AppleAppID || q.Get("prompt") != "admin_consent" {
				t.Errorf("asks for %v", q)
			}
		})
	}
	granted := Known(Apple{Present: true, Enabled: true, Consent: Known(Consent{ForAll: appleScopes})})
	if link := find(t, Judge(Facts{Apple: granted}, nil, Expectations{}), "apple.consent", "").Link; link != "" {
		t.Errorf("a link to consent although there is consent: %s", link)
	}
}

func TestLicenses(t *testing.T) {
	t.Parallel()
	plan := func(name, status string) []ServicePlan { return []ServicePlan{{name, status}} }
	tests := map[string]struct {
		licenses []License
		want     Answer
		says     string
	}{
		"P2":                       {[]License{{"SPE_E5", "Enabled", plan("AAD_PREMIUM_P2", "Success")}}, Yes, "Entra ID P2, in SPE_E5"},
		"P1":                       {[]License{{"SPB", "Enabled", plan("AAD_PREMIUM", "Success")}}, Yes, "Entra ID P1, in SPB"},
		"in its grace period":      {[]License{{"SPB", "Warning", plan("AAD_PREMIUM", "Success")}}, Yes, "Entra ID P1"},
		"suspended":                {[]License{{"SPB", "Suspended", plan("AAD_PREMIUM", "Success")}}, No, "No active subscription"},
		"the service turned off":   {[]License{{"SPB", "Enabled", plan("AAD_PREMIUM", "Disabled")}}, No, "No active subscription"},
		"only Exchange":            {[]License{{"O365_BUSINESS_ESSENTIALS", "Enabled", plan("EXCHANGE_S_STANDARD", "Success")}}, No, "Microsoft Graph refuses sign-ins"},
		"nothing":                  {nil, No, "download them from the portal"},
		"a plan whose name longer": {[]License{{"X", "Enabled", plan("AAD_PREMIUM_P3_TRIAL", "Success")}}, No, "No active subscription"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			items := Judge(Facts{Licenses: Known(tt.licenses)}, nil, Expectations{})
			i := find(t, items, "license.premium", "")
			if i.Answer != tt.want {
				t.Errorf("answer %s, want %s", i.Answer, tt.want)
			}
			i.says(t, tt.says)
			if kept := find(t, items, "license.retention", ""); kept.Answer != tt.want {
				t.Errorf("kept for 30 days: %s", kept.Answer)
			}
		})
	}
}

func granted(names ...string) Fact[[]Granted] {
	list := []Granted{}
	for _, n := range names {
		list = append(list, Granted{API: "Microsoft Graph", Name: n, Graph: true})
	}
	return Known(list)
}

func TestPermissions(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		f                          Fact[[]Granted]
		required, optional, excess Answer
		severity                   Severity // of excess
	}{
		"exactly":             {granted("AuditLog.Read.All", "Directory.Read.All", "Policy.Read.All"), Yes, Yes, Yes, Fine},
		"required only":       {granted("AuditLog.Read.All", "Directory.Read.All"), Yes, No, Yes, Fine},
		"one lacks":           {granted("AuditLog.Read.All"), No, No, Yes, Fine},
		"none":                {granted(), No, No, Yes, Fine},
		"a narrower one":      {granted("AuditLog.Read.All", "Directory.Read.All", "Policy.Read.ConditionalAccess"), Yes, No, Yes, Fine},
		"one more that reads": {granted("AuditLog.Read.All", "Directory.Read.All", "Application.Read.All"), Yes, No, No, Notice},
		"one that writes":     {granted("AuditLog.Read.All", "Directory.Read.All", "Application.Read.All", "Mail.ReadWrite"), Yes, No, No, Warning},
		"a wider one":         {granted("AuditLog.Read.All", "Directory.ReadWrite.All"), Yes, No, No, Warning},
		"one that sends":      {granted("AuditLog.Read.All", "Directory.Read.All", "Mail.Send", "Application.Read.All"), Yes, No, No, Warning},
		"the same name elsewhere": {
			Known([]Granted{{"Other API", "AuditLog.Read.All", false}}), No, No, No, Notice,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			items := Judge(Facts{Permissions: tt.f}, nil, Expectations{})
			required := find(t, items, "permissions.required", "")
			optional := find(t, items, "permissions.optional", appreg.Optional()[0].Name)
			excess := find(t, items, "permissions.excess", "")
			if required.Answer != tt.required || optional.Answer != tt.optional || excess.Answer != tt.excess || excess.Severity != tt.severity {
				t.Errorf("required %s, optional %s, no excess %s (%s)", required.Answer, optional.Answer, excess.Answer, excess.Severity)
			}
		})
	}
}

// What is missing is a permission only when that permission is not granted.
func TestUnknownNamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	refused := Fact[[]Policy]{Needs: needsPolicy, Why: "the service answered 503"}
	i := find(t, Judge(Facts{Policies: refused, Permissions: granted("Policy.Read.All")}, nil, Expectations{}), "conditional-access.other", "")
	if i.Answer != CannotTell || i.Missing != "" {
		t.Errorf("%s, missing %q although it is granted", i.Answer, i.Missing)
	}
	i.says(t, "although Policy.Read.All is granted", "503")

	i = find(t, Judge(Facts{Policies: refused}, nil, Expectations{}), "conditional-access.other", "")
	if i.Missing != needsPolicy {
		t.Errorf("missing %q", i.Missing)
	}
}
