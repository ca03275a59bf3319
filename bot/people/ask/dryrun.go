package ask

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people/campaign"
	"legacyauth/detect"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// aside is what a dry run says beside its figures.
type aside struct {
	chosen string   // whom it is for in words; empty: everybody
	byName bool     // its name chose what it is about
	unread []string // settings that could hold somebody back, and are not known
}

// dryRun shows an admin whom a campaign would tell: counts, and one sample of
// each kind.
func (a *Asked) dryRun(plan campaign.Plan, c storage.Campaign, b campaign.Body, shown aside) card.Card {
	told := plan.Told()
	out := card.Card{
		Title: []card.Span{card.Text(fmt.Sprintf("Campaign %s would tell %s about %s", card.Clean(c.Name), persons(told), count(plan.Clients, "client", "clients")))},
		Tone:  card.Info, Fallback: "A campaign, looked at before it starts",
	}
	fact := func(name string, n int) card.Fact {
		return card.Fact{Name: name, Value: []card.Span{card.Text(strconv.Itoa(n))}}
	}
	about := "About: " + b.Choice.Words() + "."
	if shown.byName {
		about += " Its name chose that, since no option did; for all clients give it another name."
	}
	out.Blocks = append(out.Blocks, card.Para{Spans: []card.Span{card.Sentence(about)}})
	if shown.chosen != "" {
		out.Blocks = append(out.Blocks, card.Para{Spans: []card.Span{card.Text("For "), card.Sentence(shown.chosen), card.Text("; who of them has no such client is not told.")}})
	}
	out.Blocks = append(out.Blocks, card.Facts{Pairs: []card.Fact{
		fact("People told", told), fact("Their clients", plan.Clients), fact("Held back, people", len(plan.People)-told),
		fact("For admins, clients", plan.Admins), fact("Excepted, clients", plan.Excepted), fact("Done with, clients", plan.Done),
		fact("Guessing, no message", plan.Spray), fact("People a day", wave(b.Manner)), fact("Pilot", len(b.Manner.Pilot)-len(b.Manner.Strangers(plan))),
	}})
	var held card.List
	for _, why := range slices.Sorted(maps.Keys(plan.Holds)) {
		held.Items = append(held.Items, []card.Block{card.Para{Spans: []card.Span{card.Text(fmt.Sprintf("%s held back. ", count(plan.Holds[why], "person is", "people are"))), card.Sentence(why)}}})
	}
	if len(held.Items) > 0 {
		out.Tone = card.Warning
		out.Blocks = append(out.Blocks, card.Heading{Text: []card.Span{card.Text("Held back until something else is done")}}, held)
	}
	out.Blocks = append(out.Blocks, unread(shown.unread)...)
	var samples card.List
	kinds := a.kinds(plan)
	for i := range kinds {
		k := &kinds[i]
		samples.Items = append(samples.Items, []card.Block{card.Para{Spans: []card.Span{
			card.Value(k.Device.Words()), card.Text(" by " + k.Protocol.Name() + ", playbook "), card.Key(a.People.Playbook(k).ID),
			card.Text(otherwise(k) + ", client "), card.Key(k.Key),
		}}})
	}
	if len(samples.Items) > 0 {
		out.Blocks = append(out.Blocks, card.Heading{Text: []card.Span{card.Text("One sample of each kind; their messages are in samples.txt")}}, samples)
	}
	if told == 0 {
		out.Blocks = append(out.Blocks, card.Para{Spans: []card.Span{card.Text(nobody(&plan) + " It is kept as planned and tells nobody: "), typed("campaign start " + c.Name), card.Text(" with another choice takes its place.")}})
		return out
	}
	if lacks := a.People.Settings.Lacks(); len(lacks) > 0 {
		out.Tone = card.Warning
		out.Blocks = append(out.Blocks, card.Para{Spans: []card.Span{card.Sentence("It cannot start yet: " + lacks.String() + ". legacyauth doctor says when that is done.")}})
		return out
	}
	line := fmt.Sprintf("campaign confirm %s %d", c.Name, told)
	out.Blocks = append(out.Blocks, card.Para{Spans: []card.Span{card.Text("Nobody was told yet. To start: "), typed(line)}})
	out.Actions = []card.Action{{
		ID: chat.Press{Verb: "campaign", Subject: fmt.Sprintf("confirm %s %d", c.Name, told), Revision: c.Revision}.String(), Label: "Start: tell " + persons(told),
		Style: card.Success, Confirm: fmt.Sprintf("Tell %s, %d a day?", persons(told), wave(b.Manner)),
	}}
	return out
}

// nobody says why a campaign would tell nobody.
func nobody(plan *campaign.Plan) string {
	switch left := plan.Admins + plan.Excepted + plan.Done + plan.Spray; {
	case len(plan.People) > 0:
		return "Everybody whom it is for is held back; look again when that is done."
	case left == 0:
		return "No client that is known is one that it is about."
	default:
		return "It is about " + count(left, "client", "clients") + ", of which none is for a person to move: the figures above say why."
	}
}

func wave(m campaign.Manner) int {
	if m.Wave == 0 {
		return campaign.WaveUsually
	}
	return m.Wave
}

// kinds gives one client of each kind, which is everything that its message is worded
// by: playbook, protocol, family of devices, verdict, and whether its user reads it or
// somebody who answers for it.
func (a *Asked) kinds(plan campaign.Plan) []storage.Client {
	return plan.Samples(func(k *storage.Client) string {
		return fmt.Sprint(a.People.Playbook(k).ID, " ", k.Protocol, " ", k.Device.Family, " ", k.Verdict, " ", answered(k))
	})
}

// answered says whether somebody else than its user answers for a client.
func answered(k *storage.Client) bool {
	return k.Owner != "" && !strings.EqualFold(k.Owner, k.User.Name)
}

// otherwise says why a sample is worded otherwise than most.
func otherwise(k *storage.Client) string {
	words := ""
	if k.Verdict != detect.InUse {
		words = ", " + strings.ReplaceAll(string(k.Verdict), "-", " ")
	}
	if answered(k) {
		words += ", somebody answers for it"
	}
	return words
}

// samples are the messages about one client of each kind, as their people would
// read them.
func (a *Asked) samples(ctx context.Context, plan campaign.Plan) ([]chat.File, error) {
	var b strings.Builder
	kinds := a.kinds(plan)
	for i := range kinds {
		message, err := a.People.Preview(ctx, &kinds[i])
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "==== Client %s ====\n\n%s\n\n\n", kinds[i].Key, chat.Plain(message))
	}
	if b.Len() == 0 {
		return nil, nil
	}
	return []chat.File{{Name: "samples.txt", Type: "text/plain", Data: []byte(b.String())}}, nil
}

func persons(n int) string { return count(n, "person", "people") }

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// told begins a sentence about people who are told.
func told(n int) string { return count(n, "person is", "people are") }
