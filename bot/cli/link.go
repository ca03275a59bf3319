package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/bot/linking"
	"legacyauth/storage"
)

// Link says which account people in chat have.
type Link struct {
	List   LinkList   `cmd:"" default:"1" help:"Who is linked to which account."`
	Import LinkImport `cmd:"" help:"Link the people of a table, all of them or none."`
	Remove LinkRemove `cmd:"" help:"Undo somebody's link."`
}

// LinkList lists links.
type LinkList struct {
	AskFlags
	Page int `default:"1" help:"The page to show."`
}

// Help is the long help of the command.
func (LinkList) Help() string {
	return `The same as /legacyauth link list in chat: who was linked, how, by whom and when.

Examples:
  legacyauth link
  legacyauth link list --page 2`
}

// Run lists them.
func (c *LinkList) Run(ctx context.Context, env *Env) error {
	return c.ask(ctx, env, "link", "list", fmt.Sprint(c.Page))
}

// LinkRemove undoes a link.
type LinkRemove struct {
	AskFlags
	Person string `arg:"" help:"Who, as legacyauth link lists them: discord:100000000000000001:@300000000000000001."`
}

// Help is the long help of the command.
func (LinkRemove) Help() string {
	return "Examples:\n  legacyauth link remove discord:100000000000000001:@300000000000000001"
}

// Run undoes it.
func (c *LinkRemove) Run(ctx context.Context, env *Env) error {
	return c.ask(ctx, env, "link", "remove", c.Person)
}

// LinkImport links the people of a table.
type LinkImport struct {
	DatabaseFlags
	File   string `arg:"" help:"A CSV file of two columns; - reads standard input."`
	Tenant string `placeholder:"NAME" help:"The tenant of the accounts, where there are several."`
	Output string `short:"o" enum:"text,json" default:"text" help:"How to print: ${enum}."`
}

// Help is the long help of the command.
func (LinkImport) Help() string {
	return `For platforms that do not tell people's work addresses, such as Discord. Each line has a person, as /legacyauth roles shows everybody their own, and the sign-in name of their account; a first line person,account may stand above. Who was linked before is linked anew. When a line is wrong, nobody is linked and the error names the line.

The file:
  person,account
  discord:100000000000000001:@300000000000000001,ana@contoso.com

Examples:
  legacyauth link import people.csv
  legacyauth link import people.csv --tenant contoso -o json
  legacyauth link remove discord:100000000000000001:@300000000000000001`
}

// maxTable is the longest table that is read, in bytes.
const maxTable = 32 << 20

// Run links them.
func (c *LinkImport) Run(ctx context.Context, env *Env) error {
	settings, err := config.Load(c.Config)
	if err != nil {
		return err
	}
	tenant, err := c.tenant(settings)
	if err != nil {
		return err
	}
	table, err := c.read(env)
	if err != nil {
		return err
	}
	rows, err := linking.Read(table)
	if err != nil {
		return fmt.Errorf("%s: %w; nobody is linked", c.File, err)
	}
	if len(rows) == 0 {
		return fmt.Errorf("%s has no line of a person and an account; nobody is linked", c.File)
	}
	db, err := c.openAs(ctx, env, settings)
	if err != nil {
		return err
	}
	if err := errors.Join(c.link(ctx, db, settings, tenant, rows), db.Close()); err != nil {
		return err
	}
	if c.Output == "json" {
		return printJSON(env.Stdout, map[string]any{"linked": len(rows), "tenant": tenant})
	}
	_, err = fmt.Fprintf(env.Stdout, "linked %d; to see them: legacyauth link list; to undo one: legacyauth link remove PERSON\n", len(rows))
	return err
}

func (c *LinkImport) read(env *Env) ([]byte, error) {
	in := env.Stdin
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return nil, fmt.Errorf("read the table: %w", err)
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	table, err := io.ReadAll(io.LimitReader(in, maxTable+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the table: %w", err)
	case len(table) > maxTable:
		return nil, fmt.Errorf("%s is longer than %d MB; split it", c.File, maxTable>>20)
	}
	return table, nil
}

func (c *LinkImport) tenant(settings config.Config) (string, error) {
	var names []string
	for _, t := range settings.Tenants {
		names = append(names, t.Name)
	}
	if c.Tenant == "" {
		if len(names) == 1 {
			return names[0], nil
		}
		return "", usageError{fmt.Errorf("say whose accounts they are with --tenant: there is %s", strings.Join(names, ", "))}
	}
	i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, c.Tenant) })
	if i < 0 {
		return "", usageError{fmt.Errorf("there is no tenant %s in the configuration: there is %s", c.Tenant, strings.Join(names, ", "))}
	}
	return names[i], nil
}

func (c *LinkImport) link(ctx context.Context, db *storage.DB, settings config.Config, tenant string, rows []linking.Row) error {
	var number int64
	err := db.Read(ctx, func(tx *storage.Tx) error {
		all, err := tx.Tenants()
		for _, t := range all {
			if strings.EqualFold(t.Name, tenant) {
				number = t.ID
			}
		}
		return err
	})
	switch {
	case err != nil:
		return fmt.Errorf("look up the tenant: %w", err)
	case number == 0:
		return fmt.Errorf("nothing is known of tenant %s yet: legacyauth serve scans it", tenant)
	}
	err = linking.Import(ctx, db, rows, number, chat.Person{Platform: chat.Terminal, ID: byHand()}, func(platform, workspace string) bool {
		return slices.Contains(settings.TenantsAt(chat.Place{Platform: platform, Workspace: workspace}), tenant)
	})
	if err != nil {
		return fmt.Errorf("%s: %w; nobody is linked", c.File, err)
	}
	return nil
}
