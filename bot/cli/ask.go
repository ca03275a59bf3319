package cli

import (
	"context"
	"errors"
	"fmt"

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
	Files     string `aliases:"save" type:"existingdir" placeholder:"DIR" help:"Write the files that come with the answer into this folder. Without it they are only listed."`
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
	out, options := env.Stdout, env.Out
	refused := refusal(answer)
	if refused != nil {
		out, options = env.Stderr, env.Err
	}
	shown := answer.Card
	shown.Actions = nil // offered below
	if err := terminal.Render(out, shown, options); err != nil {
		return fmt.Errorf("write the answer: %w", err)
	}
	if err := writeFiles(out, f.Files, answer.Files, "give the command again with --files DIR"); err != nil {
		return err
	}
	if err := offer(out, answer.Card, func(words string) string { return chat.Typed(chat.Terminal, words) }); err != nil {
		return err
	}
	if refused != nil {
		return refused
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

// flag gives a flag as it is typed in chat; nothing where it is empty.
func flag(name, value string) []string {
	if value == "" {
		return nil
	}
	return []string{"--" + name, value}
}
