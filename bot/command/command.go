package command

import (
	"context"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
)

// Command is one thing that people can ask for: either Run, or commands below
// it, of which the first is what the name alone does.
type Command struct {
	Name  string // see chat.Command
	About string // see chat.Command
	// Role is who may ask.
	Role    config.Role
	Options []Option
	// Examples are whole lines without /legacyauth.
	Examples []string
	Commands []Command
	// Unlisted commands stand behind buttons and are not offered.
	Unlisted bool
	// Anywhere is a command that tells nothing of a tenant, and so works where
	// none may be asked about.
	Anywhere bool
	// Changes says that it changes something: it is not run before the database
	// remembers its delivery. What only reads need not wait for that.
	Changes bool
	// Once says that its answer is one too many the second time: a double click on
	// its button gives it once.
	Once bool
	// Run answers within a second; what takes longer goes into Answer.Later. An
	// error that is a *Mistake is shown to the asker.
	Run func(ctx context.Context, c *Call) (chat.Answer, error)
}

// Option is one thing that can be said with a command.
type Option struct {
	chat.Option
	// Named options are typed with their name only: --days 30.
	Named bool
	// Asked is what a form asks for where it is left out, and so is needed where
	// there are no forms. A Switch that is Asked is there for its form alone.
	Asked bool
	// Rest takes every word that no option before it takes.
	Rest bool
	// Takes says whether a word without a name can be this option; nil: any can.
	Takes func(word string) bool
	// Complete gives what a begun word can become, where Completes is set.
	Complete func(ctx context.Context, c *Call, begun string) ([]chat.Choice, error)
}

// Call is a request to one command.
type Call struct {
	chat.Request
	Args Args
	Role config.Role
	// Tenants are the names of those that may be asked about from here.
	Tenants []string
	// Zone is the asker's.
	Zone *time.Location
	// Path is the command's name with those above it, as it is typed.
	Path string
}

// Args are the values of a command's options by their names; a switch that is on
// is "true".
type Args map[string]string

// Has says whether an option was given.
func (a Args) Has(name string) bool { _, ok := a[name]; return ok }

// Words gives the words of an option that takes the rest.
func (a Args) Words(name string) []string { return strings.Fields(a[name]) }

// Mistake is what somebody can put right by asking otherwise.
type Mistake struct{ Words string }

// Error gives the words.
func (m *Mistake) Error() string { return m.Words }

// offered gives a command as platforms list it.
func (c Command) offered() chat.Command {
	o := chat.Command{Name: c.Name, About: c.About}
	for _, option := range c.Options {
		told := option.Option
		told.About = option.about(chat.Place{})
		o.Options = append(o.Options, told)
	}
	for _, below := range c.Commands {
		if !below.Unlisted {
			o.Commands = append(o.Commands, below.offered())
		}
	}
	return o
}
