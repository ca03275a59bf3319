package settings

// modernAuth answers whether Outlook on Windows may sign in with a token.
func (x Exchange) modernAuth() Item {
	i := Item{ID: "exchange.modern-auth", Title: "Modern authentication is on for the organization", Playbook: "outlook-windows"}
	if !x.Organization.Known {
		return notRead(i, x.Organization)
	}
	switch on := x.Organization.Value.ModernAuth; {
	case on == nil:
		i.Answer, i.Severity, i.Missing = CannotTell, Notice, exchangeFile
		i.Evidence = []string{"The file does not say OAuth2ClientProfileEnabled."}
	case *on:
		i = i.when(true, Fine, Fine)
		i.Evidence = []string{"OAuth2ClientProfileEnabled is True."}
	default:
		i = i.when(false, Fine, Problem)
		i.Evidence = []string{"OAuth2ClientProfileEnabled is False: Outlook on Windows falls back to passwords. Tenants made before August 2017 start like this."}
	}
	return i
}

// directSend answers whether mail without a sign-in is refused. Where it is,
// Direct Send is no way out for a printer.
func (x Exchange) directSend() Item {
	i := Item{ID: "exchange.direct-send", Title: "Direct Send is refused", Playbook: "direct-send"}
	if !x.Organization.Known {
		return notRead(i, x.Organization)
	}
	refused := x.Organization.Value.RejectDirectSend
	i = i.when(refused != nil && *refused, Fine, Notice)
	if i.Answer == Yes {
		i.Evidence = []string{"RejectDirectSend is True: a device that sends without a sign-in and without a connector gets 550 5.7.68. Do not plan with Direct Send."}
	} else {
		i.Evidence = []string{"RejectDirectSend is not True: anybody can hand in mail in the name of your domains for internal recipients."}
	}
	return i
}
