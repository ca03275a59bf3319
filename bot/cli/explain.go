package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"legacyauth/adapters/terminal"
	"legacyauth/detect"
	"legacyauth/playbooks"
	"legacyauth/playbooks/explain"
)

// Explain says what a pasted line means.
type Explain struct {
	Text   []string `arg:"" help:"A user agent, an SMTP, IMAP, POP or EWS error line, a sign-in error code, or a client app; - reads it from standard input."`
	Output string   `short:"o" enum:"text,json" default:"text" help:"How to print: ${enum}."`
}

// Help is the long help of the command.
func (Explain) Help() string {
	return `Examples:
  legacyauth explain 'Apple-iPhone12C1/1907.71'
  legacyauth explain '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.'
  legacyauth explain 'X-EWS-Policy-Reason: EWS is disabled for this user or tenant'
  legacyauth explain 53003
  legacyauth explain BAV2ROPC --output json`
}

// Run prints the answer.
func (c *Explain) Run(env *Env) error {
	text := strings.Join(c.Text, " ")
	if text == "-" {
		pasted, err := io.ReadAll(io.LimitReader(env.Stdin, explain.MaxText+1))
		if err != nil {
			return fmt.Errorf("read standard input: %w", err)
		}
		text = string(pasted)
	}
	answer, err := explain.Text(text)
	if err != nil {
		return err
	}
	if answer.Playbook == "" {
		library, err := playbooks.Builtin()
		if err != nil {
			return err
		}
		answer.Playbook = chosenFor(library, answer)
	}
	if c.Output == "json" {
		enc := json.NewEncoder(env.Stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(answer)
	}
	return terminal.Render(env.Stdout, answer.Card(), env.Out)
}

// chosenFor asks the library where the playbook depends on the device's
// version; what is no device has none.
func chosenFor(library *playbooks.Library, a explain.Answer) string {
	if a.Device == nil {
		return ""
	}
	return library.For(detect.Client{Device: *a.Device, Protocol: detect.Unknown, Verdict: detect.InUse}).ID
}
