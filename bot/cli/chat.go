package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/command"
	"legacyauth/bot/config"
	"legacyauth/bot/jobs"
	"legacyauth/bot/serve"
	"legacyauth/storage"
)

// Chat answers at the terminal what the bot answers in chat.
type Chat struct {
	DatabaseFlags
	Sample    bool     `help:"Ask about the sample tenant, in a database that is thrown away."`
	As        string   `placeholder:"PERSON" help:"Ask as this person, with their roles: slack:T0123:@U0456, or a work address. Default: whoever sits here, who may do everything."`
	Files     string   `type:"existingdir" placeholder:"DIR" help:"Write the files that come with answers into this folder. Without it they are only listed."`
	Playbooks string   `type:"existingdir" placeholder:"DIR" help:"Lay your own playbooks over the built-in ones."`
	Words     []string `arg:"" optional:"" passthrough:"" help:"One command to answer; without it lines are read from standard input."`
}

// Help is the long help of the command.
func (Chat) Help() string {
	return `Reads lines as they are typed in chat, with or without /legacyauth before them, and answers each as the bot does there. A number presses the button of that number in the last answer. The clients are those that legacyauth serve keeps. What stands before the command is for legacyauth chat, what stands behind it for the command: legacyauth chat --files . export csv.

Examples:
  legacyauth chat --sample
  legacyauth chat --sample clients smtp
  legacyauth chat --as ana@contoso.com me
  echo 'alerts here --only in-use' | legacyauth chat

Exit codes: 0 answered, 1 not allowed, not done, or an error, 2 words that are wrong, or that name nobody and nothing known. Of piped lines the first that is not answered counts; who types is told and goes on.`
}

// Run answers until the input ends.
func (c *Chat) Run(ctx context.Context, env *Env) (err error) {
	library, err := openLibrary(env, c.Playbooks)
	if err != nil {
		return err
	}
	now := env.Now
	if c.Sample {
		dir, err := os.MkdirTemp("", "legacyauth-sample-")
		if err != nil {
			return fmt.Errorf("make a folder for the sample: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
		if c.DatabaseFlags, now, err = sample(dir); err != nil {
			return err
		}
	}
	opener, err := c.opener(env)
	if err != nil {
		return err
	}
	opener.Now = now
	person, err := c.person(&opener.Config)
	if err != nil {
		return usageError{err}
	}
	db, err := c.database(ctx, env, opener.Config, now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	engine, err := jobs.New(db, jobs.Options{Log: env.Log})
	if err != nil {
		return err
	}
	defer engine.Close()
	if err := engine.Migrate(ctx); err != nil {
		return err
	}
	bot, more, err := serve.Bot(opener, db, engine, library, now, env.Log)
	if err != nil {
		return err
	}
	return c.talk(ctx, env, opener.Now, bot, serve.Answers(bot, env.Log, more...), person)
}

func (c *Chat) database(ctx context.Context, env *Env, settings config.Config, now func() time.Time) (*storage.DB, error) {
	if !c.Sample {
		return c.openAs(ctx, env, settings)
	}
	return serve.Open(ctx, c.Database, storage.Options{Now: now, Log: env.Log, Version: VersionText()})
}

// person is who asks. A platform that is not in the configuration is added to
// it, so that roles can be tried before it is.
func (c *Chat) person(settings *config.Config) (chat.Person, error) {
	if c.As == "" {
		return chat.Person{Platform: chat.Terminal, Zone: "Local"}, nil
	}
	p := chat.Person{Platform: "mail", ID: c.As, Email: c.As}
	if !strings.Contains(c.As, "@") || strings.Contains(c.As, ":") {
		place, err := chat.ParsePlace(c.As)
		if err != nil || place.Person == "" {
			return p, fmt.Errorf("--as %s: write a person as in slack:T0123:@U0456, or a work address", c.As)
		}
		p = chat.Person{Platform: place.Platform, Workspace: place.Workspace, ID: place.Person}
	}
	if !slices.ContainsFunc(settings.Platforms(), func(known config.Platform) bool { return known.Name == p.Platform }) {
		*settings = settings.With(config.Platform{Name: p.Platform})
	}
	return p, nil
}

// talk answers lines, or the one command of the command line.
func (c *Chat) talk(ctx context.Context, env *Env, now func() time.Time, bot *command.Bot, handler chat.Handler, person chat.Person) (err error) {
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- bot.Run(ctx) }()
	defer func() {
		stop()
		err = errors.Join(err, <-ended)
	}()
	d := &dialog{env: env, handler: handler, person: person, files: c.Files, now: now, before: c.before()}
	if c.Sample {
		_, _ = fmt.Fprintln(env.Stderr, "legacyauth chat: scanning the sample tenant; today is "+now().UTC().Format(time.DateOnly)+" there")
		if _, _, err := bot.Watcher.Scan(ctx, sampleTenant, "command"); err != nil {
			return err
		}
	}
	if words := c.Words; len(words) > 0 {
		if len(words) == 1 {
			words = command.Split(words[0]) // a whole command in quotation marks
		}
		return d.one(ctx, typedWords(words))
	}
	if d.typing() {
		_, _ = fmt.Fprintln(env.Stderr, "Type help, or a command; a number presses a button; an empty input (Ctrl-D) ends it.")
	}
	lines := bufio.NewScanner(env.Stdin)
	var refused error
	for d.prompt(); lines.Scan(); d.prompt() {
		if err := ctx.Err(); err != nil {
			return err
		}
		a, err := d.line(ctx, lines.Text())
		if err != nil {
			return err
		}
		if refused == nil {
			refused = refusal(a)
		}
	}
	if err := lines.Err(); err != nil || d.typing() {
		return err
	}
	return refused
}

// before gives the words that a command takes before it to be answered as these
// are.
func (c *Chat) before() string {
	words := ""
	if c.Sample {
		words += " --sample"
	}
	if c.As != "" {
		words += " --as " + c.As
	}
	return words
}
