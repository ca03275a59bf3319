package command

import (
	"context"
	"fmt"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// user lists one person's clients.
func (b *Bot) user() Command {
	return Command{
		Name: "user", About: "One person's clients and how they stand", Role: config.Helpdesk,
		Options: []Option{{
			Option: chat.Option{Name: "name", About: "The user's sign-in name, or how it begins", Required: true, Completes: true}, Rest: true,
			Complete: b.completeUser,
		}},
		Examples: []string{"user ana@contoso.com", "user ana"},
		Run:      b.runUser,
	}
}

// mostOfUser is how many clients of one person are shown.
const mostOfUser = 20

func (b *Bot) runUser(ctx context.Context, c *Call) (chat.Answer, error) {
	name := c.Args["name"]
	var list []storage.Client
	err := b.DB.Read(ctx, func(tx *storage.Tx) error {
		numbers, err := b.numbers(tx, c.Tenants)
		if err != nil || len(numbers) == 0 {
			return err
		}
		if list, _, err = tx.Clients(0, storage.ClientFilter{Tenants: valuesOf(numbers), User: name}); err != nil || len(list) > 0 {
			return err
		}
		list, err = tx.ClientsBeginning(valuesOf(numbers), name, 100)
		return err
	})
	if err != nil {
		return chat.Answer{}, fmt.Errorf("find a user's clients: %w", err)
	}
	users := usersOf(list)
	outcome := chat.Answered
	out := card.Card{Title: plain("One person's clients"), Tone: card.Info, Fallback: "One person's clients"}
	switch {
	case len(users) == 0:
		outcome = chat.Misasked
		out.Blocks = append(out.Blocks, para(card.Text("No client of a user whose name begins with "), card.Value(name), card.Text(" among what was read.")))
	case len(users) > 1:
		out.Title = plain("Several people are meant")
		for _, u := range users[:min(len(users), mostOfUser)] {
			e := card.Entry{Text: []card.Span{card.Value(u)}, Menu: carried(button("Show", "user", u))}
			out.Blocks = append(out.Blocks, e)
		}
		return chat.Answer{Card: out}, nil
	default:
		out.Title = append(plain("Clients of "), card.Value(users[0]))
		for i := range list[:min(len(list), mostOfUser)] {
			out.Blocks = append(out.Blocks, b.entry(c, &list[i], len(c.Tenants) > 1))
		}
		if n := len(list) - mostOfUser; n > 0 {
			out.Blocks = append(out.Blocks, para(card.Text("and "+number(n)+" more.")))
		}
	}
	lines, err := b.coverageLines(ctx, c.Tenants)
	if err != nil {
		return chat.Answer{}, err
	}
	out.Blocks = append(out.Blocks, lines...)
	return chat.Answer{Card: out, Outcome: outcome}, nil
}

// usersOf gives the different users of clients, in their order.
func usersOf(list []storage.Client) []string {
	var users []string
	seen := map[string]bool{}
	for _, k := range list {
		if name := who(k.User); !seen[name] {
			seen[name] = true
			users = append(users, name)
		}
	}
	return users
}

func (b *Bot) completeUser(ctx context.Context, c *Call, begun string) ([]chat.Choice, error) {
	list, err := b.beginning(ctx, c, begun)
	var choices []chat.Choice
	for _, u := range usersOf(list) {
		choices = append(choices, chat.Choice{Label: card.Clean(u), Value: u})
	}
	return choices, err
}
