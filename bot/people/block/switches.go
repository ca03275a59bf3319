package block

import (
	"strings"

	"legacyauth/detect"
)

// switchOf gives the mailbox's switch for a protocol, and how it is set back; false:
// it has none that a move away from passwords could turn off. Each closes its
// protocol with a password and with a token:
// https://learn.microsoft.com/powershell/module/exchangepowershell/set-casmailbox,
// read 2026-11-22. ActiveSync, Exchange Web Services and MAPI have switches that
// would stop phones, Macs and Outlook as they are meant to sign in.
func switchOf(p detect.Protocol) (set, undo string, ok bool) {
	switch p {
	case detect.IMAP:
		return "-ImapEnabled $false", "-ImapEnabled $before.ImapEnabled", true
	case detect.POP:
		return "-PopEnabled $false", "-PopEnabled $before.PopEnabled", true
	case detect.SMTP:
		return "-SmtpClientAuthenticationDisabled $true", "-SmtpClientAuthenticationDisabled $before.SmtpClientAuthenticationDisabled", true
	}
	return "", "", false
}

// switches is the step that turns off what the user has in Off, of which there must
// be some.
func switches(u User) Step {
	var set, undo, names []string
	for _, p := range u.Off {
		on, off, _ := switchOf(p)
		set, undo, names = append(set, on), append(undo, off), append(names, p.Name())
	}
	file := before("cas", u.Name)
	protocols := strings.Join(names, " or ")
	return Step{
		Title: "Mailbox switches for " + u.Name, Playbook: "block-mailbox-switches",
		Check: "Make sure that nobody uses " + protocols + " in the mailbox of " + u.Name + " with a token, which a switch stops as well as a password. " +
			"Look in the sign-in log of Microsoft Entra, on both lists of user sign-ins, for modern sign-ins of " + u.Name + " by an application that reads or sends mail by " + protocols +
			", as far back as the log goes, and leave out the switch of what you find. Nothing of the kind is kept here; but of a tenant that is read through Microsoft Graph few modern sign-ins are.",
		Do: lines(
			"$before = Get-CASMailbox -Identity "+u.Name,
			"$before | Export-Clixml "+file,
			"Set-CASMailbox -Identity "+u.Name+" "+strings.Join(set, " ")),
		Undo: lines(
			"$before = Import-Clixml "+file,
			"Set-CASMailbox -Identity "+u.Name+" "+strings.Join(undo, " ")),
		Proof: "Whether an attempt leaves a row is not documented for each protocol: judge by the client's answer. SMTP AUTH says 535 5.7.139 and names SmtpClientAuthentication.",
	}
}
