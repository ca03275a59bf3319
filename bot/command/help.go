package command

import (
	"context"
	"slices"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/playbooks/card"
)

// help lists the commands that the asker may use, or says all about one.
func (r *Router) help() Command {
	return Command{
		Name: "help", About: "What this bot can do, or how one command is typed",
		Role: config.Everyone, Anywhere: true,
		Options: []Option{
			{Option: chat.Option{Name: "command", About: "The command to read about", Completes: true}, Rest: true, Complete: r.completeCommand},
		},
		Examples: []string{"help", "help alerts here"},
		Run:      r.runHelp,
	}
}

func (r *Router) runHelp(_ context.Context, c *Call) (chat.Answer, error) {
	if words := c.Args.Words("command"); len(words) > 0 {
		f := r.find(chat.Request{Words: words})
		if f.wrong != "" {
			return r.unknown(c.In, f), nil
		}
		if group, ok := r.group(words); ok {
			return chat.Answer{Card: group.usageCard(c.In, strings.ToLower(strings.Join(words, " ")), "")}, nil
		}
		return chat.Answer{Card: f.command.usageCard(c.In, f.path, "")}, nil
	}
	out := card.Card{Title: plain("What you can ask"), Tone: card.Info, Fallback: "What you can ask legacyauth"}
	var facts []card.Fact
	for _, command := range r.commands {
		if !command.Unlisted && c.Role.May(command.Role) {
			facts = append(facts, card.Fact{Name: command.Name, Value: plain(command.About)})
		}
	}
	out.Blocks = append(out.Blocks, card.Facts{Pairs: facts},
		para(card.Text("How one is typed: "), typed("help COMMAND")))
	if !c.Role.May(config.Admin) {
		out.Blocks = append(out.Blocks, para(card.Text("There is more for people with a role: "), typed("roles"), card.Text(" shows yours.")))
	}
	return chat.Answer{Card: out}, nil
}

func (r *Router) completeCommand(_ context.Context, c *Call, begun string) ([]chat.Choice, error) {
	var names []string
	for _, command := range r.commands {
		if !command.Unlisted && c.Role.May(command.Role) {
			names = append(names, command.Name)
		}
	}
	return beginning(names, begun), nil
}

// group gives the command that the words name in full, where others are below it.
func (r *Router) group(words []string) (Command, bool) {
	var found Command
	list := r.commands
	for _, word := range words {
		i := slices.IndexFunc(list, func(c Command) bool { return c.Name == strings.ToLower(word) })
		if i < 0 {
			return Command{}, false
		}
		found, list = list[i], list[i].Commands
	}
	return found, len(found.Commands) > 0
}

// beginning gives the words that begin with what was typed as choices, sorted.
func beginning(words []string, begun string) []chat.Choice {
	var choices []chat.Choice
	words = slices.Sorted(slices.Values(words))
	for _, w := range words {
		if begins(w, begun) {
			choices = append(choices, chat.Choice{Label: card.Clean(w), Value: w})
		}
	}
	return choices
}
