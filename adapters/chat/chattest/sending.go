package chattest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

func sending() []check {
	return []check{
		{name: "a message arrives", run: arrives},
		{name: "every kind of block arrives", run: blocksArrive},
		{name: "buttons keep their ids", run: buttonsArrive, fits: func(f Fixture) bool { return f.Buttons }},
		{name: "menus keep their ids", run: menusArrive, fits: func(f Fixture) bool { return f.Buttons }},
		{name: "a person is messaged", run: personMessaged, fits: func(f Fixture) bool { return !f.Person.IsZero() }},
		{name: "a thread is answered", run: threadAnswered, fits: func(f Fixture) bool { return !f.Thread.IsZero() }},
		{name: "a reply is readable", run: replyReadable},
		{name: "a file is sent or named", run: fileNamed},
		{name: "what cannot be sent is final", run: impossible},
		{name: "the pace makes sense", run: paceMakesSense},
	}
}

func arrives(f Fixture, p *problems) {
	c := noteOf("a device that signs in with a password")
	ref, ok := p.send(f.Sender, message("first:k7:1", f.To, c))
	if !ok {
		return
	}
	p.ref(ref)
	shown, ok := p.only(f)
	if !ok {
		return
	}
	if shown.Ref != ref {
		p.errorf("Send gives %q, and the message stands at %q", ref, shown.Ref)
	}
	if shown.Place != f.To {
		p.errorf("the message stands in %s, want %s", shown.Place, f.To)
	}
	if shown.Notice != "" && shown.Notice != chat.Line(c) {
		p.errorf("a notification says %q, want %q", shown.Notice, chat.Line(c))
	}
	p.reads(shown.Text, "a device that signs in with a password")
}

// ref expects what the bot can keep.
func (p *problems) ref(ref chat.Ref) {
	if ref == "" || len(ref) > 500 || strings.ContainsFunc(string(ref), func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		p.errorf("ref %q is empty, longer than 500 bytes, or not printing ASCII without spaces", ref)
	}
}

func everyBlock() card.Card {
	text := func(s string) []card.Span { return []card.Span{card.Text(s)} }
	return card.Card{
		Title: text("the title"),
		Tone:  card.Warning,
		Blocks: []card.Block{
			card.Heading{Text: text("the heading")},
			card.Para{Spans: []card.Span{
				card.Text("plain "), card.Bold("bold"), card.Text(" "), card.Key("Get-Mailbox"), card.Text(" "),
				{Text: "the page", Style: card.Link, URL: "https://learn.microsoft.com/exchange"},
			}},
			card.Facts{Pairs: []card.Fact{{Name: "Device", Value: text("a printer")}}},
			card.List{Ordered: true, Items: [][]card.Block{{card.Para{Spans: text("the first step")}}, {card.Para{Spans: text("the second step")}}}},
			card.Code{Lang: "powershell", Text: "Set-Something -One 1"},
			card.Progress{Done: 3, Total: 7, Label: "devices moved"},
			card.Table{Head: []string{"Protocol", "Clients"}, Rows: [][][]card.Span{{text("IMAP4"), text("12")}}},
		},
	}
}

func blocksArrive(f Fixture, p *problems) {
	c := everyBlock()
	if _, ok := p.send(f.Sender, message("blocks", f.To, c)); !ok {
		return
	}
	if !reflect.DeepEqual(c, everyBlock()) {
		p.errorf("Send has changed the card")
	}
	shown, ok := p.only(f)
	if !ok {
		return
	}
	p.reads(shown.Text, c.Tone.Word(), "the title", "the heading", "plain", "bold", "Get-Mailbox", "the page", "Device", "a printer",
		"the first step", "the second step", "Set-Something -One 1", "3", "7", "devices moved", "Protocol", "IMAP4", "12")
	if !slices.Contains(shown.Links, "https://learn.microsoft.com/exchange") && !strings.Contains(shown.Text, "https://learn.microsoft.com/exchange") {
		p.errorf("the link of the card is neither to be followed nor to be read")
	}
}

func buttonsArrive(f Fixture, p *problems) {
	c := noteOf("buttons")
	var want []string
	for i, label := range []string{"I've done it", "Not my device", "Need help"} {
		id := chat.Press{Verb: "done", Subject: fmt.Sprintf("k7 %d:", i), Revision: int64(i)}.String()
		c.Actions = append(c.Actions, card.Action{ID: id, Label: label})
		want = append(want, id)
	}
	if _, ok := p.send(f.Sender, message("buttons", f.To, c)); !ok {
		return
	}
	if shown, ok := p.only(f); ok {
		if !slices.Equal(shown.Buttons, want) {
			p.errorf("buttons %q are shown, want %q", shown.Buttons, want)
		}
		p.reads(shown.Text, "I've done it", "Not my device", "Need help")
	}
}

