package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/entra/settings"
	"legacyauth/bot/config"
	"legacyauth/bot/people"
	"legacyauth/bot/tenants"
	"legacyauth/playbooks"
	"legacyauth/playbooks/language"
	"legacyauth/storage"
)

// People gives what tells people as the configuration says.
func People(c config.Config, db *storage.DB, post people.Poster, library *playbooks.Library, platforms []Platform, now func() time.Time, log *slog.Logger) (*people.People, error) {
	languages, err := language.Builtin()
	if err != nil {
		return nil, err
	}
	p := &people.People{
		DB: db, Post: post, Library: library, Languages: languages, Now: now, Log: log,
		Settings: people.Settings{
			Contact: c.Contact, Check: c.People.Check, Admins: c.Fallback(), Help: c.People.HelpPlace(),
			Language: c.People.Language, Zone: c.People.Zone, SilentDays: c.Verify.SilentDays, Owners: c.Owners,
			Hours: people.Hours{Quiet: c.People.QuietHours(), Off: c.People.DaysOff()},
		},
	}
	if c.People.Folder != "" {
		if err := os.MkdirAll(c.People.Folder, 0o700); err != nil {
			return nil, fmt.Errorf("make the folder for messages to people (people: folder:): %w", err)
		}
		p.Reach = people.Folder{Path: c.People.Folder}
	}
	name, workspace, _ := c.People.At()
	configured := slices.ContainsFunc(c.Platforms(), func(p config.Platform) bool { return p.Name == name })
	if open := slices.ContainsFunc(platforms, func(p Platform) bool { return p.Name == name }); configured && !open {
		p.Reach = people.Elsewhere{Platform: name}
	}
	for _, platform := range platforms {
		if platform.Name != name {
			continue
		}
		p.Reach = people.Unlisted{}
		if directory, ok := platform.Sender.(chat.Directory); ok {
			p.Reach = people.Directory{In: directory, Workspaces: func(tenant string) []string {
				if bound, any := c.WorkspacesOf(name, tenant); any {
					return bound
				}
				return []string{workspace}
			}}
		}
	}
	return p, nil
}

// holdsEvery is how often the settings that hold messages back are read.
const holdsEvery = time.Hour

// holds reads the settings of each tenant that hold messages back, and notes
// them. A tenant that cannot be read keeps what was noted.
func holds(ctx context.Context, o *tenants.Opener, db *storage.DB, p *people.People) error {
	numbers := map[string]int64{}
	err := db.Read(ctx, func(tx *storage.Tx) error {
		all, err := tx.Tenants()
		for _, t := range all {
			numbers[t.Name] = t.ID
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("look up tenants: %w", err)
	}
	var failed []error
	for _, t := range o.Config.Tenants {
		number, known := numbers[t.Name]
		if !known || t.Folder != "" || t.Wrong() != nil {
			continue
		}
		if err := holdsOf(ctx, o, t, number, p); err != nil {
			failed = append(failed, fmt.Errorf("settings of tenant %s: %w", t.Name, err))
		}
	}
	return errors.Join(failed...)
}

func holdsOf(ctx context.Context, o *tenants.Opener, t config.Tenant, number int64, p *people.People) error {
	opened, err := o.Open(t)
	if err != nil {
		return err
	}
	expectations, err := t.Expectations()
	if err != nil {
		return err
	}
	granted, err := opened.Graph.Grants(ctx)
	if err != nil {
		return err
	}
	self := granted.Client
	if granted.Delegated {
		self = ""
	}
	facts, err := settings.Read(ctx, tenants.V1{Graph: opened.Graph}, self)
	if err != nil {
		return err
	}
	return p.SaveHolds(ctx, number, settings.Judge(facts, nil, expectations))
}
