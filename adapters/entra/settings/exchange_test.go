package settings

import (
	"os"
	"strings"
	"testing"

	"legacyauth/detect"
)

func boolean(v bool) *bool { return &v }

// T5: the mailbox switch has three states, and without a value it follows the
// organization.
func TestT05SMTPSwitchHasThreeStates(t *testing.T) {
	t.Parallel()
	on, off, none := Mailbox{Address: "on@contoso.com", SMTPDisabled: boolean(false)}, Mailbox{Address: "off@contoso.com", SMTPDisabled: boolean(true)}, Mailbox{Address: "none@contoso.com"}
	tests := map[string]struct {
		organization                  Fact[Transport]
		mailboxes                     []Mailbox
		organizationOff, mailboxesOff Answer
		says                          string
	}{
		"organization off, mailbox without a value": {Known(Transport{SMTPDisabled: boolean(true)}), []Mailbox{none}, Yes, Yes, "1 without a value, following the organization, which is off"},
		"organization on, mailbox without a value":  {Known(Transport{SMTPDisabled: boolean(false)}), []Mailbox{none}, No, No, "1 without a value, following the organization, which is on"},
		"organization not set":                      {Known(Transport{}), []Mailbox{none}, No, No, "which is on"},
		"organization unknown, without a value":     {Fact[Transport]{}, []Mailbox{none}, CannotTell, CannotTell, "which is not known"},
		"organization unknown, all mailboxes off":   {Fact[Transport]{}, []Mailbox{off}, CannotTell, Yes, "1 off by their own switch"},
		"organization unknown, one mailbox on":      {Fact[Transport]{}, []Mailbox{on, none}, CannotTell, No, "1 on by their own switch"},
		"organization off, one mailbox on":          {Known(Transport{SMTPDisabled: boolean(true)}), []Mailbox{on, off, none}, Yes, No, "On by their own switch: on@contoso.com."},
		"organization on, every mailbox off":        {Known(Transport{SMTPDisabled: boolean(false)}), []Mailbox{off, off}, No, Yes, "2 off by their own switch"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			items := Judge(Facts{Exchange: Exchange{Transport: tt.organization, Mailboxes: Known(tt.mailboxes)}}, nil, Expectations{})
			if i := find(t, items, "exchange.smtp-organization", ""); i.Answer != tt.organizationOff {
				t.Errorf("organization %s, want %s", i.Answer, tt.organizationOff)
			}
			i := find(t, items, "exchange.smtp-mailboxes", "")
			if i.Answer != tt.mailboxesOff {
				t.Errorf("mailboxes %s, want %s", i.Answer, tt.mailboxesOff)
			}
			i.says(t, tt.says)
		})
	}
}

// T5: the mailboxes of the clients themselves, found by object id or address.
func TestT05SwitchesOfClientsInUse(t *testing.T) {
	t.Parallel()
	clients := using(4, detect.SMTP)
	clients[0].User = detect.User{ID: "ID-1", Name: "renamed@contoso.com"}
	f := Facts{
		Policies: Known([]Policy{}), Defaults: Known(false),
		Exchange: Exchange{
			Organization: Known(Organization{}), Policies: Known([]AuthenticationPolicy{}), Assigned: Known([]Assignment{}),
			Transport: Known(Transport{SMTPDisabled: boolean(true)}),
			Mailboxes: Known([]Mailbox{
				{Address: "old.name@contoso.com", ID: "id-1", SMTPDisabled: boolean(false)},
				{Address: "B@contoso.com", SMTPDisabled: nil},
				{Address: "c@contoso.com", SMTPDisabled: boolean(true)},
			}),
		},
	}
	i := find(t, Judge(f, clients, Expectations{}), "in-use", "smtp")
	if i.Answer != No {
		t.Errorf("answer %s", i.Answer)
	}
	i.says(t, "1 on, 1 off, 1 follow the organization, 1 not in the file", "The SMTP AUTH switches: no.")
}