func menusArrive(f Fixture, p *problems) {
	c := noteOf("menus")
	var want []string
	for i, labels := range [][]string{{"Done"}, {"Details", "Notify", "Exception", "Reassign", "Commands"}, nil} {
		e := card.Entry{Text: []card.Span{card.Text(fmt.Sprintf("client %d", i))}, Note: []card.Span{card.Text(fmt.Sprintf("note %d", i))}}
		for _, label := range labels {
			id := chat.Press{Verb: strings.ToLower(label), Subject: fmt.Sprintf("k%d", i), Revision: 1}.String()
			e.Menu = append(e.Menu, card.Action{ID: id, Label: label})
			want = append(want, id)
		}
		c.Blocks = append(c.Blocks, e)
	}
	if _, ok := p.send(f.Sender, message("menus", f.To, c)); !ok {
		return
	}
	if shown, ok := p.only(f); ok {
		if !slices.Equal(shown.Buttons, want) {
			p.errorf("menus of %q are shown, want %q", shown.Buttons, want)
		}
		p.reads(shown.Text, "client 0", "note 0", "client 1", "note 1", "client 2", "note 2")
	}
}

func personMessaged(f Fixture, p *problems) {
	to := f.Person
	if opener, ok := f.Sender.(chat.Opener); ok {
		ctx, cancel := p.context()
		defer cancel()
		at, err := opener.Open(ctx, to)
		if err != nil {
			p.errorf("Open(%s): %v", to, err)
			return
		}
		if err := at.Check(); err != nil {
			p.errorf("Open gives a place that %v", err)
		}
		to = at
	}
	if _, ok := p.send(f.Sender, message("direct", to, noteOf("for one person"))); !ok {
		return
	}
	if shown, ok := p.only(f); ok {
		p.reads(shown.Text, "for one person")
		if shown.Place != to && shown.Place != f.Person {
			p.errorf("the message stands in %s, want %s", shown.Place, to)
		}
	}
}

func threadAnswered(f Fixture, p *problems) {
	if _, ok := p.send(f.Sender, message("threaded", f.Thread, noteOf("in a thread"))); !ok {
		return
	}
	if shown, ok := p.only(f); ok && shown.Place != f.Thread {
		p.errorf("the message stands in %s, want %s", shown.Place, f.Thread)
	}
}

func replyReadable(f Fixture, p *problems) {
	ref, ok := p.send(f.Sender, message("one", f.To, noteOf("the message")))
	if !ok {
		return
	}
	reply := message("two", f.To, noteOf("the reply"))
	reply.Under = ref
	if _, ok := p.send(f.Sender, reply); !ok {
		return
	}
	all := f.Shown()
	if len(all) != 2 {
		p.errorf("%d messages are shown, want 2", len(all))
		return
	}
	p.reads(all[1].Text, "the reply")
}

func fileNamed(f Fixture, p *problems) {
	m := message("files", f.To, noteOf("with files"))
	m.Files = []chat.File{
		{Name: "outlook.reg", Data: []byte("Windows Registry Editor Version 5.00\r\n")},
		{Name: "days.png", Type: "image/png", Alt: "Sign-ins fall from 40 to 3", Data: []byte("\x89PNG\r\n\x1a\n")},
	}
	if _, ok := p.send(f.Sender, m); !ok {
		return
	}
	var text strings.Builder
	for _, shown := range f.Shown() {
		text.WriteString(shown.Text + "\n")
	}
	p.reads(text.String(), "outlook.reg", "Sign-ins fall from 40 to 3")
}

func impossible(f Fixture, p *problems) {
	elsewhere := chat.Place{Platform: "nowhere", Workspace: "w", Channel: "c"}
	for name, m := range map[string]chat.Message{
		"without a key":             message("", f.To, noteOf("x")),
		"with a key of two words":   message("a b", f.To, noteOf("x")),
		"without a place":           message("k", chat.Place{}, noteOf("x")),
		"for another platform":      message("k", elsewhere, noteOf("x")),
		"for two places in one":     message("k", chat.Place{Platform: f.To.Platform, Channel: "c", Person: "p"}, noteOf("x")),
		"for a place of line feeds": message("k", chat.Place{Platform: f.To.Platform, Workspace: f.To.Workspace, Channel: "a\nb"}, noteOf("x")),
	} {
		ctx, cancel := p.context()
		_, err := f.Sender.Send(ctx, m)
		cancel()
		if err == nil || chat.Retry(err) != nil {
			p.errorf("Send of a message %s gives %v, want a final error", name, err)
		}
	}
	if n := len(f.Shown()); n > 0 {
		p.errorf("%d messages are shown, want none", n)
	}
}

func paceMakesSense(f Fixture, p *problems) {
	paced, ok := f.Sender.(chat.Paced)
	if !ok {
		return
	}
	pace := paced.Pace()
	for name, r := range map[string]chat.Rate{"place": pace.Place, "all": pace.All} {
		if r.Count < 0 || r.Per < 0 || (r.Count == 0) != (r.Per == 0) {
			p.errorf("rate of %s is %+v: a count in a time, or zero for no limit", name, r)
		}
	}
}
