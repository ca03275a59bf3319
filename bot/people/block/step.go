package block

import (
	"fmt"
	"strings"

	"legacyauth/playbooks"
)

// Step is one thing to do, with how to undo it.
type Step struct {
	Title    string
	Playbook string // that says more
	// Check is what to make sure of before; empty: nothing.
	Check    string
	Do, Undo string // PowerShell
	// Proof says how to see that it holds, and whether the log shows it.
	Proof string
}

// Steps gives the commands for the users who are ready. A user whose name could
// do something else in a command is left out and named in the error.
func (p *Plan) Steps() ([]Step, error) {
	var steps []Step
	var strange []string
	for _, u := range p.Ready {
		if !playbooks.Typable(u.Name) {
			strange = append(strange, u.Name)
			continue
		}
		steps = append(steps, policy(u.Name))
		if len(u.Off) > 0 {
			steps = append(steps, switches(u))
		}
	}
	if len(strange) > 0 {
		return steps, fmt.Errorf("%d user names hold marks that a command would read otherwise; do these by hand", len(strange))
	}
	return steps, nil
}

func policy(user string) Step {
	file := before("policy", user)
	return Step{
		Title: "Authentication policy for " + user, Playbook: "block-auth-policy",
		Do: lines(
			"$before = Get-User -Identity "+user,
			"$before | Format-List AuthenticationPolicy",
			"$before | Select-Object AuthenticationPolicy | Export-Clixml "+file,
			`if (-not (Get-AuthenticationPolicy | Where-Object Name -eq "Block Basic Auth")) { New-AuthenticationPolicy -Name "Block Basic Auth" }`,
			`Set-User -Identity `+user+` -AuthenticationPolicy "Block Basic Auth"`,
			"Set-User -Identity "+user+" -STSRefreshTokensValidFrom $([DateTime]::UtcNow)"),
		Undo: lines(
			"$before = Import-Clixml "+file,
			"$policy = if ($before.AuthenticationPolicy) { \"$($before.AuthenticationPolicy)\" } else { $null }",
			"Set-User -Identity "+user+" -AuthenticationPolicy $policy",
			"Set-User -Identity "+user+" -STSRefreshTokensValidFrom $([DateTime]::UtcNow)"),
		Proof: "Stops passwords and lets tokens through. Leaves no row in the sign-in log: Exchange refuses before Entra is asked. Prove it with a deliberate attempt over SMTP: 535 5.7.139, over HTTP protocols 401.",
	}
}

// before is the file that keeps what was set before.
func before(what, user string) string {
	return what + "-before-" + strings.ReplaceAll(user, "@", "-at-") + ".xml"
}

func lines(all ...string) string { return strings.Join(all, "\n") }