func TestAuthenticationPolicies(t *testing.T) {
	t.Parallel()
	block, smtp := AuthenticationPolicy{Name: "Block", DistinguishedName: "CN=Block"}, AuthenticationPolicy{Name: "SMTP only", SMTP: true}
	organization := func(policy string) Fact[Organization] {
		return Known(Organization{DefaultAuthenticationPolicy: policy})
	}
	tests := map[string]struct {
		x          Exchange
		byDefault  Answer
		imap, smtp Answer
		says       string
	}{
		"none":                      {Exchange{Organization: organization(""), Policies: Known([]AuthenticationPolicy{block}), Assigned: Known([]Assignment{})}, No, No, No, "no default"},
		"all off":                   {Exchange{Organization: organization("block"), Policies: Known([]AuthenticationPolicy{block}), Assigned: Known([]Assignment{})}, Yes, Yes, Yes, "refuses passwords for every protocol"},
		"by distinguished name":     {Exchange{Organization: organization("CN=Block"), Policies: Known([]AuthenticationPolicy{block}), Assigned: Known([]Assignment{})}, Yes, Yes, Yes, "refuses"},
		"one protocol open":         {Exchange{Organization: organization("SMTP only"), Policies: Known([]AuthenticationPolicy{block, smtp}), Assigned: Known([]Assignment{})}, No, Yes, No, "still lets passwords through for SMTP AUTH"},
		"an exception for one user": {Exchange{Organization: organization("Block"), Policies: Known([]AuthenticationPolicy{block, smtp}), Assigned: Known([]Assignment{{User: "a@contoso.com", Policy: "SMTP only"}})}, Yes, Yes, No, "1 user has it: a@contoso.com"},
		"not in the file":           {Exchange{Organization: organization("Gone"), Policies: Known([]AuthenticationPolicy{block}), Assigned: Known([]Assignment{})}, No, No, No, "not among those in the file"},
		"users unknown":             {Exchange{Organization: organization("Block"), Policies: Known([]AuthenticationPolicy{block})}, Yes, CannotTell, CannotTell, "could not be read"},
		"policies unknown":          {Exchange{Organization: organization("Block"), Policies: Fact[[]AuthenticationPolicy]{Why: "no role"}}, CannotTell, CannotTell, CannotTell, "no role"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := find(t, Judge(Facts{Exchange: tt.x}, nil, Expectations{}), "exchange.authentication-policy", "")
			if i.Answer != tt.byDefault {
				t.Errorf("by default %s, want %s", i.Answer, tt.byDefault)
			}
			i.says(t, tt.says)
			if got := tt.x.policyBlocks(detect.IMAP); got != tt.imap {
				t.Errorf("IMAP %s, want %s", got, tt.imap)
			}
			if got := tt.x.policyBlocks(detect.SMTP); got != tt.smtp {
				t.Errorf("SMTP %s, want %s", got, tt.smtp)
			}
		})
	}
}

func TestEWS(t *testing.T) {
	t.Parallel()
	organization := func(on *bool, policy string, allow ...string) Fact[Organization] {
		return Known(Organization{EWS: on, EWSAccessPolicy: policy, EWSAllowList: allow})
	}
	tests := map[string]struct {
		x        Exchange
		id       string
		want     Answer
		severity Severity
		says     string
	}{
		"not set":              {Exchange{Organization: organization(nil, "")}, "exchange.ews-organization", CannotTell, Warning, "neither on nor off. Since October 1, 2026"},
		"on":                   {Exchange{Organization: organization(boolean(true), "")}, "exchange.ews-organization", Yes, Fine, "April 1, 2027"},
		"off":                  {Exchange{Organization: organization(boolean(false), "")}, "exchange.ews-organization", No, Warning, "403"},
		"on with nobody":       {Exchange{Organization: organization(boolean(true), ""), AllowedApps: Known([]string{})}, "exchange.ews-apple", No, Problem, "every application is refused"},
		"list without Apple":   {Exchange{AllowedApps: Known([]string{"11111111-1111-1111-1111-111111111111"})}, "exchange.ews-apple", No, Warning, "Mail on Macs is refused"},
		"list with Apple":      {Exchange{AllowedApps: Known([]string{strings.ToUpper(AppleAppID)})}, "exchange.ews-apple", Yes, Fine, AppleAppID},
		"list not read":        {Exchange{Organization: organization(boolean(true), ""), AllowedApps: Fact[[]string]{Why: "A parameter cannot be found"}}, "exchange.ews-apple", CannotTell, Warning, "A parameter cannot be found"},
		"no list of agents":    {Exchange{Organization: organization(nil, "")}, "exchange.ews-agents", Yes, Fine, "not set"},
		"allow-list of agents": {Exchange{Organization: organization(nil, "EnforceAllowList", "OWA/*"), AllowedApps: Known([]string{teamsAppID})}, "exchange.ews-agents", No, Warning, "OWA/*"},
		"empty block-list":     {Exchange{Organization: organization(nil, "EnforceBlockList")}, "exchange.ews-agents", Yes, Fine, "nothing"},
		"another policy":       {Exchange{Organization: organization(nil, "EnforceMoon")}, "exchange.ews-agents", No, Warning, "EnforceMoon"},
		"a mailbox off":        {Exchange{Mailboxes: Known([]Mailbox{{Address: "a@contoso.com", EWS: boolean(false)}, {EWS: nil}, {EWS: boolean(true)}})}, "exchange.ews-mailboxes", No, Notice, "Off for 1 of 3 mailboxes"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := find(t, Judge(Facts{Exchange: tt.x}, nil, Expectations{}), tt.id, "")
			if i.Answer != tt.want || i.Severity != tt.severity {
				t.Errorf("%s, %s; want %s, %s", i.Answer, i.Severity, tt.want, tt.severity)
			}
			i.says(t, tt.says)
		})
	}
}

