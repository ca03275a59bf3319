package command

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/news"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

func plain(s string) []card.Span { return []card.Span{card.Text(s)} }

func para(spans ...card.Span) card.Block { return card.Para{Spans: spans} }

func heading(s string) card.Block { return card.Heading{Text: plain(s)} }

// said is a card of one sentence, which may name something from outside.
func said(title, sentence string) card.Card {
	c := card.Card{Title: plain(title), Tone: card.Info, Fallback: title}
	if sentence != "" {
		c.Blocks = []card.Block{para(card.Sentence(sentence))}
	}
	return c
}

// pairs gathers facts and leaves out empty ones. Values may come from outside.
type pairs []card.Fact

func (p *pairs) add(name, value string) {
	if value != "" {
		*p = append(*p, card.Fact{Name: name, Value: []card.Span{card.Value(value)}})
	}
}

func (p pairs) block() []card.Block {
	if len(p) == 0 {
		return nil
	}
	return []card.Block{card.Facts{Pairs: p}}
}

func bullets(lines ...string) card.Block {
	var list card.List
	for _, line := range lines {
		list.Items = append(list.Items, []card.Block{para(card.Sentence(line))})
	}
	return list
}

func typed(words string) card.Span { return card.Key(news.Command + " " + words) }

// button is a command behind a button: the verb and the words behind it.
func button(label, verb string, words ...string) card.Action {
	return card.Action{ID: chat.Press{Verb: verb, Subject: Join(words...)}.String(), Label: label}
}

// about is a button about a client. Where it changes something, and what that rests
// on is otherwise when it is pressed, it shows how the client stands instead.
func about(label, verb string, k *storage.Client) card.Action {
	return card.Action{ID: pressOf(verb, k).String(), Label: label}
}

func pressOf(verb string, k *storage.Client) chat.Press {
	return chat.Press{Verb: verb, Subject: k.Key, Revision: grounds(verb, k)}
}

// carried gives the actions whose words are short enough for every platform.
func carried(actions ...card.Action) []card.Action {
	return slices.DeleteFunc(actions, func(a card.Action) bool { return len(a.ID) > chat.MaxPress })
}

// several says how many of something there are.
func several(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + many
}

// number writes n with a comma between thousands.
func number(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// minute is a time in the asker's zone; empty for no time.
func (c *Call) minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(c.Zone).Format("2006-01-02 15:04 MST")
}

// day is a day in the asker's zone.
func (c *Call) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(c.Zone).Format(time.DateOnly)
}

func quoted(word string) string { return fmt.Sprintf("%q", card.Clean(word)) }

func listed(words []string) string { return strings.Join(words, ", ") }
