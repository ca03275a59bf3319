package cli

import (
	"io"
	"strings"
	"time"

	"legacyauth/adapters/terminal"
	"legacyauth/bot/report"
	"legacyauth/bot/scan"
	"legacyauth/playbooks"
)

// cards prints one card per playbook, for the first client that needs it.
func cards(env *Env, r scan.Result, today time.Time, contact string) error {
	line := "\n" + strings.Repeat("\u2500", 40) + "\n\n"
	shown := map[string]bool{}
	for _, f := range report.Ordered(r.Findings) {
		if shown[f.Playbook.ID] {
			continue
		}
		shown[f.Playbook.ID] = true
		if _, err := io.WriteString(env.Stdout, line); err != nil {
			return err
		}
		facts := playbooks.Facts{Client: &f.Client, Today: today, Contact: contact}
		if err := terminal.Render(env.Stdout, f.Playbook.Card(facts), env.Out); err != nil {
			return err
		}
	}
	return nil
}
