package ask

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"legacyauth/adapters/chat"
	"legacyauth/bot/command"
	"legacyauth/bot/config"
	"legacyauth/bot/news"
	"legacyauth/bot/people"
	"legacyauth/bot/people/notice"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// Asked is what the commands work with. People and DB must be set.
type Asked struct {
	People *people.People
	DB     *storage.DB
	// Groups reads groups of tenants; nil: none can be read.
	Groups Groups
}

// Commands gives the commands, in the order in which help lists them; those
// behind the buttons of people's messages come last.
func (a *Asked) Commands() []command.Command {
	all := []command.Command{a.notify(), a.campaign(), a.unreachable(), a.block(), a.export()}
	for _, verb := range []string{notice.Done, notice.NotMine, notice.NeedHelp, notice.Ack, notice.Step, notice.Unstep, notice.Show, notice.More, notice.Files} {
		all = append(all, a.button(verb))
	}
	return all
}

// button is what stands behind a button of a person's message. Only the person
// themselves may press, which People sees to.
func (a *Asked) button(verb string) command.Command {
	return command.Command{
		Name: verb, About: "A button of the message about your devices", Role: config.Everyone, Unlisted: true, Anywhere: true,
		Changes: verb != notice.More && verb != notice.Show && verb != notice.Files,
		Options: []command.Option{{Option: chat.Option{Name: "client", About: "The client's key"}, Rest: true}},
		Run: func(ctx context.Context, c *command.Call) (chat.Answer, error) {
			return a.People.Handle(ctx, c.Request)
		},
	}
}

// tenant gives the number of the tenant that is asked about: the one that is
// named, or the only one there is.
func (a *Asked) tenant(ctx context.Context, c *command.Call) (int64, error) {
	name := c.Args["tenant"]
	switch {
	case name == "" && len(c.Tenants) == 1:
		name = c.Tenants[0]
	case name == "":
		return 0, &command.Mistake{Words: "Say which tenant: --tenant " + strings.Join(c.Tenants, " or --tenant ") + "."}
	}
	if !slices.ContainsFunc(c.Tenants, func(t string) bool { return strings.EqualFold(t, name) }) {
		return 0, &command.Mistake{Words: "There is no tenant " + card.Clean(name) + " here: there is " + strings.Join(c.Tenants, ", ") + "."}
	}
	var number int64
	err := a.DB.Read(ctx, func(tx *storage.Tx) error {
		all, err := tx.Tenants()
		for _, t := range all {
			if strings.EqualFold(t.Name, name) {
				number = t.ID
			}
		}
		return err
	})
	if err == nil && number == 0 {
		err = &command.Mistake{Words: "Nothing is known of " + name + " yet: it was not scanned so far. legacyauth serve does it in its turn; schedule says when."}
	}
	return number, err
}

func tenantOption() command.Option {
	return command.Option{Option: chat.Option{Name: "tenant", About: "The tenant, where there are several"}, Named: true}
}

// mistaken makes what somebody can put right a mistake that they are shown.
func mistaken(err error) error {
	var w *people.WrongError
	if errors.As(err, &w) {
		return &command.Mistake{Words: sentence(w.Words)}
	}
	return err
}

// sentence makes one of what was wrong.
func sentence(words string) string {
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[size:] + "."
}

func (a *Asked) notify() command.Command {
	return command.Command{
		Name: "notify", About: "Tell one person about their devices", Role: config.Helpdesk, Changes: true,
		Options: []command.Option{
			{Option: chat.Option{Name: "who", About: "The work address in the sign-in log, or the key of a client"}, Asked: true}, tenantOption(),
		},
		Examples: []string{"notify priya@contoso.com", "notify"},
		Run:      a.runNotify,
	}
}

func (a *Asked) runNotify(ctx context.Context, c *command.Call) (chat.Answer, error) {
	if asked, done, err := a.notifyForm(ctx, c); done || err != nil {
		return asked, err
	}
	tenant, err := a.tenant(ctx, c)
	if err != nil {
		return chat.Answer{}, err
	}
	user, err := a.userOf(ctx, tenant, c.Args["who"])
	if err != nil {
		return chat.Answer{}, err
	}
	return later(said(card.Info, "One moment", "The person is looked for."), func(ctx context.Context) (chat.Answer, error) {
		n, err := a.People.Notify(ctx, tenant, user, c.Who())
		if err != nil {
			return chat.Answer{}, err
		}
		return heldBack(notified(n, a.People.Now(), c.From.Platform == chat.Terminal), n), nil
	}), nil
}

// userOf gives the account of a client's key, or what was typed.
func (a *Asked) userOf(ctx context.Context, tenant int64, typed string) (string, error) {
	user := typed
	err := a.DB.Read(ctx, func(tx *storage.Tx) error {
		c, ok, err := tx.ClientByKey(tenant, typed)
		switch {
		case err != nil || !ok:
			return err
		case c.Owner != "":
			user = c.Owner
		case c.User.Name != "":
			user = c.User.Name
		default:
			user = c.User.ID
		}
		return nil
	})
	return user, err
}

