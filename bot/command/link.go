package command

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/detect/migration"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// link says which account a person here has.
func (b *Bot) link() Command {
	return Command{
		Name: "link", About: "Which account somebody here has", Role: config.Admin,
		Commands: []Command{b.linkList(), b.linkAdd(), b.linkRemove()},
	}
}

var personOption = Option{Option: chat.Option{Name: "person", About: "Somebody here: @name, or their id as roles shows it", Required: true}}

func (b *Bot) linkList() Command {
	return Command{
		Name: "list", About: "List who is linked to which account", Role: config.Admin,
		Options:  []Option{{Option: chat.Option{Name: "page", About: "The page to show"}}},
		Examples: []string{"link list"},
		Run:      b.runLinkList,
	}
}

func (b *Bot) linkAdd() Command {
	return Command{
		Name: "add", About: "Link somebody here to an account", Role: config.Admin, Changes: true,
		Options: []Option{
			personOption,
			{Option: chat.Option{Name: "account", About: "The account's sign-in name", Required: true, Completes: true}, Complete: b.completeUser},
			named(tenantOption()),
		},
		Examples: []string{"link add @ana ana@contoso.com", "link add slack:T0123:@U0456 ana@contoso.com"},
		Run:      b.runLinkAdd,
	}
}

func (b *Bot) linkRemove() Command {
	return Command{
		Name: "remove", About: "Undo somebody's link", Role: config.Admin, Changes: true,
		Options:  []Option{personOption},
		Examples: []string{"link remove @ana", "link remove slack:T0123:@U0456"},
		Run:      b.runLinkRemove,
	}
}

func (b *Bot) runLinkList(ctx context.Context, c *Call) (chat.Answer, error) {
	at, err := strconv.Atoi(cmp.Or(c.Args["page"], "1"))
	if err != nil || at < 1 || at > 1e6 {
		return chat.Answer{}, &Mistake{quoted(c.Args["page"]) + " is no number of a page."}
	}
	var list []storage.Link
	total := 0
	err = b.DB.Read(ctx, func(tx *storage.Tx) error {
		numbers, err := b.numbers(tx, c.Tenants)
		if err != nil {
			return err
		}
		list, total, err = tx.Links(valuesOf(numbers), page, (at-1)*page)
		return err
	})
	if err != nil {
		return chat.Answer{}, fmt.Errorf("list links: %w", err)
	}
	out := card.Card{Title: plain("Who is linked to which account"), Tone: card.Info, Fallback: "Who is linked"}
	if total == 0 {
		out.Blocks = append(out.Blocks, para(card.Text("Nobody. People are found by their work address where the platform tells it.")))
	} else if len(list) > 0 {
		out.Blocks = append(out.Blocks, para(card.Bold(fmt.Sprintf("%s\u2013%s of %s", number((at-1)*page+1), number((at-1)*page+len(list)), number(total)))))
	}
	for _, l := range list {
		p := chat.Person{Platform: l.Platform, Workspace: l.Workspace, ID: l.Person}
		out.Blocks = append(out.Blocks, card.Entry{
			Text: []card.Span{card.Key(card.Clean(p.Who())), card.Text(" is "), strong(cmp.Or(l.UserName, l.UserID))},
			Note: []card.Span{card.Sentence(linkedBy(l) + ", " + c.day(l.At))},
			Menu: carried(button("Undo", "link", "remove", p.Who())),
		})
	}
	if at > 1 {
		out.Actions = append(out.Actions, button("Back", "link", "list", strconv.Itoa(at-1)))
	}
	if at*page < total {
		out.Actions = append(out.Actions, button("Next", "link", "list", strconv.Itoa(at+1)))
	}
	return chat.Answer{Card: out, Edit: c.Message != "" && c.Pressed.Verb == "link"}, nil
}

