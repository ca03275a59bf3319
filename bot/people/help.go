package people

import (
	"fmt"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people/notice"
	"legacyauth/detect"
	"legacyauth/playbooks/card"
	"legacyauth/playbooks/language"
	"legacyauth/storage"
)

// needHelp opens a thread in the help desk's place, with what the person saw.
func (a *press) needHelp() (chat.Answer, error) {
	if err := a.acknowledged("The person asked for help."); err != nil {
		return chat.Answer{}, err
	}
	to := a.help()
	if to.IsZero() {
		return a.answer(notice.NeedHelp)
	}
	generation, _, err := a.tx.Generation(a.client.ID)
	if err != nil {
		return chat.Answer{}, err
	}
	root := fmt.Sprintf("help:%d:%d", a.client.ID, generation)
	if again, err := a.asked(root); err != nil || again.before {
		if err != nil {
			return chat.Answer{}, err
		}
		return a.askAgain(to, root, again)
	}
	saw, err := a.saw()
	if err != nil {
		return chat.Answer{}, err
	}
	_, err = a.Post.Post(a.ctx, a.tx,
		&storage.Outgoing{Key: root, Place: to, Subject: "help:" + a.client.Key, Kind: kindHelp, Card: helpCard(a.shown, &a.client)},
		&storage.Outgoing{Key: root + ":saw", Place: to, Subject: "help:" + a.client.Key + "/saw", Kind: kindHelp, Card: saw, Under: root})
	if err != nil {
		return chat.Answer{}, err
	}
	return a.answer(notice.NeedHelp)
}

// helpCard asks the help desk. It names nobody: the button shows who it is to
// those who may know.
func helpCard(shown *notice.Client, c *storage.Client) card.Card {
	const title = "Somebody needs help with a device"
	return card.Card{
		Title: []card.Span{card.Text(title)}, Tone: card.Warning, Fallback: title + " (client " + c.Key + ")",
		Blocks: []card.Block{
			card.Facts{Pairs: append(evidence(c), stepsOf(shown))},
			card.Para{Spans: []card.Span{card.Text("What the person sees is below. Answer them in a direct message; do not ask for the password.")}},
		},
		Actions: []card.Action{{ID: chat.Press{Verb: "client", Subject: c.Key}.String(), Label: "Who is it"}},
	}
}

// helpPause is for how long whoever has asked for help is not heard again.
const helpPause = time.Hour

// asking is what was asked of the help desk before about one client as it stands.
type asking struct {
	before      bool // it was
	times       int
	first, last time.Time
	// lost says that the newest did not arrive, and rootless that the thread did not.
	lost, rootless bool
}

// asked gives how often and when the help desk was asked by the messages of a thread.
func (a *press) asked(root string) (asking, error) {
	var out asking
	for key := root; ; key = againKey(root, out.times) {
		m, ok, err := a.tx.MessageByKey(key)
		if err != nil || !ok {
			return out, err
		}
		out.last, out.lost = m.Created, m.State == storage.MessageBuried || m.State == storage.MessageExpired
		if !out.before {
			out.before, out.first, out.rootless = true, m.Created, out.lost
		}
		out.times++
	}
}

func againKey(root string, times int) string { return fmt.Sprintf("%s:again:%d", root, times) }

// askAgain says in the thread that the person asks again, and to one who has just asked
// when that was.
func (a *press) askAgain(to chat.Place, root string, before asking) (chat.Answer, error) {
	if !before.lost && a.Now().Sub(before.last) < helpPause {
		v, err := a.fresh()
		if err != nil {
			return chat.Answer{}, err
		}
		c, _ := v.Find(a.client.Key)
		return chat.Answer{Card: notice.AskedAlready(v, c, before.last)}, nil
	}
	m := &storage.Outgoing{
		Key: againKey(root, before.times), Place: to, Subject: "help:" + a.client.Key + "/again", Kind: kindHelp, Card: againCard(a.shown, &a.client, before), Under: root,
	}
	if before.rootless {
		m.Under, m.Card = "", helpCard(a.shown, &a.client)
	}
	if _, err := a.Post.Post(a.ctx, a.tx, m); err != nil {
		return chat.Answer{}, err
	}
	return a.answer(notice.NeedHelp)
}

// againCard says to the help desk that somebody asks again. It names nobody.
func againCard(shown *notice.Client, c *storage.Client, before asking) card.Card {
	const title = "Asked again: somebody needs help with a device"
	words := fmt.Sprintf("The person pressed Need help again; the first time was on %s. If nobody has written to them, do it today.", before.first.UTC().Format("2 January 2006, 15:04 UTC"))
	return card.Card{
		Title: []card.Span{card.Text(title)}, Tone: card.Warning, Fallback: title + " (client " + c.Key + ")",
		Blocks: []card.Block{
			card.Para{Spans: []card.Span{card.Text(words)}},
			card.Facts{Pairs: []card.Fact{{Name: "Client", Value: []card.Span{card.Value(c.Key)}}, stepsOf(shown)}},
		},
		Actions: []card.Action{{ID: chat.Press{Verb: "client", Subject: c.Key}.String(), Label: "Who is it"}},
	}
}

func stepsOf(shown *notice.Client) card.Fact {
	return card.Fact{Name: "Steps", Value: []card.Span{card.Key(shown.Playbook.ID), card.Text(fmt.Sprintf(", %d checked off", len(shown.Checked)))}}
}

// saw is what the person sees about the client, in English, without buttons and
// without what names them.
func (a *press) saw() (card.Card, error) {
	n := a.notice
	n.Locale = language.English
	v, err := a.People.view(a.tx, &n)
	if err != nil {
		return card.Card{}, err
	}
	c, ok := v.Find(a.client.Key)
	if !ok {
		return card.Card{}, nil
	}
	alone := *c
	alone.User, alone.Networks = detect.User{}, nil
	alone.Device.Model = ""
	v.User, v.Clients, v.Showing = "", []notice.Client{alone}, alone.Key
	out := notice.Card(v)
	out.Actions = nil
	for i, b := range out.Blocks {
		if e, ok := b.(card.Entry); ok {
			e.Menu = nil
			out.Blocks[i] = e
		}
	}
	return out, nil
}
