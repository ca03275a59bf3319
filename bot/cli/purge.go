package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"legacyauth/adapters/terminal"
	"legacyauth/bot/config"
	"legacyauth/bot/tenants"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// Purge removes personal data or old history.
type Purge struct {
	DatabaseFlags
	User      string `placeholder:"NAME" help:"Remove everything of this account: its user name or directory id."`
	OlderThan Age    `placeholder:"AGE" help:"Remove history older than this: 400d, 52w."`
	DryRun    bool   `help:"Count what would be removed, and remove nothing."`
	Yes       bool   `help:"Remove it. There is no way back but a backup."`
	Output    string `short:"o" enum:"text,json" default:"text" help:"How to print: ${enum}."`
}

// Help is the long help of the command.
func (Purge) Help() string {
	return `--user removes an account's clients, sign-ins, links and messages, and takes it out of the details of the audit trail, which stays verifiable. What unfinished scans of any tenant keep in the state folder goes too, so that they begin anew. What the log still holds of it comes back with the next scan. --older-than removes days, messages, passes and clients that have been silent since. What places were sent already is theirs.

Examples:
  legacyauth purge --user ana@contoso.com --dry-run
  legacyauth purge --user ana@contoso.com --yes
  legacyauth purge --older-than 400d --yes

Exit codes: 0 done, 1 error, 2 wrong usage, or --yes is missing.`
}

// Run counts, and with --yes removes.
func (c *Purge) Run(ctx context.Context, env *Env) error {
	switch {
	case c.User == "" && c.OlderThan == 0:
		return usageError{errors.New("nothing to purge: name --user or --older-than")}
	case c.DryRun && c.Yes:
		return usageError{errors.New("--dry-run removes nothing and --yes removes: choose one")}
	case !c.DryRun && !c.Yes:
		return usageError{errors.New("what is purged is gone: look with --dry-run first, then confirm with --yes")}
	}
	options := storage.PurgeOptions{User: c.User, DryRun: c.DryRun, By: byHand()}
	if c.OlderThan > 0 {
		options.OlderThan = env.Now().Add(-time.Duration(c.OlderThan))
	}
	state, err := c.state()
	if err != nil {
		return err
	}
	return c.use(ctx, env, func(db *storage.DB) error {
		p, err := db.Purge(ctx, options)
		if err != nil {
			return err
		}
		kept := 0
		var unfinished error // told after what was purged
		if state != "" {
			kept, unfinished = tenants.Forget(state, c.DryRun)
		}
		counts := append(purgedCounts(p), purgedCount{"unfinishedScans", "Files of unfinished scans", int64(kept)})
		if c.Output == "json" {
			told := map[string]any{"dryRun": c.DryRun}
			for _, n := range counts {
				told[n.key] = n.count
			}
			return errors.Join(printJSON(env.Stdout, told), unfinished)
		}
		answer := card.Card{Title: []card.Span{card.Text("Purged")}, Tone: card.Success}
		if c.DryRun {
			answer.Title, answer.Tone = []card.Span{card.Text("This would be purged; nothing was removed")}, card.Info
		}
		if !slices.ContainsFunc(counts, func(n purgedCount) bool { return n.count > 0 }) {
			answer.Title, answer.Tone = []card.Span{card.Text("There is nothing to purge")}, card.Info
		}
		var facts card.Facts
		for _, n := range counts {
			facts.Pairs = append(facts.Pairs, card.Fact{Name: n.words, Value: []card.Span{card.Text(fmt.Sprint(n.count))}})
		}
		answer.Blocks = []card.Block{facts}
		return errors.Join(terminal.Render(env.Stdout, answer, env.Out), unfinished)
	})
}

// state gives the folder in which unfinished scans keep what they have read of a
// user; empty: there is none to look at, or no user to purge.
func (c *Purge) state() (string, error) {
	if c.User == "" {
		return "", nil
	}
	settings, err := config.Load(c.Config)
	if err != nil && c.Database != "" && errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return settings.State, err
}

type purgedCount struct {
	key, words string
	count      int64
}

func purgedCounts(p storage.Purged) []purgedCount {
	return []purgedCount{
		{"accounts", "Accounts", p.Accounts},
		{"clients", "Clients", p.Clients},
		{"days", "Days of clients", p.Days},
		{"bundles", "Bundles of sign-ins", p.Bundles},
		{"signIns", "Ids of sign-ins", p.Sightings},
		{"links", "Links to people", p.Links},
		{"places", "Places of people", p.Places},
		{"messages", "Messages", p.Messages},
		{"notices", "Notices to the person", p.Notices},
		{"campaigns", "Campaigns", p.Campaigns},
		{"passes", "Scans", p.Passes},
		{"auditDetails", "Details of the audit trail", p.AuditDetails},
		{"mentions", "Mentions taken out", p.Mentions},
	}
}
