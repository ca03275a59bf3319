package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"legacyauth/adapters/terminal"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// Audit groups the commands about the audit trail.
type Audit struct {
	List   AuditList   `cmd:"" default:"withargs" help:"List who did what, when and why (the default)."`
	Verify AuditVerify `cmd:"" help:"Check that no entry was changed, removed or added by hand."`
}

// AuditList lists entries.
type AuditList struct {
	DatabaseFlags
	Since  Age    `default:"30d" placeholder:"AGE" help:"How far back to go: 12h, 30d, 4w."`
	Output string `short:"o" enum:"text,json" default:"text" help:"How to print: ${enum}."`
}

// Help is the long help of the command.
func (AuditList) Help() string {
	return `Who is bot, a role or person with their id on a chat platform, or cli: whoever ran the command on this machine. Entries from before December 2026 may call the latter admin:terminal and so on; no entry is ever written anew.

Examples:
  legacyauth audit
  legacyauth audit --since 4w -o json`
}

// entry is one as it is printed.
type entry struct {
	Number  int64             `json:"number"`
	At      time.Time         `json:"at"`
	By      string            `json:"by"`
	What    string            `json:"what"`
	Subject string            `json:"subject"`
	Why     string            `json:"why"`
	Detail  map[string]string `json:"detail,omitempty"`
	Purged  bool              `json:"purged"`
}

// words says in one line why, and what else there is to say.
func (e entry) words() string {
	if e.Purged {
		return "(purged)"
	}
	var parts []string
	if e.Why != "" {
		parts = append(parts, e.Why)
	}
	var details []string
	for _, name := range slices.Sorted(maps.Keys(e.Detail)) {
		details = append(details, name+": "+e.Detail[name])
	}
	if len(details) > 0 {
		parts = append(parts, strings.Join(details, ", "))
	}
	return strings.Join(parts, " ")
}

// Run prints the entries.
func (c *AuditList) Run(ctx context.Context, env *Env) error {
	return c.use(ctx, env, func(db *storage.DB) error {
		list := []entry{}
		err := db.Read(ctx, func(tx *storage.Tx) error {
			entries, err := tx.AuditEntries(env.Now().Add(-time.Duration(c.Since)), 0)
			for _, e := range entries {
				list = append(list, entry{e.Seq, e.At.UTC(), e.By, e.What, e.Subject, e.Why, e.Detail, e.Purged})
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("list the audit trail: %w", err)
		}
		if c.Output == "json" {
			return printJSON(env.Stdout, list)
		}
		t := terminal.Table{
			Columns: []terminal.Column{{Head: "No.", Align: terminal.Right}, {Head: "When"}, {Head: "Who"}, {Head: "What"}, {Head: "Of"}, {Head: "Why", Weight: 1, Min: 12}},
			Groups:  make([]terminal.Group, 1),
		}
		for _, e := range list {
			why := e.words()
			t.Groups[0].Rows = append(t.Groups[0].Rows, [][]card.Span{
				{card.Text(fmt.Sprint(e.Number))}, {card.Text(minute(e.At))}, {card.Value(e.By)}, {card.Value(e.What)}, {card.Value(e.Subject)}, {card.Sentence(why)},
			})
		}
		return t.Write(env.Stdout, env.Out)
	})
}

// AuditVerify checks the chain.
type AuditVerify struct {
	DatabaseFlags
	Output string `short:"o" enum:"text,json" default:"text" help:"How to print: ${enum}."`
}

// Help is the long help of the command.
func (AuditVerify) Help() string {
	return `Each entry of the audit trail holds a hash of the one before it, so that an entry that was changed, removed or added by hand shows. What was purged as personal data does not break the chain.

Examples:
  legacyauth audit verify
  legacyauth audit verify -o json

Exit codes: 0 the trail is whole, 1 it is not, or an error, 2 wrong usage.`
}

// Run checks the trail.
func (c *AuditVerify) Run(ctx context.Context, env *Env) error {
	return c.use(ctx, env, func(db *storage.DB) error {
		n, err := db.AuditVerify(ctx)
		var broken *storage.BrokenChainError
		if err != nil && !errors.As(err, &broken) {
			return fmt.Errorf("read the audit trail: %w", err)
		}
		if c.Output == "json" {
			told := struct {
				Whole   bool   `json:"whole"`
				Entries int    `json:"entries"`
				Broken  int64  `json:"brokenAt,omitempty"`
				Why     string `json:"why,omitempty"`
			}{Whole: broken == nil, Entries: n}
			if broken != nil {
				told.Broken, told.Why = broken.Seq, broken.Why
			}
			if err := printJSON(env.Stdout, told); err != nil {
				return err
			}
			if broken != nil {
				return exit(ExitError)
			}
			return nil
		}
		if broken != nil {
			return broken
		}
		entries := "entries"
		if n == 1 {
			entries = "entry"
		}
		_, err = fmt.Fprintf(env.Stdout, "The audit trail is whole: %d %s.\n", n, entries)
		return err
	})
}
