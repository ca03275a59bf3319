package command

import (
	"fmt"
	"slices"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks"
	"legacyauth/playbooks/card"
)

// parse reads the words after a command's name into its options. The error is a
// *Mistake that says which word is wrong.
func (c Command) parse(words []string) (Args, error) {
	args := Args{}
	var rest []string
	for words = chat.Flags(words); len(words) > 0; {
		word := words[0]
		name, isName := strings.CutPrefix(word, "--")
		o, known := c.option(strings.ToLower(name))
		switch {
		case isName && known:
			n, err := args.named(o, words)
			if err != nil {
				return nil, err
			}
			words = words[n:]
			continue
		case isName && !c.takesAll():
			return nil, &Mistake{unknown(word, "option of "+c.Name, c.optionNames())}
		}
		if o, ok := c.unfilled(args, word); ok {
			args[o.Name] = word
		} else if c.takesAll() {
			rest = append(rest, word)
		} else {
			return nil, &Mistake{c.tooMuch(word)}
		}
		words = words[1:]
	}
	for _, o := range c.Options {
		if o.Rest && len(rest) > 0 {
			args[o.Name] = strings.TrimSpace(args[o.Name] + " " + strings.Join(rest, " "))
		}
	}
	return args, c.check(args)
}

// named reads an option by its name and says how many words it took.
func (a Args) named(o Option, words []string) (int, error) {
	switch {
	case a.Has(o.Name):
		return 0, &Mistake{fmt.Sprintf("--%s is there twice; keep one.", o.Name)}
	case o.Switch:
		a[o.Name] = "true"
		return 1, nil
	case len(words) < 2 || words[1] == "":
		return 0, &Mistake{fmt.Sprintf("--%s needs a value behind it.", o.Name)}
	}
	a[o.Name] = words[1]
	return 2, nil
}

// unfilled gives the first option that a word without a name can be.
func (c Command) unfilled(args Args, word string) (Option, bool) {
	for _, o := range c.Options {
		if !o.Named && !o.Rest && !o.Switch && !args.Has(o.Name) && (o.Takes == nil || o.Takes(word)) {
			return o, true
		}
	}
	return Option{}, false
}

// clearly says whether a word can only be one of the command's options: it names
// one, or is one that says what it takes.
func (c Command) clearly(word string) bool {
	if name, isName := strings.CutPrefix(word, "--"); isName {
		name, _, _ = strings.Cut(name, "=")
		_, known := c.option(strings.ToLower(name))
		return known
	}
	o, ok := c.unfilled(Args{}, word)
	return ok && o.Takes != nil
}

func (c Command) takesAll() bool {
	return slices.ContainsFunc(c.Options, func(o Option) bool { return o.Rest })
}

func (c Command) option(name string) (Option, bool) {
	i := slices.IndexFunc(c.Options, func(o Option) bool { return o.Name == name })
	if i < 0 {
		return Option{}, false
	}
	return c.Options[i], true
}

func (c Command) optionNames() []string {
	var names []string
	for _, o := range c.Options {
		names = append(names, "--"+o.Name)
	}
	return names
}

func (c Command) tooMuch(word string) string {
	if len(c.Options) == 0 {
		return fmt.Sprintf("%s takes nothing behind it, but there is %q.", c.Name, card.Clean(word))
	}
	var choices []string
	for _, o := range c.Options {
		for _, choice := range o.Choices {
			choices = append(choices, choice.Value)
		}
	}
	if len(choices) > 0 {
		return unknown(word, "word for "+c.Name, choices)
	}
	words := fmt.Sprintf("There is no place for %q in %s", card.Clean(word), c.Name)
	var named []string
	for _, o := range c.Options {
		switch {
		case o.Named && o.Switch:
			named = append(named, "--"+o.Name)
		case o.Named:
			named = append(named, "--"+o.Name+" "+strings.ToUpper(o.Name))
		}
	}
	if len(named) == 0 {
		return words + "."
	}
	return words + "; what has a name is written with it: " + strings.Join(named, ", ") + "."
}

// check finds options that are missing, and values that are none of an option's
// choices.
func (c Command) check(args Args) error {
	for _, o := range c.Options {
		value, given := args[o.Name]
		switch {
		case o.Required && !given:
			return &Mistake{fmt.Sprintf("%s needs %s: %s.", c.Name, strings.ToUpper(o.Name), lower(o.About))}
		case given && len(o.Choices) > 0 && !o.Rest:
			var values []string
			for _, choice := range o.Choices {
				values = append(values, choice.Value)
			}
			i := slices.IndexFunc(values, func(v string) bool { return strings.EqualFold(v, value) })
			if i < 0 {
				return &Mistake{unknown(value, o.Name, values)}
			}
			args[o.Name] = values[i]
		}
	}
	return nil
}

// unknown says that a word is none of a list, and which was most likely meant.
func unknown(word, what string, list []string) string {
	words := fmt.Sprintf("%q is no %s", card.Clean(word), what)
	if near := playbooks.Nearest(word, list); near != "" {
		return words + "; did you mean " + near + "?"
	}
	if len(list) == 0 {
		return words + "."
	}
	return words + "; use one of " + strings.Join(list, ", ") + "."
}

func lower(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
