package chat

import (
	"fmt"
	"strings"
)

// Offering is a Handler that says which commands it has, for platforms that list
// them. Everybody is offered all of them: what a person may do is found out when
// they do it.
type Offering interface {
	Offered() []Command
}

// Command is a command as a platform offers it: a name after /legacyauth, and
// either options or commands below it.
type Command struct {
	Name     string // lower-case letters, digits and hyphens
	About    string // one line without a full stop, at most MaxAbout characters
	Options  []Option
	Commands []Command
}

// Option is one thing that can be said with a command.
type Option struct {
	Name     string
	About    string // as that of Command
	Required bool
	// Switch is an option without a value: it is there or not.
	Switch bool
	// Choices are all values there are; none: any text.
	Choices []Choice
	// Completes says that a Completer has choices for it.
	Completes bool
}

// MaxAbout is the longest description of a command or an option
// (https://discord.com/developers/docs/interactions/application-commands, 100;
// read 2026-11-29).
const MaxAbout = 100

// Typed gives the words that say the command, as Request.Words holds them. path
// is the command's name and those below it, and values are by the names of its
// options; an option without a value is left out, and a switch is on where its
// value is "true".
func (c Command) Typed(path []string, values map[string]string) []string {
	words := append([]string(nil), path...)
	for _, o := range c.Options {
		switch value := values[o.Name]; {
		case o.Switch && value == "true":
			words = append(words, "--"+o.Name)
		case !o.Switch && value != "":
			words = append(words, "--"+o.Name+"="+value)
		}
	}
	return words
}

// Check says which limit a command breaks.
func (c Command) Check() error {
	switch n := len([]rune(c.About)); {
	case !isName(c.Name) || len(c.Name) > 32:
		return fmt.Errorf("command %q is not up to 32 lower-case letters, digits and hyphens", c.Name)
	case n == 0 || n > MaxAbout || strings.HasSuffix(c.About, "."):
		return fmt.Errorf("command %s: %q is no line of 1 to %d characters without a full stop", c.Name, c.About, MaxAbout)
	case len(c.Options) > 0 && len(c.Commands) > 0:
		return fmt.Errorf("command %s has both options and commands", c.Name)
	case len(c.Options) > MaxChoices || len(c.Commands) > MaxChoices:
		return fmt.Errorf("command %s has more than %d options or commands", c.Name, MaxChoices)
	}
	for i, o := range c.Options {
		switch n := len([]rune(o.About)); {
		case !isName(o.Name) || len(o.Name) > 32:
			return fmt.Errorf("command %s: option %q is not up to 32 lower-case letters, digits and hyphens", c.Name, o.Name)
		case n == 0 || n > MaxAbout || strings.HasSuffix(o.About, "."):
			return fmt.Errorf("command %s: option %s: %q is no line of 1 to %d characters without a full stop", c.Name, o.Name, o.About, MaxAbout)
		case len(o.Choices) > MaxChoices:
			return fmt.Errorf("command %s: option %s has %d choices, at most %d", c.Name, o.Name, len(o.Choices), MaxChoices)
		case o.Required && i > 0 && !c.Options[i-1].Required:
			return fmt.Errorf("command %s: option %s is required and stands behind one that is not", c.Name, o.Name)
		}
	}
	for _, below := range c.Commands {
		if err := below.Check(); err != nil {
			return fmt.Errorf("%s: %w", c.Name, err)
		}
	}
	return nil
}
