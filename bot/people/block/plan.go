package block

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/playbooks"
	"legacyauth/storage"
)

// User is one of the chosen users with their clients.
type User struct {
	Name, ID string
	// Ready says that everything of theirs has verifiably moved.
	Ready bool
	// Open are the clients that would be hit.
	Open []storage.Client
	// Moved are the protocols of clients that have moved.
	Moved []detect.Protocol
}

// Plan is what to do for the users who are ready, and who is not.
type Plan struct {
	Ready, NotReady []User
	// Unknown were chosen, and no client of theirs was ever seen.
	Unknown []string
}

// Make sorts the chosen users by whether they are ready.
func Make(chosen []string, clients []storage.Client) Plan {
	var plan Plan
	for _, name := range chosen {
		user := User{Name: strings.ToLower(name), Ready: true}
		seen := false
		for i := range clients {
			c := &clients[i]
			if !strings.EqualFold(c.User.Name, name) && !strings.EqualFold(c.User.ID, name) || !migration.HasState(&c.Client) {
				continue
			}
			seen = true
			user.Name, user.ID = cmp.Or(c.User.Name, user.Name), cmp.Or(c.User.ID, user.ID)
			if c.State == migration.Verified || c.State == migration.Closed {
				if !slices.Contains(user.Moved, c.Protocol) {
					user.Moved = append(user.Moved, c.Protocol)
				}
				continue
			}
			user.Ready = false
			user.Open = append(user.Open, *c)
		}
		slices.Sort(user.Moved)
		switch {
		case !seen:
			plan.Unknown = append(plan.Unknown, strings.ToLower(name))
		case user.Ready:
			plan.Ready = append(plan.Ready, user)
		default:
			plan.NotReady = append(plan.NotReady, user)
		}
	}
	return plan
}

// Step is one thing to do, with how to undo it.
type Step struct {
	Title    string
	Playbook string // that says more
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
		steps = append(steps, policy(u.Name), switches(u))
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
		Proof: "Leaves no row in the sign-in log: Exchange refuses before Entra is asked. Prove it with a deliberate attempt over SMTP: 535 5.7.139, over HTTP protocols 401.",
	}
}

// switchOf gives the mailbox's switch for a protocol; false: it has none that
// would leave modern programs alone.
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

func switches(u User) Step {
	s := Step{Title: "Mailbox switches for " + u.Name, Playbook: "block-mailbox-switches"}
	var set, undo []string
	for _, p := range u.Moved {
		if on, off, ok := switchOf(p); ok {
			set, undo = append(set, on), append(undo, off)
		}
	}
	file := before("cas", u.Name)
	if len(set) == 0 {
		s.Do = "# None of the protocols that moved has a switch that leaves modern programs alone."
		s.Undo = "# Nothing was changed."
		s.Proof = "Nothing to prove."
		return s
	}
	s.Do = lines(
		"$before = Get-CASMailbox -Identity "+u.Name,
		"$before | Export-Clixml "+file,
		"Set-CASMailbox -Identity "+u.Name+" "+strings.Join(set, " "))
	s.Undo = lines(
		"$before = Import-Clixml "+file,
		"Set-CASMailbox -Identity "+u.Name+" "+strings.Join(undo, " "))
	s.Proof = "Whether an attempt leaves a row is not documented for each protocol: judge by the client's answer. SMTP AUTH says 535 5.7.139 and names SmtpClientAuthentication."
	return s
}

// before is the file that keeps what was set before.
func before(what, user string) string {
	return what + "-before-" + strings.ReplaceAll(user, "@", "-at-") + ".xml"
}

func lines(all ...string) string { return strings.Join(all, "\n") }

// ReportOnly gives the body of a Conditional Access policy in report-only mode
// for the users who are ready, as Microsoft Graph takes it, and how many of them
// it leaves out because their directory id is not known; nil where it would be for
// nobody.
func (p *Plan) ReportOnly() (body []byte, left int, err error) {
	ids := []string{}
	for _, u := range p.Ready {
		if u.ID == "" {
			left++
			continue
		}
		ids = append(ids, u.ID)
	}
	if len(ids) == 0 {
		return nil, left, nil
	}
	body, err = json.MarshalIndent(map[string]any{
		"displayName": "Block legacy authentication (pilot)",
		"state":       "enabledForReportingButNotEnforced",
		"conditions": map[string]any{
			"clientAppTypes": []string{"exchangeActiveSync", "other"},
			"applications":   map[string]any{"includeApplications": []string{"All"}},
			"users":          map[string]any{"includeUsers": ids},
		},
		"grantControls": map[string]any{"operator": "OR", "builtInControls": []string{"block"}},
	}, "", "  ")
	if err != nil {
		return nil, left, fmt.Errorf("write the policy: %w", err)
	}
	return append(body, '\n'), left, nil
}

// ReportOnlyStep is how the policy of ReportOnly is created and removed.
func ReportOnlyStep() Step {
	return Step{
		Title: "Conditional Access in report-only mode", Playbook: "block-conditional-access",
		Do: lines(
			"Connect-MgGraph -Scopes Policy.Read.All, Policy.ReadWrite.ConditionalAccess, Application.Read.All",
			"$policy = Invoke-MgGraphRequest -Method POST -ContentType \"application/json\" `",
			"    -Uri \"https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies\" `",
			"    -Body (Get-Content .\\block-pilot.json -Raw)",
			"$policy.id"),
		Undo:  "Remove-MgIdentityConditionalAccessPolicy -ConditionalAccessPolicyId $policy.id",
		Proof: "Stops nobody. Sign-ins that it would stop carry reportOnlyFailure; once it is enforced, a row with error code 53003, over ActiveSync one with code 0 and the status failure.",
	}
}