// heldBack adds which clients the message leaves out the steps of.
func heldBack(a chat.Answer, n people.Notified) chat.Answer {
	if n.Left > 0 && n.Held > 0 {
		a.Card.Blocks = append(a.Card.Blocks, card.Para{Spans: []card.Span{card.Sentence(fmt.Sprintf("For %s it gives no steps until something else is done: %s",
			count(n.Held, "client", "clients"), strings.Join(n.Holds, " ")))}})
	}
	return a
}

// notified says what will come of it, and where that is seen. apart says that who
// asks is at the terminal, from where another process sends.
func notified(n people.Notified, now time.Time, apart bool) chat.Answer {
	switch {
	case n.Left == 0 && n.Shown == 0:
		return chat.Answer{Card: said(card.Info, "Nobody was told", "None of this account's clients is for a person to move: they are for the admins, or somebody answers for them. client KEY shows one, and reassign KEY OWNER gives it to somebody who answers for it.")}
	case n.Left == 0 && n.Held > 0:
		return chat.Answer{Card: said(card.Warning, "The person is not told yet", "Held back until something else is done: "+strings.Join(n.Holds, " ")+" They are told by themselves once check finds it done.")}
	case n.Left == 0:
		return chat.Answer{Card: said(card.Success, "There is nothing to tell", "Every client of this person is done with.")}
	case n.Why == people.NotAsked:
		out := said(card.Info, "The person is still looked for", "The platform could not be asked from here now. legacyauth serve asks it each minute, and then sends one message that names all of their clients ("+strconv.Itoa(n.Left)+" to be moved) within their hours.")
		return chat.Answer{Card: whetherTold(out)}
	case n.Why != "":
		out := said(card.Warning, "The person cannot be told here", "Why: "+reasonWords(n.Why)+". A mail to send instead is attached.")
		return chat.Answer{Card: out, Outcome: chat.Failed, Files: []chat.File{{Name: "mail.txt", Type: "text/plain", Data: []byte(n.Subject + "\n\n" + n.Mail)}}}
	case n.Resumed:
		return chat.Answer{Card: said(card.Success, "Reminders go on", fmt.Sprintf("The person has been told before, on %s, by a campaign that does not go on (%d left). They are reminded again as anybody else, and then no more.", n.Told.In(n.At.Location()).Format(minute), n.Left))}
	case n.Before && !n.Told.IsZero():
		return chat.Answer{Card: said(card.Info, "The person has been told before", fmt.Sprintf("One message names all of their clients (%d left), since %s; it is brought up to date by itself.", n.Left, n.Told.In(n.At.Location()).Format(minute)))}
	}
	title, words := "A message to the person is queued", fmt.Sprintf("It names all of their clients (%d to be moved), and is sent at once", n.Left)
	if n.At.After(now) {
		words = fmt.Sprintf("It names all of their clients (%d to be moved), and is sent on %s by their clock, when their quiet hours are over", n.Left, n.At.Format(minute))
	}
	if n.Before {
		title = "A message to the person is queued already"
	}
	if apart {
		words += ", by legacyauth serve"
	}
	return chat.Answer{Card: whetherTold(said(card.Info, title, words+"."))}
}

// whetherTold adds where it is seen what came of a message that was not sent yet.
func whetherTold(c card.Card) card.Card {
	c.Blocks = append(c.Blocks, card.Para{Spans: []card.Span{
		card.Text("Nobody was told yet. When it has arrived, their clients stand under "), typed("clients told"),
		card.Text(" and when it cannot, the person stands under "), typed("unreachable"),
	}})
	return c
}

// minute is how a moment is written for admins.
const minute = "Monday, 2 January, 15:04 MST"

func reasonWords(why string) string {
	switch why {
	case "nobody":
		return "nobody on the platform has this address"
	case "unlinked":
		return "nobody on the platform is linked to this account; link them with link add, or let them ask with the button of panel, and notify again"
	case "nowhere":
		return "people: in the configuration names no folder, and no workspace in which people are found by address; write people: {workspace: slack:T0123} or people: {folder: notices}, start serve anew and notify again, or link the person with link add"
	case "no-place":
		return "the place for the message is not there, or the bot may not write to it; put it right and notify again"
	case "credentials":
		return "the platform refuses the bot's token; doctor says why"
	case "no-platform":
		return "the platform is not in the configuration any more"
	case "refused", "failed", "gave-up":
		return "the platform did not take the message; the log of serve says why, and notify tries again"
	case "unreachable":
		return "direct messages are closed, or the person is no longer there"
	}
	return why
}

func said(tone card.Tone, title, sentence string) card.Card {
	return card.Card{
		Title: []card.Span{card.Text(title)}, Tone: tone, Fallback: title,
		Blocks: []card.Block{card.Para{Spans: []card.Span{card.Sentence(sentence)}}},
	}
}

func typed(words string) card.Span { return card.Key(news.Command + " " + words) }
