package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/terminal"
	"legacyauth/bot/command"
	"legacyauth/bot/config"
	"legacyauth/bot/jobs"
	"legacyauth/bot/serve"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// Chat answers at the terminal what the bot answers in chat.
type Chat struct {
	DatabaseFlags
	Sample    bool     `help:"Ask about the sample tenant, in a database that is thrown away."`
	As        string   `placeholder:"PERSON" help:"Ask as this person, with their roles: slack:T0123:@U0456, or a work address. Default: whoever sits here, who may do everything."`
	Files     string   `type:"existingdir" placeholder:"DIR" help:"Save the files that come with answers here."`
	Playbooks string   `type:"existingdir" placeholder:"DIR" help:"Lay your own playbooks over the built-in ones."`
	Words     []string `arg:"" optional:"" passthrough:"" help:"One command to answer; without it lines are read from standard input."`
}

// Help is the long help of the command.
func (Chat) Help() string {
	return `Reads lines as they are typed in chat, with or without /legacyauth before them, and answers each as the bot does there. A number presses the button of that number in the last answer. The clients are those that legacyauth serve keeps.

Examples:
  legacyauth chat --sample
  legacyauth chat --sample clients smtp
  legacyauth chat --as ana@contoso.com me
  echo 'alerts here --only in-use' | legacyauth chat

Exit codes: 0 answered, 1 error, 2 wrong usage.`
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
	d := &dialog{env: env, handler: handler, person: person, files: c.Files, now: now}
	if c.Sample {
		_, _ = fmt.Fprintln(env.Stderr, "legacyauth chat: scanning the sample tenant; today is "+now().UTC().Format(time.DateOnly)+" there")
		if _, _, err := bot.Watcher.Scan(ctx, sampleTenant, "command"); err != nil {
			return err
		}
	}
	if len(c.Words) > 0 {
		return d.ask(ctx, chat.Request{Words: c.Words})
	}
	if env.Out.Width > 0 {
		_, _ = fmt.Fprintln(env.Stderr, "Type help, or a command; a number presses a button; an empty input (Ctrl-D) ends it.")
	}
	lines := bufio.NewScanner(env.Stdin)
	for d.prompt(); lines.Scan(); d.prompt() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := d.line(ctx, lines.Text()); err != nil {
			return err
		}
	}
	return lines.Err()
}

// dialog is one person at the terminal.
type dialog struct {
	env     *Env
	handler chat.Handler
	person  chat.Person
	files   string
	now     func() time.Time
	buttons []card.Action // of the last answer
}

func (d *dialog) prompt() {
	if d.env.Out.Width > 0 {
		_, _ = fmt.Fprint(d.env.Stderr, "/legacyauth ")
	}
}

func (d *dialog) line(ctx context.Context, line string) error {
	words := command.Split(line)
	if len(words) > 0 && words[0] == "/legacyauth" {
		words = words[1:]
	}
	if strings.TrimSpace(line) == "" {
		return nil
	}
	if len(words) == 1 {
		if n, err := strconv.Atoi(words[0]); err == nil && n >= 1 && n <= len(d.buttons) {
			press, err := chat.ParsePress(d.buttons[n-1].ID)
			if err != nil {
				return err
			}
			return d.ask(ctx, chat.Request{Pressed: press, Words: press.Words()})
		}
	}
	return d.ask(ctx, chat.Request{Words: words})
}

func (d *dialog) ask(ctx context.Context, r chat.Request) error {
	r.From, r.At, r.In = d.person, d.now(), terminal.Place()
	a, err := d.handler.Handle(ctx, r)
	if err == nil && a.Later != nil {
		a, err = a.Later(ctx, func(c card.Card) { _, _ = fmt.Fprintln(d.env.Stderr, chat.Line(c)) })
	}
	if err != nil {
		return err
	}
	shown := a.Card
	shown.Actions = nil // numbered below
	if err := terminal.Render(d.env.Stdout, shown, d.env.Out); err != nil {
		return fmt.Errorf("write an answer: %w", err)
	}
	if a.Public {
		_, _ = fmt.Fprintln(d.env.Stdout, "\n(In a channel everybody sees this.)")
	}
	if err := d.save(a.Files); err != nil {
		return err
	}
	d.list(a.Card)
	_, err = fmt.Fprintln(d.env.Stdout)
	return err
}

// list numbers the buttons of an answer, those of its entries behind its own.
func (d *dialog) list(c card.Card) {
	d.buttons = slices.Clone(c.Actions)
	var labels []string
	for _, a := range c.Actions {
		labels = append(labels, a.Label)
	}
	for _, b := range c.Blocks {
		if e, ok := b.(card.Entry); ok && len(e.Menu) > 0 {
			d.buttons = append(d.buttons, e.Menu[0]) // the first is enough here: it leads to the others
			labels = append(labels, e.Menu[0].Label+": "+card.Plainly(e.Text))
		}
	}
	if len(labels) > 0 {
		_, _ = fmt.Fprintln(d.env.Stdout)
	}
	for i, label := range labels {
		_, _ = fmt.Fprintf(d.env.Stdout, "  [%d] %s\n", i+1, label)
	}
}

// save writes the files of an answer where that was asked for, and else names
// them.
func (d *dialog) save(files []chat.File) error {
	for _, f := range files {
		words := fmt.Sprintf("\nFile %s, %d bytes; --files DIR saves it.", f.Name, len(f.Data))
		if d.files != "" {
			path := filepath.Join(d.files, filepath.Base(f.Name))
			if err := os.WriteFile(path, f.Data, 0o600); err != nil {
				return fmt.Errorf("save a file: %w", err)
			}
			words = "\nwrote " + path
		}
		if f.Alt != "" {
			words += "\n" + f.Alt
		}
		if _, err := fmt.Fprintln(d.env.Stdout, words); err != nil {
			return err
		}
	}
	return nil
}
