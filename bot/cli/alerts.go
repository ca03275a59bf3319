package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"legacyauth/adapters/terminal"
	"legacyauth/bot/news"
	"legacyauth/detect/migration"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// Alerts groups the commands about who hears what.
type Alerts struct {
	List   AlertsList   `cmd:"" default:"1" help:"List which places hear what (the default)."`
	Add    AlertsAdd    `cmd:"" help:"Have a place hear what is news."`
	Remove AlertsRemove `cmd:"" help:"Have a place hear no more."`
}

// byHand is who did what was done on the command line.
func byHand() string { return migration.CLI().String() }

// AlertsList lists subscriptions.
type AlertsList struct {
	DatabaseFlags
	Output string `short:"o" enum:"text,json" default:"text" help:"How to print: ${enum}."`
}

// Help is the long help of the command.
func (AlertsList) Help() string {
	return "Examples:\n  legacyauth alerts\n  legacyauth alerts list -o json"
}

// subscription is one as it is printed.
type subscription struct {
	ID    int64     `json:"id"`
	Place string    `json:"place"`
	Words []string  `json:"words"` // that alerts add takes after the place
	By    string    `json:"by"`
	At    time.Time `json:"at"`
}

func printed(s storage.Subscription) subscription {
	words := news.Spell(s)
	if words == nil {
		words = []string{}
	}
	return subscription{ID: s.ID, Place: s.Place.String(), Words: words, By: s.By, At: s.At.UTC()}
}

// Run prints the subscriptions.
func (c *AlertsList) Run(ctx context.Context, env *Env) error {
	return c.use(ctx, env, func(db *storage.DB) error {
		list := []subscription{}
		err := db.Read(ctx, func(tx *storage.Tx) error {
			subs, err := tx.Subscriptions()
			for _, s := range subs {
				list = append(list, printed(s))
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("list alerts: %w", err)
		}
		if c.Output == "json" {
			return printJSON(env.Stdout, list)
		}
		if len(list) == 0 {
			_, err := fmt.Fprintln(env.Stdout, "Nobody subscribed: everything goes to the admins' place once legacyauth serve runs.")
			return err
		}
		t := terminal.Table{
			Columns: []terminal.Column{{Head: "ID", Align: terminal.Right}, {Head: "Place", Weight: 1, Min: 12}, {Head: "Hears", Weight: 1, Min: 12}, {Head: "By"}, {Head: "Since"}},
			Groups:  make([]terminal.Group, 1),
		}
		for _, s := range list {
			words := strings.Join(s.Words, " ")
			if words == "" {
				words = "every alert"
			}
			t.Groups[0].Rows = append(t.Groups[0].Rows, [][]card.Span{
				{card.Text(fmt.Sprint(s.ID))}, {card.Sentence(s.Place)}, {card.Sentence(words)}, {card.Value(s.By)}, {card.Text(s.At.Format(time.DateOnly))},
			})
		}
		return t.Write(env.Stdout, env.Out)
	})
}

// AlertsRemove unsubscribes a place.
type AlertsRemove struct {
	DatabaseFlags
	ID     int64  `arg:"" name:"id" help:"The number that legacyauth alerts lists."`
	Output string `short:"o" enum:"text,json" default:"text" help:"How to print: ${enum}."`
}

// Help is the long help of the command.
func (AlertsRemove) Help() string {
	return `When the last one is removed, everything goes to the admins' place again.

Examples:
  legacyauth alerts remove 3`
}

// Run removes the subscription.
func (c *AlertsRemove) Run(ctx context.Context, env *Env) error {
	return c.use(ctx, env, func(db *storage.DB) error {
		err := db.Write(ctx, func(tx *storage.Tx) error {
			there, err := tx.Unsubscribe(c.ID)
			if err != nil {
				return err
			}
			if !there {
				return fmt.Errorf("there are no alerts of number %d: legacyauth alerts lists them", c.ID)
			}
			return tx.Record(storage.Entry{By: byHand(), What: "alerts.removed", Subject: fmt.Sprintf("alerts:%d", c.ID)})
		})
		if err != nil {
			return err
		}
		if c.Output == "json" {
			return printJSON(env.Stdout, map[string]int64{"removed": c.ID})
		}
		_, err = fmt.Fprintf(env.Stdout, "removed %d\n", c.ID)
		return err
	})
}