// linkedBy says who linked somebody, and how.
func linkedBy(l storage.Link) string {
	by := "by the admin " + card.Clean(strings.TrimPrefix(l.By, string(config.Admin)+":"))
	if l.By == "" || migration.IsCLI(l.By) {
		by = "by an admin at the command line"
	}
	switch l.How {
	case "self":
		return "with a code, confirmed " + by
	case "table":
		return "from a table, " + by
	}
	return by
}

func (b *Bot) runLinkAdd(ctx context.Context, c *Call) (chat.Answer, error) {
	p, err := c.person()
	if err != nil {
		return chat.Answer{}, err
	}
	tenant, err := c.tenant()
	if err != nil {
		return chat.Answer{}, err
	}
	name := strings.ToLower(c.Args["account"])
	if local, domain, ok := strings.Cut(name, "@"); !ok || local == "" || domain == "" || card.Clean(name) != name || len(name) > 254 {
		return chat.Answer{}, &Mistake{quoted(name) + " is no sign-in name; it looks like ana@contoso.com."}
	}
	if p.Same(c.From) {
		return chat.Answer{Card: said("This is yourself", "Nobody links themselves as an admin: ask another admin."), Outcome: chat.Denied}, nil
	}
	l := storage.Link{Platform: p.Platform, Workspace: p.Workspace, Person: p.ID, UserName: name, How: "admin", By: c.by()}
	known := 0
	err = b.DB.Write(ctx, func(tx *storage.Tx) error {
		numbers, err := b.numbers(tx, []string{tenant})
		if err != nil {
			return err
		}
		if numbers[tenant] == 0 {
			return &Mistake{"Nothing is known of " + tenant + " yet: scan it first."}
		}
		l.Tenant = numbers[tenant]
		list, _, err := tx.Clients(l.Tenant, storage.ClientFilter{User: name})
		if err != nil {
			return err
		}
		known = len(list)
		if known > 0 {
			l.UserID = list[0].User.ID
		}
		if err := tx.SaveLink(l); err != nil {
			return err
		}
		return tx.Record(storage.Entry{Tenant: l.Tenant, By: l.By, What: "link.added", Subject: p.Who(), Detail: map[string]string{"account": name}})
	})
	if err != nil {
		return chat.Answer{}, fmt.Errorf("link a person: %w", err)
	}
	out := said("Linked", "")
	out.Tone = card.Success
	var facts pairs
	facts.add("Person", p.Who())
	facts.add("Account", name)
	facts.add("Its clients", number(known))
	out.Blocks = append(facts.block(), para(card.Text("To undo it: "), typed("link remove "+card.Clean(p.Who()))))
	return chat.Answer{Card: out}, nil
}

func (b *Bot) runLinkRemove(ctx context.Context, c *Call) (chat.Answer, error) {
	p, err := c.person()
	if err != nil {
		return chat.Answer{}, err
	}
	there := false
	err = b.DB.Write(ctx, func(tx *storage.Tx) error {
		if there, err = tx.Unlink(p.Platform, p.Workspace, p.ID); err != nil || !there {
			return err
		}
		return tx.Record(storage.Entry{By: c.by(), What: "link.removed", Subject: p.Who()})
	})
	if err != nil {
		return chat.Answer{}, fmt.Errorf("undo a link: %w", err)
	}
	a := chat.Answer{Card: said("The link is undone", "")}
	if !there {
		a = chat.Answer{Card: said("There was no link", ""), Outcome: chat.Misasked}
	}
	a.Card.Blocks = append(a.Card.Blocks, para(card.Key(card.Clean(p.Who())), card.Text(" is linked to no account.")))
	return a, nil
}

// person is whom the call is about.
func (c *Call) person() (chat.Person, error) {
	p, ok := c.personNamed(c.Args["person"])
	if !ok {
		return p, &Mistake{quoted(c.Args["person"]) + " is nobody that can be found here; write @name so that the platform completes it, or the id that roles shows to them."}
	}
	return p, nil
}
