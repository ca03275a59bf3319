package cli

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/terminal"
	"legacyauth/bot/command"
	"legacyauth/playbooks/card"
)

// dialog is one person at the terminal.
type dialog struct {
	env     *Env
	handler chat.Handler
	person  chat.Person
	files   string
	now     func() time.Time
	before  string        // see Chat.before
	buttons []card.Action // of the last answer
}

// typing says whether somebody types what is asked, rather than a program.
func (d *dialog) typing() bool { return d.env.Out.Width > 0 }

func (d *dialog) prompt() {
	if d.typing() {
		_, _ = fmt.Fprint(d.env.Stderr, "legacyauth> ")
	}
}

// typedWords gives the words of a command without what stands before it on a chat
// platform or in a shell, from where lines are pasted.
func typedWords(words []string) []string {
	if len(words) > 0 && (words[0] == chat.Prefix || words[0] == "legacyauth") {
		words = words[1:]
		if len(words) > 0 && words[0] == "chat" {
			words = words[1:]
		}
		if len(words) > 0 && words[0] == "--sample" {
			words = words[1:]
		}
		if len(words) > 1 && words[0] == "--as" {
			words = words[2:]
		}
	}
	return words
}

func (d *dialog) line(ctx context.Context, line string) (chat.Answer, error) {
	if strings.TrimSpace(line) == "" {
		return chat.Answer{}, nil
	}
	words := typedWords(command.Split(line))
	r := chat.Request{Words: words}
	if len(words) == 1 {
		if n, err := strconv.Atoi(words[0]); err == nil && n >= 1 && n <= len(d.buttons) {
			press, err := chat.ParsePress(d.buttons[n-1].ID)
			if err != nil {
				return chat.Answer{}, err
			}
			r = chat.Request{Pressed: press, Words: press.Words()}
		}
	}
	a, err := d.ask(ctx, r)
	if err != nil {
		return a, err
	}
	if err := d.show(d.env.Stdout, d.env.Out, a, "legacyauth chat"+d.before+" --files DIR"); err != nil {
		return a, err
	}
	d.list(a.Card)
	_, err = fmt.Fprintln(d.env.Stdout)
	return a, err
}

// one answers the one command of the command line. What is no answer to it goes to
// standard error, as errors do.
func (d *dialog) one(ctx context.Context, words []string) error {
	a, err := d.ask(ctx, chat.Request{Words: words})
	if err != nil {
		return err
	}
	again := "legacyauth chat" + d.before + " --files DIR " + command.Join(words...)
	w, o := d.env.Stdout, d.env.Out
	refused := refusal(a)
	if refused != nil {
		w, o = d.env.Stderr, d.env.Err
	}
	if err := d.show(w, o, a, again); err != nil {
		return err
	}
	if err := offer(w, a.Card, d.typed); err != nil {
		return err
	}
	return refused
}

// ask gives the whole answer.
func (d *dialog) ask(ctx context.Context, r chat.Request) (chat.Answer, error) {
	r.From, r.At, r.In = d.person, d.now(), terminal.Place()
	a, err := d.handler.Handle(ctx, r)
	if err == nil && a.Later != nil {
		a, err = a.Later(ctx, func(c card.Card) { _, _ = fmt.Fprintln(d.env.Stderr, chat.Line(c)) })
	}
	return a, err
}

// show prints an answer; again is what has its files written.
func (d *dialog) show(w io.Writer, o terminal.Options, a chat.Answer, again string) error {
	o.Typed = d.typed
	shown := a.Card
	shown.Actions = nil // numbered below
	if err := terminal.Render(w, shown, o); err != nil {
		return fmt.Errorf("write an answer: %w", err)
	}
	if a.Public {
		_, _ = fmt.Fprintln(w, "\n(In a channel everybody sees this.)")
	}
	return writeFiles(w, d.files, a.Files, again)
}

// typed says how a command is typed to be answered as this one is.
func (d *dialog) typed(words string) string {
	if d.before == "" {
		return chat.Typed(chat.Terminal, words)
	}
	return "legacyauth chat" + d.before + " " + words
}

// list numbers the buttons of an answer.
func (d *dialog) list(c card.Card) {
	labels := d.have(c)
	if len(labels) > 0 {
		_, _ = fmt.Fprintln(d.env.Stdout)
	}
	for i, label := range labels {
		_, _ = fmt.Fprintf(d.env.Stdout, "  [%d] %s\n", i+1, label)
	}
}

// have notes the buttons of an answer and gives their labels.
func (d *dialog) have(c card.Card) (labels []string) {
	d.buttons, labels = buttons(c)
	return labels
}
