package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/terminal"
	"legacyauth/bot/command"
	"legacyauth/bot/delivery"
	"legacyauth/bot/jobs"
	"legacyauth/bot/people/ask"
	"legacyauth/bot/serve"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// AskFlags are those of commands that are also asked in chat, and answered in the
// same words here.
type AskFlags struct {
	DatabaseFlags
	Playbooks string `type:"existingdir" placeholder:"DIR" help:"A directory of playbooks laid over the built-in ones."`
	Save      string `type:"existingdir" default:"." placeholder:"DIR" help:"Where files that come with the answer are written."`
}

// ask has the words answered as in chat, by somebody who may do everything. What
// is posted is delivered by legacyauth serve.
func (f AskFlags) ask(ctx context.Context, env *Env, words ...string) error {
	library, err := openLibrary(env, f.Playbooks)
	if err != nil {
		return err
	}
	opener, err := f.opener(env)
	if err != nil {
		return err
	}
	db, err := f.openAs(ctx, env, opener.Config)
	if err != nil {
		return err
	}
	var mistake error
	answer, err := answered(ctx, env, db, func(engine *jobs.Engine) (chat.Handler, error) {
		out := delivery.New(db, engine, delivery.Options{Now: env.Now, Log: env.Log})
		told, err := serve.People(opener.Config, db, out, library, nil, env.Now, env.Log)
		if err != nil {
			return nil, err
		}
		bot := &command.Bot{DB: db, Config: opener.Config, Library: library, Post: out, Hander: told, Now: env.Now}
		return command.New(bot, noting((&ask.Asked{People: told, DB: db, Groups: opener}).Commands(), &mistake)...), nil
	}, words)
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	if mistake != nil {
		return usageError{mistake}
	}
	if err := terminal.Render(env.Stdout, answer.Card, env.Out); err != nil {
		return fmt.Errorf("write the answer: %w", err)
	}
	if err := f.save(env, answer.Files); err != nil {
		return err
	}
	if t := answer.Card.Tone; t == card.Warning || t == card.Danger {
		return exit(ExitIncomplete)
	}
	return nil
}

// noting gives commands that also note what their asker can put right, which in
// chat is only shown.
func noting(commands []command.Command, into *error) []command.Command {
	for i := range commands {
		c := &commands[i]
		noting(c.Commands, into)
		run := c.Run
		if run == nil {
			continue
		}
		c.Run = func(ctx context.Context, call *command.Call) (chat.Answer, error) {
			answer, err := run(ctx, call)
			var m *command.Mistake
			if errors.As(err, &m) {
				*into = m
			}
			return answer, err
		}
	}
	return commands
}

// answered gives the whole answer to words.
func answered(ctx context.Context, env *Env, db *storage.DB, handler func(*jobs.Engine) (chat.Handler, error), words []string) (chat.Answer, error) {
	engine, err := jobs.New(db, jobs.Options{Log: env.Log})
	if err != nil {
		return chat.Answer{}, err
	}
	defer engine.Close()
	if err := engine.Migrate(ctx); err != nil {
		return chat.Answer{}, err
	}
	h, err := handler(engine)
	if err != nil {
		return chat.Answer{}, err
	}
	answer, err := h.Handle(ctx, chat.Request{From: chat.Person{Platform: chat.Terminal, ID: byHand()}, In: terminal.Place(), At: env.Now(), Words: words})
	for err == nil && answer.Later != nil {
		answer, err = answer.Later(ctx, func(card.Card) {})
	}
	return answer, err
}

// save writes the files of an answer, for their owner alone: they name people.
func (f AskFlags) save(env *Env, files []chat.File) error {
	for _, file := range files {
		path := filepath.Join(f.Save, file.Name)
		if err := os.WriteFile(path, file.Data, 0o600); err != nil {
			return fmt.Errorf("write a file of the answer: %w", err)
		}
		if _, err := fmt.Fprintf(env.Stderr, "wrote %s\n", path); err != nil {
			return err
		}
	}
	return nil
}

// flag gives a flag as it is typed in chat; nothing where it is empty.
func flag(name, value string) []string {
	if value == "" {
		return nil
	}
	return []string{"--" + name, value}
}
