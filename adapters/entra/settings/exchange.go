package settings

import "time"

// exchangeFile is what it takes to tell a setting of Exchange Online.
const exchangeFile = "a file with the settings of Exchange Online, given with --exchange"

// Exchange is what the script of ExchangeScript wrote: settings that Microsoft
// Graph does not tell. The zero value knows nothing.
type Exchange struct {
	// Collected is when the script ran; zero when there is no file.
	Collected    time.Time
	Organization Fact[Organization]
	// AllowedApps are the application ids of EwsAllowedAppIDs.
	AllowedApps Fact[[]string]
	Transport   Fact[Transport]
	Policies    Fact[[]AuthenticationPolicy]
	// Assigned are the users with an authentication policy of their own.
	Assigned  Fact[[]Assignment]
	Mailboxes Fact[[]Mailbox]
}

// Organization is part of Get-OrganizationConfig. A nil switch is one that was
// never set.
// https://learn.microsoft.com/powershell/module/exchangepowershell/set-organizationconfig, read 2026-11-23
type Organization struct {
	Name                        string   `json:"Name"`
	DefaultAuthenticationPolicy string   `json:"DefaultAuthenticationPolicy"`
	ModernAuth                  *bool    `json:"OAuth2ClientProfileEnabled"`
	RejectDirectSend            *bool    `json:"RejectDirectSend"`
	EWS                         *bool    `json:"EwsEnabled"`
	EWSAccessPolicy             string   `json:"EwsApplicationAccessPolicy"`
	EWSAllowList                []string `json:"EwsAllowList"`
	EWSBlockList                []string `json:"EwsBlockList"`
}

// Transport is part of Get-TransportConfig.
type Transport struct {
	// SMTPDisabled is SmtpClientAuthenticationDisabled of the organization; nil
	// counts as not disabled.
	SMTPDisabled *bool `json:"SmtpClientAuthenticationDisabled"`
	// LegacyTLS allows old TLS versions at smtp-legacy.office365.com.
	LegacyTLS *bool `json:"AllowLegacyTLSClients"`
}

func (t Transport) smtpOff() bool { return t.SMTPDisabled != nil && *t.SMTPDisabled }

// AuthenticationPolicy is one of Get-AuthenticationPolicy; a switch that is true
// lets a password through.
// https://learn.microsoft.com/powershell/module/exchangepowershell/new-authenticationpolicy, read 2026-11-23
type AuthenticationPolicy struct {
	Name                string `json:"Name"`
	DistinguishedName   string `json:"DistinguishedName"`
	ActiveSync          bool   `json:"AllowBasicAuthActiveSync"`
	Autodiscover        bool   `json:"AllowBasicAuthAutodiscover"`
	IMAP                bool   `json:"AllowBasicAuthImap"`
	MAPI                bool   `json:"AllowBasicAuthMapi"`
	OfflineAddressBook  bool   `json:"AllowBasicAuthOfflineAddressBook"`
	OutlookService      bool   `json:"AllowBasicAuthOutlookService"`
	POP                 bool   `json:"AllowBasicAuthPop"`
	PowerShell          bool   `json:"AllowBasicAuthPowershell"`
	ReportingWebService bool   `json:"AllowBasicAuthReportingWebServices"`
	RPC                 bool   `json:"AllowBasicAuthRpc"`
	SMTP                bool   `json:"AllowBasicAuthSmtp"`
	WebServices         bool   `json:"AllowBasicAuthWebServices"`
}

// Assignment gives one user an authentication policy.
type Assignment struct {
	User   string `json:"UserPrincipalName"`
	ID     string `json:"ExternalDirectoryObjectId"`
	Policy string `json:"AuthenticationPolicy"` // its name
}

// Mailbox is part of Get-CASMailbox.
// https://learn.microsoft.com/powershell/module/exchangepowershell/set-casmailbox, read 2026-11-23
type Mailbox struct {
	Address string `json:"PrimarySmtpAddress"`
	ID      string `json:"ExternalDirectoryObjectId"`
	// SMTPDisabled has three states: true is off, false is on, and nil follows
	// the organization.
	SMTPDisabled *bool `json:"SmtpClientAuthenticationDisabled"`
	IMAP         *bool `json:"ImapEnabled"`
	POP          *bool `json:"PopEnabled"`
	ActiveSync   *bool `json:"ActiveSyncEnabled"`
	EWS          *bool `json:"EwsEnabled"`
	MAPI         *bool `json:"MapiEnabled"`
}

// JudgeExchange answers what only Exchange Online tells; Judge does so too, among
// the rest. Of the zero value each answer is that it cannot be told.
func JudgeExchange(x Exchange) []Item {
	items := []Item{x.smtpOrganization(), x.smtpMailboxes(), x.authenticationPolicy(), x.ewsOrganization(), x.ewsApple(), x.ewsAgents(), x.ewsMailboxes(), x.modernAuth(), x.directSend()}
	if !x.Collected.IsZero() {
		for n := range items {
			items[n].Evidence = append(items[n].Evidence, "Read from Exchange Online on "+x.Collected.UTC().Format(time.DateOnly)+".")
		}
	}
	return items
}

// notRead is the answer for a setting of Exchange Online that is not known.
func notRead[T any](i Item, f Fact[T]) Item {
	i.Answer, i.Severity = CannotTell, Notice
	i.Missing = exchangeFile
	if f.Why != "" {
		i.Severity, i.Missing = Warning, "a role in Exchange Online that may read it, such as View-Only Organization Management"
		i.Evidence = []string{"The script could not read it: " + f.Why}
	}
	return i
}
