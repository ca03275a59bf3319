package command

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/playbooks"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// Router answers requests. It is a chat.Handler, a chat.Completer and
// chat.Offering, and is safe for use by several goroutines.
type Router struct {
	bot      *Bot
	commands []Command
	repeats  repeats
	clicks   clicks
}

// New gives a router of the bot's commands and more, which are listed behind
// them; help comes last. One of more whose name stands already adds what is below
// it.
func New(b *Bot, more ...Command) *Router {
	r := &Router{bot: b, commands: b.Commands(), repeats: repeats{db: b.DB, now: b.Now}}
	for _, c := range more {
		if i := slices.IndexFunc(r.commands, func(known Command) bool { return known.Name == c.Name }); i >= 0 {
			r.commands[i].Commands = append(r.commands[i].Commands, c.Commands...)
			continue
		}
		r.commands = append(r.commands, c)
	}
	r.commands = append(r.commands, r.help())
	b.all = r.commands
	return r
}

// Offered gives the commands as platforms list them.
func (r *Router) Offered() []chat.Command {
	var all []chat.Command
	for _, c := range r.commands {
		if !c.Unlisted {
			all = append(all, c.offered())
		}
	}
	return all
}

// Handle answers a request; a repeated one with a zero answer. It returns within
// a second, also while a long transaction holds the database: a command that
// changes something then waits in Answer.Later, and one that only reads goes on.
func (r *Router) Handle(ctx context.Context, req chat.Request) (chat.Answer, error) {
	found := r.find(req)
	claim := storage.NewClaim(r.bot.Now())
	claimed, err := r.repeats.claim(ctx, req, claim, patience)
	switch {
	case errors.Is(err, errBusy) && found.command.Changes:
		return r.waiting(req, claim, found), nil
	case errors.Is(err, errBusy):
		return r.answer(ctx, req, found)
	case err != nil:
		return chat.Answer{}, err
	case !claimed:
		return chat.Answer{}, nil
	}
	return r.answer(ctx, req, found)
}

// waiting gives the answer of a command once the database has taken its
// delivery. It may have done so already, by a commit that took longer than the
// answer could wait: then the claim is known again.
func (r *Router) waiting(req chat.Request, claim storage.Claim, found found) chat.Answer {
	return chat.Answer{
		Card: said("One moment", "The database is busy with a scan; this comes right after."),
		Later: func(ctx context.Context, show func(card.Card)) (chat.Answer, error) {
			claimed, err := r.repeats.claim(ctx, req, claim, 0)
			if err != nil || !claimed {
				return chat.Answer{}, err
			}
			a, err := r.answer(ctx, req, found)
			if err != nil || a.Later == nil {
				return a, err
			}
			show(a.Card)
			return a.Later(ctx, show)
		},
	}
}

// found is the command that a request names: its path as typed, and the words
// behind that.
type found struct {
	command Command
	path    string
	words   []string
	wrong   string // the word that names no command; empty: command is right
	among   []string
}

// find goes down the commands by the words of a request; no words at all ask for
// help.
func (r *Router) find(req chat.Request) found {
	switch {
	case !req.Pressed.IsZero():
		req.Words = append([]string{req.Pressed.Verb}, Split(req.Pressed.Subject)...)
	case len(req.Words) == 0:
		req.Words = []string{"help"}
	}
	list, f := r.commands, found{words: req.Words}
	for len(list) > 0 {
		if len(f.words) == 0 {
			f.command = list[0] // the name alone
			f.path += " " + f.command.Name
			break
		}
		word := strings.ToLower(f.words[0])
		i := slices.IndexFunc(list, func(c Command) bool { return c.Name == word })
		if i < 0 && f.path != "" && list[0].clearly(f.words[0]) {
			f.command = list[0] // the name alone, with what the first takes
			f.path += " " + f.command.Name
			break
		}
		if i < 0 {
			f.wrong, f.among = f.words[0], nil
			for _, c := range list {
				if !c.Unlisted {
					f.among = append(f.among, c.Name)
				}
			}
			break
		}
		f.command, f.words = list[i], f.words[1:]
		f.path += " " + f.command.Name
		list = f.command.Commands
	}
	f.path = strings.TrimSpace(f.path)
	return f
}

func (r *Router) answer(ctx context.Context, req chat.Request, f found) (chat.Answer, error) {
	call := r.call(req, f)
	switch {
	case f.wrong != "":
		return r.unknown(req.In, f), nil
	case !call.Role.May(f.command.Role):
		return r.refused(call, f.command), nil
	case len(call.Tenants) == 0 && !f.command.Anywhere:
		return r.unbound(), nil
	case f.command.Once && r.clicks.again(req, r.bot.Now()):
		return chat.Answer{}, nil
	}
	var err error
	if call.Args, err = f.command.parse(f.words); err == nil {
		var a chat.Answer
		if a, err = f.command.Run(ctx, call); err == nil {
			return a, nil
		}
	}
	var mistake *Mistake
	if errors.As(err, &mistake) && f.command.Unlisted {
		return chat.Answer{Card: said("There is nothing to show", mistake.Words), Outcome: chat.Misasked}, nil
	}
	if errors.As(err, &mistake) {
		return chat.Answer{Card: f.command.usageCard(req.In, f.path, mistake.Words), Outcome: chat.Misasked}, nil
	}
	return chat.Answer{}, err
}

