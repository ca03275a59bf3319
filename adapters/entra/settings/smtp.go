package settings

import (
	"fmt"
	"strings"

	"legacyauth/detect"
)

func (x Exchange) smtpOrganization() Item {
	i := Item{ID: "exchange.smtp-organization", Title: "SMTP AUTH is off for the organization", Playbook: "smtp-choices"}
	if !x.Transport.Known {
		return notRead(i, x.Transport)
	}
	t := x.Transport.Value
	i = i.when(t.smtpOff(), Fine, Warning)
	switch {
	case t.SMTPDisabled == nil:
		i.Evidence = []string{"SmtpClientAuthenticationDisabled of the organization is not set, which leaves SMTP AUTH on."}
	case *t.SMTPDisabled:
		i.Evidence = []string{"SmtpClientAuthenticationDisabled of the organization is True. It holds for every mailbox that has no value of its own."}
	default:
		i.Evidence = []string{"SmtpClientAuthenticationDisabled of the organization is False. It holds for every mailbox that has no value of its own."}
	}
	if t.LegacyTLS != nil && *t.LegacyTLS {
		i.Severity = Warning
		i.Evidence = append(i.Evidence, "AllowLegacyTLSClients is True: old TLS versions are accepted at the legacy endpoint.")
	}
	return i
}

// smtpSwitch is the state of SMTP AUTH for one mailbox.
type smtpSwitch int

const (
	smtpFollows smtpSwitch = iota // no value of its own: the organization's holds
	smtpOn
	smtpOff
)

func (m Mailbox) smtp() smtpSwitch {
	switch {
	case m.SMTPDisabled == nil:
		return smtpFollows
	case *m.SMTPDisabled:
		return smtpOff
	}
	return smtpOn
}

// smtpMailboxes counts the three states of the mailboxes' switch. A mailbox
// without a value follows the organization; it is neither on nor off by itself.
func (x Exchange) smtpMailboxes() Item {
	i := Item{ID: "exchange.smtp-mailboxes", Title: "SMTP AUTH is off for every mailbox", Playbook: "block-mailbox-switches"}
	if !x.Mailboxes.Known {
		return notRead(i, x.Mailboxes)
	}
	var on []string
	off, follow := 0, 0
	for _, m := range x.Mailboxes.Value {
		switch m.smtp() {
		case smtpOn:
			on = append(on, m.Address)
		case smtpOff:
			off++
		case smtpFollows:
			follow++
		}
	}
	organization := "which is not known"
	switch answered(x.Transport, x.Transport.Value.smtpOff()) {
	case Yes:
		organization = "which is off"
	case No:
		organization = "which is on"
	}
	i.Evidence = []string{fmt.Sprintf("Of %s, %d on by their own switch, %d off by their own switch, %d without a value, following the organization, %s.",
		counted(len(x.Mailboxes.Value), "mailbox", "mailboxes"), len(on), off, follow, organization)}
	if len(on) > 0 {
		i.Evidence = append(i.Evidence, "On by their own switch: "+few(on)+".")
	}
	switch {
	case len(on) > 0 || follow > 0 && x.Transport.Known && !x.Transport.Value.smtpOff():
		i = i.when(false, Fine, Warning)
	case follow > 0 && !x.Transport.Known:
		i.Answer, i.Severity, i.Missing = CannotTell, Warning, "the organization's switch, Get-TransportConfig"
	default:
		i = i.when(true, Fine, Fine)
	}
	return i
}

// smtpBlocked answers whether the switches stop SMTP AUTH for every mailbox.
func (x Exchange) smtpBlocked() Answer {
	if x.Mailboxes.Known {
		return x.smtpMailboxes().Answer
	}
	if x.Transport.Known && !x.Transport.Value.smtpOff() {
		return No
	}
	return CannotTell
}

// smtpOf says how the switch stands for the mailboxes of clients in use.
func (x Exchange) smtpOf(clients []detect.Client) []string {
	if !x.Mailboxes.Known {
		return nil
	}
	states := map[string]smtpSwitch{}
	for _, m := range x.Mailboxes.Value {
		for _, name := range []string{m.ID, m.Address} {
			if name != "" {
				states[strings.ToLower(name)] = m.smtp()
			}
		}
	}
	var counts [3]int
	missing := 0
	for _, c := range clients {
		state, ok := states[strings.ToLower(c.User.ID)]
		if !ok {
			state, ok = states[strings.ToLower(c.User.Name)]
		}
		if ok {
			counts[state]++
		} else {
			missing++
		}
	}
	text := fmt.Sprintf("Their mailboxes' own switches: %d on, %d off, %d follow the organization", counts[smtpOn], counts[smtpOff], counts[smtpFollows])
	if missing > 0 {
		text += fmt.Sprintf(", %d not in the file", missing)
	}
	return []string{text + "."}
}