func TestMailFlow(t *testing.T) {
	t.Parallel()
	items := Judge(Facts{Exchange: Exchange{Organization: Known(Organization{RejectDirectSend: boolean(true), ModernAuth: boolean(false)})}}, nil, Expectations{})
	if i := find(t, items, "exchange.direct-send", ""); i.Answer != Yes {
		t.Errorf("Direct Send refused: %s", i.Answer)
	}
	if i := find(t, items, "exchange.modern-auth", ""); i.Answer != No || i.Severity != Problem {
		t.Errorf("modern authentication: %s, %s", i.Answer, i.Severity)
	}
}

func TestExchangeScriptOnlyReads(t *testing.T) {
	t.Parallel()
	script := ExchangeScript()
	file, err := os.ReadFile("exchange.ps1")
	if err != nil || string(file) != script {
		t.Fatalf("the script is not the file: %v", err)
	}
	for n, line := range strings.Split(script, "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		for _, word := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" ({});,|&=\"'", r) }) {
			verb, noun, found := strings.Cut(word, "-")
			if !found || verb == "" || noun == "" || strings.ToUpper(verb[:1]) != verb[:1] || strings.ContainsAny(verb, "$./:") {
				continue
			}
			switch verb {
			case "Get", "Connect", "Where", "ForEach", "Select", "ConvertTo", "Write", "Read", "T":
			default:
				t.Errorf("line %d does more than read: %s", n+1, word)
			}
		}
	}
	for i, r := range script {
		if r != '\n' && (r < ' ' || r > '~') {
			t.Errorf("the character %U at byte %d does not survive every editor", r, i)
		}
	}
	for _, name := range []string{exchangeFormat, "SmtpClientAuthenticationDisabled", "RetrieveEwsOperationAccessPolicy", "RejectDirectSend"} {
		if !strings.Contains(script, name) {
			t.Errorf("the script does not read %s", name)
		}
	}
}

// A switch that was never set neither blocks EWS nor lets it through for sure.
func TestEWSInUseWithoutASwitch(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		on      *bool
		want    Answer
		missing string
		says    string
	}{
		"not set": {nil, CannotTell, "EwsEnabled set to True or False", "The organization's EWS switch: cannot tell."},
		"on":      {boolean(true), No, "", "The organization's EWS switch: no."},
		"off":     {boolean(false), Yes, "", "The organization's EWS switch: yes."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := Facts{Policies: Known([]Policy{}), Defaults: Known(false), Exchange: Exchange{
				Organization: Known(Organization{EWS: tt.on}), Policies: Known([]AuthenticationPolicy{}), Assigned: Known([]Assignment{}),
			}}
			i := find(t, Judge(f, using(1, detect.EWS), Expectations{}), "in-use", "ews")
			if i.Answer != tt.want || i.Missing != tt.missing {
				t.Errorf("%s, missing %q; want %s, %q", i.Answer, i.Missing, tt.want, tt.missing)
			}
			i.says(t, tt.says)
		})
	}
}
