package delivery

import (
	"fmt"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// KindUndeliverable is the kind of a report that something did not arrive.
const KindUndeliverable = "undeliverable"

// sentences say what a code means and what to do.
var sentences = map[string][2]string{
	codeNoPlace:     {"There is no such place, or the bot may not post in it.", "Invite the bot into the place again, or end the subscription."},
	codeUnreachable: {"This person cannot be messaged: direct messages are closed, or the person is no longer there.", "Tell the person by mail, and end the link if the account is gone."},
	codeCredentials: {"The platform refuses the bot's credentials.", "Renew the credentials; what waits is then sent by itself."},
	codeRefused:     {"The platform refuses this message for good.", "The log has the platform's answer under the number of the message."},
	codeGaveUp:      {"The platform has kept failing for three days.", "Run legacyauth status for what is left out, and check the platform's own status page."},
	codeNoPlatform:  {"No platform of this name is configured.", "Add the platform to the configuration again, or end the subscription."},
}

// bury gives a message up for good, on record and with a report.
func (s *stepping) bury(m storage.Outgoing, code string) error {
	if err := s.tx.Bury(m.ID, code); err != nil {
		return err
	}
	entry := storage.Entry{At: s.now, By: "bot", What: "message buried", Subject: m.Key, Why: code}
	if err := s.tx.Record(entry); err != nil {
		return err
	}
	s.options.Log.Error("a message cannot be delivered and is given up", "place", s.place, "message", m.ID, "why", code,
		"next", "legacyauth doctor tries the platform; legacyauth status counts what was given up")
	key := fmt.Sprintf("undeliverable:%d", m.ID)
	if code == codeNoPlace || code == codeUnreachable {
		// The place itself is gone: one report a day says so for all messages.
		key = fmt.Sprintf("undeliverable:place:%d:%s", s.place, s.now.UTC().Format("2006-01-02"))
	}
	return s.report(key, "A message could not be delivered", card.Danger, code, m)
}

// reportStuck says once a day that a place takes nothing.
func (s *stepping) reportStuck(o *outcome) error {
	key := fmt.Sprintf("stuck:place:%d:%s", s.place, s.now.UTC().Format("2006-01-02"))
	return s.report(key, "A place takes no messages", card.Warning, o.code(), o.Outgoing)
}

// report tells the fallback place. What cannot be told there is in the log and
// in Health alone: a report about a report would never end.
func (s *stepping) report(key, title string, tone card.Tone, code string, m storage.Outgoing) error {
	to := s.options.Fallback
	if to.IsZero() || to == s.to {
		return nil
	}
	_, err := s.Post(s.ctx, s.tx, &storage.Outgoing{
		Key: key, Place: to, Subject: key, Kind: KindUndeliverable,
		Card: reportCard(title, tone, code, m),
	})
	return err
}

// spoken names a place where many read: of a direct message only the platform.
func spoken(p chat.Place) string {
	if p.Personal() {
		return "a direct message on " + p.Platform
	}
	return p.String()
}

// reportCard names the place, unless it is a person's, and nothing that the
// message says.
func reportCard(title string, tone card.Tone, code string, m storage.Outgoing) card.Card {
	what, todo := "It keeps failing in ways that usually pass.", "Nothing is lost; the bot goes on trying. Check the platform's own status page."
	if words, ok := sentences[code]; ok {
		what, todo = words[0], words[1]
	}
	waiting := m.Created.UTC().Format("2 January 2006, 15:04 UTC")
	return card.Card{
		Title: []card.Span{card.Text(title)},
		Tone:  tone,
		Blocks: []card.Block{
			card.Para{Spans: []card.Span{card.Text(what)}},
			card.Facts{Pairs: []card.Fact{
				{Name: "Place", Value: []card.Span{card.Value(spoken(m.Place))}},
				{Name: "Message", Value: []card.Span{card.Text(fmt.Sprintf("number %d, of kind ", m.ID)), card.Value(m.Kind)}},
				{Name: "Waiting since", Value: []card.Span{card.Text(waiting)}},
			}},
			card.Para{Spans: []card.Span{card.Text(todo)}},
			next(code, m.Place),
		},
		Fallback: title + ".",
	}
}

// next names the commands that show what else there is to know. Who it is that
// cannot be messaged, they say to those alone who may read it.
func next(code string, to chat.Place) card.Block {
	spans := []card.Span{card.Bold("Next: ")}
	add := func(words, command string) {
		spans = append(spans, card.Text(words+" "), card.Key(chat.Prefix+" "+command))
	}
	switch {
	case to.Personal():
		add("who it is, with a mail to send instead:", "unreachable")
		add(", and which accounts people are linked to:", "link list")
	case code == codeNoPlace || code == codeNoPlatform:
		add("which places hear what, and how to end it:", "alerts list")
	default:
		add("what else waits or was given up:", "status")
	}
	return card.Para{Spans: spans}
}