func (r *Router) call(req chat.Request, f found) *Call {
	c := &Call{
		Request: req, Path: f.path, Role: r.bot.Config.Roles.Of(req.From, req.Groups), Zone: time.UTC,
		Tenants: r.bot.Config.TenantsAt(chat.Place{Platform: req.From.Platform, Workspace: req.From.Workspace}),
	}
	if zone, err := time.LoadLocation(req.From.Zone); err == nil && req.From.Zone != "Local" {
		c.Zone = zone
	}
	return c
}

// Complete gives what the last word can become: a command, or a value of one of
// its options. Who may not use the command is offered nothing.
func (r *Router) Complete(ctx context.Context, req chat.Request) ([]chat.Choice, error) {
	if len(req.Words) == 0 {
		return nil, nil
	}
	last := len(req.Words) - 1
	begun := req.Words[last]
	before := req
	before.Words = req.Words[:last]
	f := r.find(before)
	if last == 0 || f.wrong != "" {
		return nil, nil
	}
	call := r.call(req, f)
	if !call.Role.May(f.command.Role) || len(call.Tenants) == 0 && !f.command.Anywhere {
		return nil, nil
	}
	o, ok := f.command.completing(f.words, &begun)
	if !ok {
		return nil, nil
	}
	choices, err := o.Complete(ctx, call, begun)
	return choices[:min(len(choices), chat.MaxChoices)], err
}

// completing gives the option that the last word belongs to: the one it or the
// word before it names, or the first that can be typed without a name.
func (c Command) completing(before []string, begun *string) (Option, bool) {
	name, value, named := strings.Cut(strings.TrimPrefix(*begun, "--"), "=")
	switch {
	case named && strings.HasPrefix(*begun, "--"):
		*begun = value
	case len(before) > 0 && strings.HasPrefix(before[len(before)-1], "--"):
		name = strings.TrimPrefix(before[len(before)-1], "--")
	default:
		i := slices.IndexFunc(c.Options, func(o Option) bool { return o.Complete != nil && !o.Named })
		if i < 0 {
			return Option{}, false
		}
		return c.Options[i], true
	}
	o, ok := c.option(name)
	return o, ok && o.Complete != nil
}

// unknown answers a word that is no command with the nearest one's usage.
func (r *Router) unknown(at chat.Place, f found) chat.Answer {
	words := unknown(f.wrong, "command", nil)
	c := card.Card{Title: plain("There is no such command"), Tone: card.Warning, Fallback: "There is no such command"}
	if near := playbooks.Nearest(f.wrong, f.among); near != "" {
		words = unknown(f.wrong, "command", f.among)
		c.Blocks = append(c.Blocks, para(card.Sentence(words)))
		path := strings.Fields(f.path + " " + near)
		g := r.find(chat.Request{Words: path})
		c.Blocks = append(c.Blocks, g.command.usageBlocks(at, g.path)...)
		return chat.Answer{Card: c, Outcome: chat.Misasked}
	}
	c.Blocks = append(c.Blocks, para(card.Sentence(words)), para(card.Text("There are: "), card.Text(listed(f.among)+".")),
		para(card.Text("To read about one: "), typed("help COMMAND")))
	return chat.Answer{Card: c, Outcome: chat.Misasked}
}

// refused says that a command is not for the asker, whom to ask, and the id to
// put on the list.
func (r *Router) refused(call *Call, c Command) chat.Answer {
	out := card.Card{Title: plain("This is not for everyone"), Tone: card.Warning, Fallback: "This command is not for everyone"}
	lists := "roles: admin"
	if c.Role != config.Admin {
		lists = "roles: admin or helpdesk"
	}
	out.Blocks = append(out.Blocks,
		para(card.Key(call.Path), card.Text(" is for people who are listed in the bot's configuration under "+lists+".")),
		para(card.Text("Your id: "), card.Key(card.Clean(call.From.Who()))))
	out.Blocks = append(out.Blocks, r.bot.groupsUntold(call)...)
	if contact := r.bot.Config.Contact; contact != "" {
		out.Blocks = append(out.Blocks, para(card.Text("Ask: "), card.Value(contact)))
	} else {
		out.Blocks = append(out.Blocks, para(card.Text("Ask whoever runs this bot to put your id there.")))
	}
	return chat.Answer{Card: out, Outcome: chat.Denied}
}

// unbound says that no tenant may be asked about from here.
func (r *Router) unbound() chat.Answer {
	c := said("Nothing can be asked about from here", "This workspace is bound to no tenant in the bot's configuration.")
	if contact := r.bot.Config.Contact; contact != "" {
		c.Blocks = append(c.Blocks, para(card.Text("Ask: "), card.Value(contact)))
	}
	return chat.Answer{Card: c, Outcome: chat.Denied}
}
