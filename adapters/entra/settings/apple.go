package settings

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// AppleAppID is the application of Apple's Mail, Calendar and Contacts on
// iPhones, iPads and Macs: "Apple Internet Accounts", in older tenants "iOS
// Accounts".
// https://diecknet.de/en/2020/05/10/Apple-Internet-Accounts-Office365/, read 2026-11-22
const AppleAppID = "f8d98a96-0999-43f5-8af3-69971c7bb423"

// appleScopes are the scopes that let Apple's application reach a mailbox; one
// of them is enough to sign in, and Macs use the first.
var appleScopes = []string{"EWS.AccessAsUser.All", "EAS.AccessAsUser.All"}

// Apple is Apple's application as the tenant has it.
type Apple struct {
	// Present is false when the application is not in the tenant; nothing else
	// is set then.
	Present bool
	Name    string // as the tenant shows it
	// Enabled is accountEnabled. When it is false, devices get error 7000112.
	Enabled bool
	// Assigned says that only people assigned to the application may use it.
	Assigned bool
	// Consent is what was granted; it can be unknown while the rest is known.
	Consent Fact[Consent]
}

// Consent is what was granted to an application for acting as a user.
type Consent struct {
	// ForAll are the scopes that an admin granted for every user.
	ForAll []string
	// People counts the users who granted something for themselves.
	People int
}

func judgeApple(f Fact[Apple], e Expectations, g grants) []Item {
	present := Item{ID: "apple.present", Title: "Apple Internet Accounts is in the tenant", Playbook: "apple-consent"}
	enabled := Item{ID: "apple.enabled", Title: "Apple Internet Accounts is enabled for everyone", Playbook: "apple-consent"}
	consent := Item{ID: "apple.consent", Title: "An admin has consented to Apple Internet Accounts for all users", Playbook: "apple-consent"}
	if !f.Known {
		return []Item{unknown(present, f, g), unknown(enabled, f, g), unknown(consent, f, g)}
	}
	a := f.Value
	consent.Link = appleConsentLink(e)
	if !a.Present {
		present = present.when(false, Fine, Warning)
		present.Evidence = []string{"No application with the id " + AppleAppID + " is in the tenant. Nobody has signed in with it or consented to it yet."}
		present.Link = consent.Link
		consent = consent.when(false, Fine, Warning)
		consent.Evidence = []string{"The application is not in the tenant, so nothing is granted to it."}
		return []Item{present, consent}
	}
	present = present.when(true, Fine, Fine)
	present.Evidence = []string{fmt.Sprintf("It is there as %q.", a.Name)}
	return []Item{present, judgeAppleEnabled(enabled, a), judgeAppleConsent(consent, a, g)}
}

func judgeAppleEnabled(i Item, a Apple) Item {
	i = i.when(a.Enabled && !a.Assigned, Fine, Problem)
	switch {
	case !a.Enabled:
		i.Evidence = []string{"accountEnabled is false: every device that uses it gets error 7000112."}
	case a.Assigned:
		i.Severity = Warning
		i.Evidence = []string{"appRoleAssignmentRequired is true: only people assigned to it can use it, others get error 50105."}
	default:
		i.Evidence = []string{"accountEnabled is true, and no assignment is required."}
	}
	return i
}

// judgeAppleConsent goes by the grant: the portal's button looks the same with
// and without consent.
func judgeAppleConsent(i Item, a Apple, g grants) Item {
	if !a.Consent.Known {
		return unknown(i, a.Consent, g)
	}
	c := a.Consent.Value
	var has, lacks []string
	for _, scope := range appleScopes {
		if slices.ContainsFunc(c.ForAll, func(s string) bool { return strings.EqualFold(s, scope) }) {
			has = append(has, scope)
		} else {
			lacks = append(lacks, scope)
		}
	}
	i = i.when(len(has) > 0, Fine, Warning)
	switch {
	case len(has) > 0:
		i.Link = ""
		i.Evidence = append(i.Evidence, "A grant with consentType AllPrincipals holds "+strings.Join(has, " and ")+".")
		if len(lacks) > 0 {
			i.Evidence = append(i.Evidence, "It does not hold "+strings.Join(lacks, " and ")+"; one of the two is enough to sign in.")
		}
	case len(c.ForAll) > 0:
		i.Evidence = append(i.Evidence, "A grant with consentType AllPrincipals holds only "+strings.Join(c.ForAll, ", ")+"; a mailbox takes "+strings.Join(appleScopes, " or ")+".")
	default:
		i.Evidence = append(i.Evidence, "There is no grant with consentType AllPrincipals.")
	}
	if c.People > 0 {
		i.Evidence = append(i.Evidence, counted(c.People, "person has", "people have")+" consented for themselves.")
	}
	return i
}

// appleConsentLink is the consent page of one tenant; it ends on an error page
// that does no harm.
// https://diecknet.de/en/2020/05/10/Apple-Internet-Accounts-Office365/, read 2026-11-22
func appleConsentLink(e Expectations) string {
	query := "client_id=" + AppleAppID + "&response_type=code&redirect_uri=https%3A%2F%2Fexample.com&prompt=admin_consent"
	return "https://" + or(e.Login, "login.microsoftonline.com") + "/" + url.PathEscape(or(e.Tenant, "organizations")) + "/oauth2/authorize?" + query
}
