package settings

import (
	"fmt"
	"strings"
)

// teamsAppID needs its user agent on EwsAllowList as well where that list is
// enforced.
// https://learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-control-access-to-ews-in-exchange, read 2026-11-23
const teamsAppID = "cc15fd57-2c6c-4117-a88c-83b1d56b4bbe"

// ewsOff says whether the organization's switch refuses EWS. A switch that was
// never set does so once Microsoft gets to the tenant, so it cannot tell.
func (o Organization) ewsOff() Answer {
	switch {
	case o.EWS == nil:
		return CannotTell
	case *o.EWS:
		return No
	}
	return Yes
}

// ewsOrganization answers the organization's switch, which has three states:
// since October 1, 2026, Microsoft turns one that was never set off, tenant by
// tenant.
// https://techcommunity.microsoft.com/blog/exchange/exchange-online-ews-your-time-is-almost-up/4492361, read 2026-11-22
func (x Exchange) ewsOrganization() Item {
	i := Item{ID: "exchange.ews-organization", Title: "Exchange Web Services are on for the organization", Playbook: "ews-app"}
	if !x.Organization.Known {
		return notRead(i, x.Organization)
	}
	o := x.Organization.Value
	switch o.ewsOff() {
	case CannotTell:
		i.Answer, i.Severity = CannotTell, Warning
		i.Evidence = []string{"EwsEnabled is not set, which is neither on nor off. Since October 1, 2026, Microsoft sets it to False, tenant by tenant; from then on every application that uses EWS gets 403. Set it to True or False yourself to know."}
	case No:
		i = i.when(true, Fine, Warning)
		i.Evidence = []string{"EwsEnabled is True: the applications on EwsAllowedAppIDs can use EWS until April 1, 2027."}
	case Yes:
		i = i.when(false, Fine, Warning)
		i.Evidence = []string{"EwsEnabled is False: every request is refused with 403, Mail on Macs included, whatever a mailbox or a list says."}
	}
	return i
}

// ewsApple answers whether Macs get through the list of applications.
func (x Exchange) ewsApple() Item {
	i := Item{ID: "exchange.ews-apple", Title: "Apple Internet Accounts is on the allow-list of EWS", Playbook: "macos-mail-ews"}
	if !x.AllowedApps.Known {
		return notRead(i, x.AllowedApps)
	}
	list := x.AllowedApps.Value
	i = i.when(has(list, AppleAppID), Fine, Warning)
	on := x.Organization.Known && x.Organization.Value.EWS != nil && *x.Organization.Value.EWS
	switch {
	case i.Answer == Yes:
		i.Evidence = []string{fmt.Sprintf("EwsAllowedAppIDs holds %s, among %s.", AppleAppID, counted(len(list), "application", "applications"))}
	case len(list) == 0 && on:
		i.Severity = Problem
		i.Evidence = []string{"EwsAllowedAppIDs is empty while EwsEnabled is True: every application is refused, Mail on Macs included."}
	case len(list) == 0:
		i.Evidence = []string{"EwsAllowedAppIDs is empty."}
	default:
		i.Evidence = []string{fmt.Sprintf("EwsAllowedAppIDs holds %s, but not %s: Mail on Macs is refused.", counted(len(list), "application", "applications"), AppleAppID)}
	}
	return i
}

// ewsAgents answers whether the older lists of user agents let everybody
// through. A client must pass these and the list of applications.
func (x Exchange) ewsAgents() Item {
	i := Item{ID: "exchange.ews-agents", Title: "No list of user agents limits EWS", Playbook: "ews-app"}
	if !x.Organization.Known {
		return notRead(i, x.Organization)
	}
	o := x.Organization.Value
	switch {
	case strings.EqualFold(o.EWSAccessPolicy, "EnforceAllowList"):
		i = i.when(false, Fine, Warning)
		i.Evidence = []string{"EwsApplicationAccessPolicy is EnforceAllowList: besides EwsAllowedAppIDs, only these user agents get through, in REST and Graph as well: " + or(few(o.EWSAllowList), "none") + "."}
		if has(x.AllowedApps.Value, teamsAppID) {
			i.Evidence = append(i.Evidence, "Teams is on EwsAllowedAppIDs and needs its user agent on EwsAllowList too, or its calendar fails.")
		}
	case strings.EqualFold(o.EWSAccessPolicy, "EnforceBlockList"):
		i = i.when(len(o.EWSBlockList) == 0, Fine, Notice)
		i.Evidence = []string{"EwsApplicationAccessPolicy is EnforceBlockList; it refuses: " + or(few(o.EWSBlockList), "nothing") + "."}
	case o.EWSAccessPolicy == "":
		i = i.when(true, Fine, Fine)
		i.Evidence = []string{"EwsApplicationAccessPolicy is not set."}
	default:
		i = i.when(false, Fine, Warning)
		i.Evidence = []string{fmt.Sprintf("EwsApplicationAccessPolicy is %q, which this program does not know.", o.EWSAccessPolicy)}
	}
	return i
}

func (x Exchange) ewsMailboxes() Item {
	i := Item{ID: "exchange.ews-mailboxes", Title: "EWS is on for every mailbox", Playbook: "ews-app"}
	if !x.Mailboxes.Known {
		return notRead(i, x.Mailboxes)
	}
	var off []string
	for _, m := range x.Mailboxes.Value {
		if m.EWS != nil && !*m.EWS {
			off = append(off, m.Address)
		}
	}
	i = i.when(len(off) == 0, Fine, Notice)
	i.Evidence = []string{fmt.Sprintf("Off for %d of %s.", len(off), counted(len(x.Mailboxes.Value), "mailbox", "mailboxes"))}
	if len(off) > 0 {
		i.Evidence = append(i.Evidence, "Off: "+few(off)+". Mail on a Mac does not work for them.")
	}
	return i
}
