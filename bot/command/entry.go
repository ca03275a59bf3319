package command

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"legacyauth/bot/news"
	"legacyauth/bot/scan"
	"legacyauth/detect"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// entry is a client among others, with what can be done about it. It names its
// user: for eyes that may see it alone.
func (b *Bot) entry(c *Call, k *storage.Client, tenant bool) card.Entry {
	text := []card.Span{strong(who(k.User)), card.Text(": "), card.Value(k.Device.Words()), card.Text(" by " + k.Protocol.Name())}
	note := []string{verdictWords(k.Client), news.StateWords(k.State), "last " + c.day(k.Last)}
	if left := b.left(k); left != "" {
		note = append(note, left)
	}
	if tenant {
		note = append(note, card.Clean(k.TenantName))
	}
	return card.Entry{
		Text: text,
		Note: []card.Span{card.Key(k.Key), card.Text(" \u00b7 "), card.Sentence(strings.Join(note, " \u00b7 "))},
		Menu: b.menu(c, k),
	}
}

func strong(s string) card.Span {
	span := card.Value(s)
	span.Style = card.Strong
	return span
}

// menu is what the asker may do about a client.
func (b *Bot) menu(c *Call, k *storage.Client) []card.Action {
	menu := []card.Action{about("Details", "client", k)}
	for _, a := range []struct{ label, verb string }{{"Notify", "notify"}, {"Exception", "except"}, {"Reassign", "reassign"}} {
		if b.may(c, a.verb) && !settled(k.State) {
			menu = append(menu, about(a.label, a.verb, k))
		}
	}
	return append(menu, about("Copy commands", "commands", k))
}

// may says whether there is a command of this name that the asker may use.
func (b *Bot) may(c *Call, verb string) bool {
	i := slices.IndexFunc(b.all, func(command Command) bool { return command.Name == verb })
	return i >= 0 && c.Role.May(b.all[i].Role)
}

// left says how long until the client's protocol ends; empty: it has moved, or no
// day is known.
func (b *Bot) left(k *storage.Client) string {
	if settled(k.State) {
		return ""
	}
	f := scan.Advise([]detect.Client{k.Client}, b.Library, b.Now())[0]
	if !f.Dated {
		return ""
	}
	if f.Deadline.Date.Before(b.Now().UTC().Truncate(24 * time.Hour)) {
		return "ended " + f.Deadline.Date.Format(time.DateOnly)
	}
	return f.Deadline.Left(b.Now())
}

// who is what a user is called, by address first.
func who(u detect.User) string { return cmp.Or(u.Name, u.Display, u.ID, "(no account named)") }

func verdictWords(c detect.Client) string {
	return cmp.Or(map[detect.Verdict]string{
		detect.Leaked: "LEAKED PASSWORD", detect.InUse: "in use", detect.Blocked: "blocked", detect.Broken: "broken", detect.Spray: "guessed at",
	}[c.Verdict], "no verdict")
}
