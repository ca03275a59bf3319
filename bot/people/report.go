package people

import (
	"fmt"

	"legacyauth/adapters/chat"
	"legacyauth/bot/news"
	"legacyauth/bot/people/notice"
	"legacyauth/bot/people/owners"
	"legacyauth/detect/migration"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// notMine sets the client aside from the person and alerts the admins: somebody
// else may be using the account.
func (a *press) notMine() (chat.Answer, error) {
	var others []storage.Client
	const why = "The person says that it is not theirs."
	err := a.each(func(c *storage.Client) error {
		if err := a.move(c, migration.WasDisowned, why); err != nil {
			return err
		}
		if c != &a.client {
			others = append(others, *c)
		}
		return a.tx.Reassign(c, owners.Admins, a.by.String(), why)
	})
	if err != nil {
		return chat.Answer{}, err
	}
	generation, _, err := a.tx.Generation(a.client.ID)
	if err != nil {
		return chat.Answer{}, err
	}
	if to := a.Settings.Admins; !to.IsZero() {
		_, err := a.Post.Post(a.ctx, a.tx, &storage.Outgoing{
			Key: fmt.Sprintf("notmine:%d:%d", a.client.ID, generation), Place: to, Subject: "notmine:" + a.client.Key, Kind: kindNotMine,
			Card: notMineCard(&a.client, others),
		})
		if err != nil {
			return chat.Answer{}, err
		}
	}
	return a.answer(notice.NotMine)
}

// notMineCard says to admins what was disowned, and what speaks for whose it is.
// It names nobody: admins see by the button who it is. others are the same device
// by other protocols.
func notMineCard(c *storage.Client, others []storage.Client) card.Card {
	const title = "Somebody says that a device is not theirs"
	out := card.Card{Title: []card.Span{card.Text(title)}, Tone: card.Danger, Fallback: title + " (client " + c.Key + ")"}
	out.Blocks = []card.Block{
		card.Para{Spans: []card.Span{card.Text("If that is so, somebody else knows the password. Look at it today; the client is set aside from the person until an admin says whose it is.")}},
		card.Facts{Pairs: evidence(c)},
		card.Para{Spans: []card.Span{
			card.Text("If nobody knows it: change the password and end the sessions of the account. If it is somebody's: "),
			card.Key(news.Command + " reassign " + c.Key + " OWNER"),
		}},
	}
	if len(others) > 0 {
		var also card.List
		for i := range others {
			o := &others[i]
			also.Items = append(also.Items, []card.Block{card.Para{Spans: []card.Span{card.Text(o.Protocol.Name() + ": "), card.Key(news.Command + " reassign " + o.Key + " OWNER")}}})
		}
		out.Blocks = append(out.Blocks, card.Para{Spans: []card.Span{card.Text("The same device signs in by other protocols too, which are set aside as well:")}}, also)
	}
	out.Actions = []card.Action{{ID: chat.Press{Verb: "client", Subject: c.Key}.String(), Label: "Details"}}
	return out
}

// evidence is what is known of a client without naming anybody.
func evidence(c *storage.Client) []card.Fact {
	pair := func(name, value string) card.Fact {
		return card.Fact{Name: name, Value: []card.Span{card.Value(value)}}
	}
	facts := []card.Fact{
		pair("Client", c.Key), pair("Tenant", c.TenantName), pair("Device", deviceWords(c)), pair("Known from", string(c.Device.Confidence)),
		pair("Signs in by", c.Protocol.Name()), pair("Verdict", string(c.Verdict)),
		pair("Sign-ins", fmt.Sprintf("%d, of which %d got in", c.Tally.Total, c.Tally.Succeeded)),
	}
	if !c.First.IsZero() {
		facts = append(facts, pair("Seen", c.First.UTC().Format("2006-01-02")+" to "+c.Last.UTC().Format("2006-01-02 15:04 UTC")))
	}
	networks := fmt.Sprint(len(c.Networks))
	countries := map[string]bool{}
	for _, n := range c.Networks {
		if n.Country != "" && !countries[n.Country] {
			countries[n.Country] = true
			networks += ", " + n.Country
		}
	}
	return append(facts, pair("Networks", networks))
}

// deviceWords is the kind of device alone, since its name may hold a person's.
func deviceWords(c *storage.Client) string {
	d := c.Device
	d.Model = ""
	return d.Words()
}
