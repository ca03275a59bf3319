package command

import (
	"slices"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/bot/news"
	"legacyauth/playbooks/card"
)

// formless says that a place shows no forms, so that what they ask for has to be
// typed there.
func formless(at chat.Place) bool { return at.Platform == chat.Terminal }

// usage gives the command as it is typed at a place, after /legacyauth.
func (c Command) usage(at chat.Place, path string) string {
	words := []string{path}
	for _, o := range c.shown(at) {
		word := strings.ToUpper(o.Name)
		if len(o.Choices) > 0 && len(o.Choices) <= 4 {
			var values []string
			for _, choice := range o.Choices {
				values = append(values, choice.Value)
			}
			word = strings.Join(values, "|")
		}
		switch {
		case o.Switch:
			word = "--" + o.Name
		case o.Named:
			word = "--" + o.Name + " " + word
		case o.Rest:
			word += "…"
		}
		if !o.Required && (!o.Asked || !formless(at)) {
			word = "[" + word + "]"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// shown gives the options that mean something at a place.
func (c Command) shown(at chat.Place) []Option {
	return slices.DeleteFunc(slices.Clone(c.Options), func(o Option) bool { return o.Asked && o.Switch && formless(at) })
}

// about says what an option is, and who asks for it.
func (o Option) about(at chat.Place) string {
	if o.Asked && !o.Switch && !formless(at) {
		return o.About + "; a form asks for it if left out"
	}
	return o.About
}

// examples gives the examples that are answered at a place.
func (c Command) examples(at chat.Place, path string) []string {
	if !formless(at) {
		return c.Examples
	}
	return slices.DeleteFunc(slices.Clone(c.Examples), func(line string) bool {
		words := Split(line)
		args, err := c.parse(words[min(len(words), len(strings.Fields(path))):])
		return err == nil && slices.ContainsFunc(c.Options, func(o Option) bool { return o.Asked && !o.Switch && !args.Has(o.Name) }) ||
			slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, "@") }) // completed by a platform alone
	})
}

// usageCard says how a command is typed at a place; wrong, if not empty, is what
// was wrong with how it was.
func (c Command) usageCard(at chat.Place, path, wrong string) card.Card {
	out := card.Card{Title: []card.Span{card.Text("How to type "), card.Key(path)}, Tone: card.Info, Fallback: "How to type " + path}
	if wrong != "" {
		out.Tone = card.Warning
		out.Blocks = append(out.Blocks, para(card.Sentence(wrong)))
	}
	out.Blocks = append(out.Blocks, c.usageBlocks(at, path)...)
	return out
}

func (c Command) usageBlocks(at chat.Place, path string) []card.Block {
	blocks := []card.Block{para(card.Text(c.About + "."))}
	if len(c.Commands) > 0 {
		var list card.List
		for _, below := range c.Commands {
			if !below.Unlisted {
				list.Items = append(list.Items, []card.Block{para(typed(below.usage(at, path+" "+below.Name)), card.Text(": "+lower(below.About)))})
			}
		}
		return append(blocks, list)
	}
	blocks = append(blocks, card.Code{Text: news.Command + " " + c.usage(at, path)})
	var facts []card.Fact
	for _, o := range c.shown(at) {
		facts = append(facts, card.Fact{Name: o.Name, Value: plain(o.about(at))})
	}
	if len(facts) > 0 {
		blocks = append(blocks, card.Facts{Pairs: facts})
	}
	if examples := c.examples(at, path); len(examples) > 0 {
		text := ""
		for _, e := range examples {
			text += news.Command + " " + e + "\n"
		}
		blocks = append(blocks, para(card.Text("For example:")), card.Code{Text: text})
	}
	switch c.Role {
	case config.Admin, config.Helpdesk:
		blocks = append(blocks, para(card.Text("For people with the role "+string(c.Role)+roleAbove(c.Role)+".")))
	}
	return blocks
}

func roleAbove(r config.Role) string {
	if r == config.Helpdesk {
		return " or " + string(config.Admin)
	}
	return ""
}
