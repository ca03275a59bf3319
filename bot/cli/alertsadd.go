package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"legacyauth/bot/config"
	"legacyauth/bot/news"
	"legacyauth/bot/serve"
	"legacyauth/detect/migration"
	"legacyauth/storage"
)

// AlertsAdd subscribes a place.
type AlertsAdd struct {
	DatabaseFlags
	Place    string   `arg:"" help:"terminal, logfile:PATH, or a channel as in slack:T0123:C0456."`
	Only     []string `placeholder:"WHAT" help:"Only these verdicts or kinds of news: in-use, leaked, blocked, verified, relapsed, deadline, …"`
	Protocol []string `placeholder:"PROTOCOL" help:"Only clients of this protocol: smtp, imap, eas, …"`
	Tenant   []string `placeholder:"NAME" help:"Only this tenant of the configuration."`
	Severity string   `placeholder:"LEAST" help:"Only what is at least: low, medium, high, urgent."`
	Quiet    string   `placeholder:"FROM-TO" help:"Hours in which only urgent news is sent: 20:00-07:00."`
	Zone     string   `placeholder:"ZONE" help:"Time zone of hours and days: Europe/Berlin. Default: UTC."`
	Digest   bool     `help:"The weekly digest in place of alerts."`
	Both     bool     `help:"Alerts and the weekly digest."`
	Day      string   `placeholder:"DAY" help:"Day of the digest: monday."`
	At       string   `placeholder:"TIME" help:"Time of the digest: 08:00."`
	Output   string   `short:"o" enum:"text,json" default:"text" help:"How to print: ${enum}."`
}

// Help is the long help of the command.
func (AlertsAdd) Help() string {
	return `A place is terminal (where legacyauth serve was started), logfile:PATH, a file of one JSON object per message, relative to the configuration's folder, or a channel of a chat platform in the configuration: slack:TEAM:CHANNEL, discord:SERVER:CHANNEL. As soon as one place is added, the admins' place hears only what nobody may miss.

Examples:
  legacyauth alerts add logfile:alerts.log
  legacyauth alerts add logfile:/var/log/legacyauth.log --only in-use,relapsed --protocol smtp
  legacyauth alerts add slack:T0123:C0456 --severity high
  legacyauth alerts add terminal --both --quiet 20:00-07:00 --zone Europe/Berlin`
}

// words are the flags as a chat's user would type them.
func (c *AlertsAdd) words() []string {
	var words []string
	for _, f := range []struct{ name, value string }{
		{"--only", strings.Join(c.Only, ",")},
		{"--protocol", strings.Join(c.Protocol, ",")},
		{"--tenant", strings.Join(c.Tenant, ",")},
		{"--severity", c.Severity},
		{"--quiet", c.Quiet},
		{"--zone", c.Zone},
		{"--day", c.Day},
		{"--at", c.At},
	} {
		if f.value != "" {
			words = append(words, f.name, f.value)
		}
	}
	if c.Digest {
		words = append(words, "--digest")
	}
	if c.Both {
		words = append(words, "--both")
	}
	return words
}

// Run stores the subscription.
func (c *AlertsAdd) Run(ctx context.Context, env *Env) error {
	settings, err := config.Load(c.Config)
	if err != nil {
		return err
	}
	place, err := settings.PlaceNamed(c.Place)
	if err != nil {
		return usageError{err}
	}
	known := news.Known{Zones: time.LoadLocation}
	for _, t := range settings.Tenants {
		known.Tenants = append(known.Tenants, t.Name)
	}
	sub, err := news.ParseAlerts(c.words(), known)
	if err != nil {
		return usageError{err}
	}
	sub.Place, sub.By = place, byHand()
	dsn, err := settings.DSN(c.Database)
	if err != nil {
		return err
	}
	// The first place may be added before serve ever ran.
	db, err := serve.Open(ctx, dsn, storage.Options{Now: env.Now, Log: env.Log, Version: VersionText()})
	if err != nil {
		return err
	}
	there := false
	err = db.Write(ctx, func(tx *storage.Tx) error {
		sub.ID = 0
		same, err := standing(tx, sub)
		if there = same != 0; err != nil || there {
			sub.ID = same
			return err
		}
		if err := tx.Subscribe(&sub); err != nil {
			return err
		}
		if err := news.Usual(tx, settings.Fallback()); err != nil {
			return err
		}
		return tx.Record(storage.Entry{By: sub.By, What: "alerts.added", Subject: fmt.Sprintf("alerts:%d", sub.ID), Detail: map[string]string{"place": place.String()}})
	})
	if err = errors.Join(err, db.Close()); err != nil {
		return fmt.Errorf("add alerts: %w", err)
	}
	if c.Output == "json" {
		return printJSON(env.Stdout, printed(sub))
	}
	if there {
		_, err = fmt.Fprintf(env.Stdout, "%s hears just that already; to end it: legacyauth alerts remove %d\n", place, sub.ID)
		return err
	}
	_, err = fmt.Fprintf(env.Stdout, "%s hears what is news from now on; to end it: legacyauth alerts remove %d\n", place, sub.ID)
	return err
}

// standing gives the number of a subscription of people that asks for the same in
// the same place; 0: there is none.
func standing(tx *storage.Tx, sub storage.Subscription) (int64, error) {
	all, err := tx.Subscriptions()
	for _, s := range all {
		if s.Place == sub.Place && s.By != migration.Bot().String() && slices.Equal(news.Spell(s), news.Spell(sub)) {
			return s.ID, err
		}
	}
	return 0, err
}
