package command

import (
	"context"
	"fmt"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/playbooks"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// playbook shows the steps for one kind of device, with the files that come with
// them, or lists all.
func (b *Bot) playbook() Command {
	return Command{
		Name: "playbook", About: "The steps for one kind of device, with their files", Role: config.Everyone, Anywhere: true,
		Options: []Option{{
			Option: chat.Option{Name: "id", About: "The playbook; all are listed if left out", Completes: true},
			Complete: func(_ context.Context, _ *Call, begun string) ([]chat.Choice, error) {
				var ids []string
				for _, p := range b.Library.All() {
					ids = append(ids, p.ID)
				}
				return beginning(ids, begun), nil
			},
		}},
		Examples: []string{"playbook", "playbook printer-smtp"},
		Run:      b.runPlaybook,
	}
}

func (b *Bot) runPlaybook(_ context.Context, c *Call) (chat.Answer, error) {
	id, given := c.Args["id"]
	if !given {
		out := card.Card{Title: plain("Playbooks"), Tone: card.Info, Fallback: "The playbooks"}
		var facts []card.Fact
		for _, p := range b.Library.All() {
			facts = append(facts, card.Fact{Name: p.ID, Value: plain(p.Title)})
		}
		out.Blocks = append(out.Blocks, card.Facts{Pairs: facts}, para(card.Text("To read one: "), typed("playbook ID")))
		return chat.Answer{Card: out}, nil
	}
	p, ok := b.Library.ByID(id)
	if !ok {
		words := quoted(id) + " is no playbook; playbook alone lists them."
		if near, found := b.Library.Nearest(id); found {
			words = quoted(id) + " is no playbook; did you mean " + near + "?"
		}
		return chat.Answer{}, &Mistake{words}
	}
	return b.playbookAnswer(p, nil)
}

// playbookAnswer shows a playbook, for a client or by itself, with its files.
func (b *Bot) playbookAnswer(p *playbooks.Playbook, k *storage.Client) (chat.Answer, error) {
	facts := playbooks.Facts{Today: b.Now(), Contact: b.Config.Contact}
	if k != nil {
		facts.Client = &k.Client
	}
	a := chat.Answer{Card: p.Card(facts)}
	for _, f := range p.Files {
		data, err := p.File(f.Name, facts)
		if err != nil {
			return chat.Answer{}, fmt.Errorf("fill in the file %s: %w", f.Name, err)
		}
		a.Files = append(a.Files, chat.File{Name: f.Name, Data: data})
	}
	a.Files = append(a.Files, script(p, facts)...)
	return a, nil
}

// script gives the commands of a playbook as a file; nothing where it has none.
func script(p *playbooks.Playbook, facts playbooks.Facts) []chat.File {
	f, ok := p.Script(facts)
	if !ok {
		return nil
	}
	return []chat.File{{Name: f.Name, Data: f.Data()}}
}

// steps shows what to do about one client to its user, to whoever answers for it
// and to those who may see everybody's.
func (b *Bot) steps() Command {
	return Command{
		Name: "steps", About: "The steps for one client", Role: config.Everyone, Unlisted: true,
		Options: []Option{b.clientOption()},
		Run: func(ctx context.Context, c *Call) (chat.Answer, error) {
			k, err := b.allowed(ctx, c)
			if err != nil {
				return chat.Answer{}, err
			}
			return b.playbookAnswer(b.stepsOf(c, k), k)
		},
	}
}

// unnamedPlaybook is for people whose client nothing names, for which there are only
// an admin's steps.
const unnamedPlaybook = "find-the-device"

// stepsOf gives what the asker is to do about a client: what their direct message
// says, too.
func (b *Bot) stepsOf(c *Call, k *storage.Client) *playbooks.Playbook {
	found := b.Library.For(k.Client)
	if found.For == playbooks.Person || k.Owner != "" || c.Role.May(config.Helpdesk) {
		return found
	}
	if general, ok := b.Library.ByID(unnamedPlaybook); ok {
		return general
	}
	return found
}

// allowed finds the client of a call if the asker may see it. That there is one
// which they may not see is not told.
func (b *Bot) allowed(ctx context.Context, c *Call) (*storage.Client, error) {
	key := c.Args["client"]
	var k *storage.Client
	err := b.DB.Read(ctx, func(tx *storage.Tx) (err error) {
		if k, err = b.one(tx, c, key); err != nil || c.Role.May(config.Helpdesk) {
			return err
		}
		is, err := b.mine(tx, c, k)
		if err == nil && !is {
			err = errNoClient
		}
		return err
	})
	return k, missing(key, err)
}

// copyCommands shows the commands of a client's playbook alone, to copy.
func (b *Bot) copyCommands() Command {
	return Command{
		Name: "commands", About: "The commands for one client, to copy", Role: config.Helpdesk, Unlisted: true,
		Options: []Option{b.clientOption()},
		Run: func(ctx context.Context, c *Call) (chat.Answer, error) {
			k, err := b.allowed(ctx, c)
			if err != nil {
				return chat.Answer{}, err
			}
			p := b.Library.For(k.Client)
			facts := playbooks.Facts{Client: &k.Client, Today: b.Now(), Contact: b.Config.Contact}
			whole := p.Card(facts)
			out := card.Card{Title: append(plain("Commands: "), whole.Title...), Tone: card.Info, Fallback: "Commands to copy"}
			part := ""
			for _, block := range whole.Blocks {
				if h, ok := block.(card.Heading); ok {
					part = card.Plainly(h.Text)
				}
				if part == "Commands" || part == "Rollback" {
					out.Blocks = append(out.Blocks, block)
				}
			}
			if len(out.Blocks) == 0 {
				out.Blocks = append(out.Blocks, para(card.Text("This playbook has steps and no commands.")))
			}
			out.Actions = []card.Action{about("Show the steps", "steps", k)}
			return chat.Answer{Card: out, Files: script(p, facts)}, nil
		},
	}
}
