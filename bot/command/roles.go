package command

import (
	"context"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/playbooks/card"
)

// roles shows the asker's own role and id, and to admins who may do what.
func (b *Bot) roles() Command {
	return Command{
		Name: "roles", About: "Your id and role; for admins, who may do what", Role: config.Everyone, Anywhere: true,
		Examples: []string{"roles"},
		Run:      b.runRoles,
	}
}

func (b *Bot) runRoles(_ context.Context, c *Call) (chat.Answer, error) {
	out := card.Card{Title: plain("Roles"), Tone: card.Info, Fallback: "Roles"}
	var facts pairs
	facts.add("Your id", c.From.Who())
	for _, g := range c.Groups {
		facts.add("Your group", config.Group(c.From, g))
	}
	facts.add("Your role", string(c.Role))
	out.Blocks = append(out.Blocks, facts.block()...)
	out.Blocks = append(out.Blocks, b.groupsUntold(c)...)
	if c.Role.May(config.Admin) {
		out.Blocks = append(out.Blocks, b.RolesBlocks()...)
	} else {
		out.Blocks = append(out.Blocks, b.contact()...)
	}
	return chat.Answer{Card: out}, nil
}

// groupsUntold says that roles of groups count for nothing here; nothing where none
// has one, or the platform tells who is in which.
func (b *Bot) groupsUntold(c *Call) []card.Block {
	if c.Groups != nil || !b.Config.Roles.ByGroup(c.From.Platform, c.From.Workspace) {
		return nil
	}
	return []card.Block{para(card.Text("Groups have roles too, but I am not told here who is in which group, so that only people who are named have one. Whoever runs this bot finds out with "),
		card.Key("legacyauth doctor"), card.Text(" what that needs."))}
}

// RolesBlocks say who has which role and which commands each may use.
func (b *Bot) RolesBlocks() []card.Block {
	roles, commands := b.Config.Roles, b.all
	var blocks []card.Block
	for _, r := range []struct {
		role config.Role
		list []string
	}{{config.Admin, roles.Admin}, {config.Helpdesk, roles.Helpdesk}, {config.Everyone, nil}} {
		var names []string
		for _, c := range commands {
			if c.Role == r.role && !c.Unlisted {
				names = append(names, c.Name)
			}
		}
		blocks = append(blocks, heading(string(r.role)))
		switch {
		case r.role == config.Everyone:
			blocks = append(blocks, para(card.Text("Everyone who can write to the bot.")))
		case len(r.list) == 0:
			blocks = append(blocks, para(card.Text("Nobody: the list in the configuration is empty.")))
		default:
			blocks = append(blocks, bullets(r.list...))
		}
		may := "May use: "
		if r.role != config.Everyone {
			may = "May use besides: "
		}
		blocks = append(blocks, para(card.Text(may+listed(names)+".")))
	}
	return blocks
}
