package news

import (
	"fmt"
	"slices"
	"strings"

	"legacyauth/detect"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// baselineCard counts what is there at the first start, of what one of the filters
// lets through; no filter is all.
func (d *decision) baselineCard(filters []storage.Filter) card.Card {
	clients, others := d.let(filters)
	title, incomplete := "No client uses legacy authentication", ""
	if others > 0 {
		title = "No client that was asked for here uses legacy authentication"
	}
	if !d.Coverage.Complete {
		incomplete = ", but coverage is incomplete"
		title = "No legacy client in what was read" + incomplete + ": this is no all-clear"
	}
	n := 0
	for _, c := range clients {
		if moves(c.Client) && !settled(c.State) {
			n++
		}
	}
	if n > 0 {
		title = several(n, "client still uses", "clients still use") + " legacy authentication" + incomplete
	}
	c := card.Card{Title: plain(title), Tone: card.Info}
	if !d.Coverage.Complete {
		c.Tone = card.Warning
	}
	var p pairs
	p.add("Tenant", d.Tenant)
	p.add("Clients", byVerdict(clients))
	p.counts("Protocols", byProtocol(clients))
	p.add("Besides", besides(clients))
	p.add("Password spray", guessing(guessesOf(clients)))
	for _, e := range endings(d.Library, clients, moves, d.Now) {
		p.add(e.name(), e.line(d.Now.UTC()))
	}
	if others > 0 {
		p.add("Not asked for here", several(others, "other client", "other clients"))
	}
	p.add("Coverage", d.read())
	c.Blocks = append(c.Blocks, outside("This is the first look at the tenant. From now on only what changes is told."))
	c.Blocks = append(c.Blocks, p.block()...)
	c.Blocks = append(c.Blocks, d.gaps()...)
	c.Blocks = append(c.Blocks, next("list the clients:", "clients"))
	c.Blocks = append(c.Blocks, d.contact()...)
	c.Actions = []card.Action{button("Show clients", "clients", "")}
	c.Fallback = d.Tenant + ": " + title
	if urgent := countVerdict(clients, detect.Leaked); urgent > 0 {
		c.Tone = card.Danger
		c.Fallback += fmt.Sprintf("; %s", several(urgent, "leaked password", "leaked passwords"))
	}
	return c
}

// let gives the clients that one of the filters lets through, and how many of the
// others have to move.
func (d *decision) let(filters []storage.Filter) (clients []storage.Client, others int) {
	for _, c := range d.found() {
		switch {
		case len(filters) == 0 || slices.ContainsFunc(filters, func(f storage.Filter) bool { return lets(f, c) }):
			clients = append(clients, c)
		case moves(c.Client) && !settled(c.State):
			others++
		}
	}
	return clients, others
}

// gaps lists what coverage says, the gravest first: what could not be read, and then
// what was left out on purpose.
func (t Turn) gaps() []card.Block {
	if t.Coverage.Complete || len(t.Coverage.Notes) == 0 {
		return nil
	}
	var list card.List
	for _, note := range t.Coverage.Notes[:min(len(t.Coverage.Notes), mostNotes)] {
		list.Items = append(list.Items, []card.Block{outside(redact(note))})
	}
	if left := len(t.Coverage.Notes) - mostNotes; left > 0 {
		list.Items = append(list.Items, []card.Block{para("and " + number(left) + " more")})
	}
	return []card.Block{heading("Notes on what was read"), list}
}

// mostNotes is how many notes of coverage a card lists.
const mostNotes = 5

// byVerdict counts the clients that have to move.
func byVerdict(clients []storage.Client) string {
	var parts []string
	for _, v := range []struct {
		verdict detect.Verdict
		words   string
	}{
		{detect.Leaked, "with a leaked password"},
		{detect.InUse, "in use"},
		{detect.Blocked, "blocked"},
		{detect.Broken, "broken"},
	} {
		if n := countVerdict(clients, v.verdict); n > 0 {
			parts = append(parts, number(n)+" "+v.words)
		}
	}
	return strings.Join(parts, " · ")
}

func countVerdict(clients []storage.Client, v detect.Verdict) int {
	n := 0
	for _, c := range clients {
		if c.Verdict == v && moves(c.Client) && !settled(c.State) {
			n++
		}
	}
	return n
}

// mostProtocols is how many protocols are named: more do not fit into a line.
const mostProtocols = 6

// byProtocol counts the clients that have to move by protocol, those of the most
// common ones by its name.
func byProtocol(clients []storage.Client) string {
	count := map[detect.Protocol]int{}
	for _, c := range clients {
		if moves(c.Client) && !settled(c.State) {
			count[c.Protocol]++
		}
	}
	list := slices.DeleteFunc(detect.Protocols(), func(p detect.Protocol) bool { return count[p] == 0 })
	if len(list) > mostProtocols {
		slices.SortStableFunc(list, func(a, b detect.Protocol) int { return count[b] - count[a] })
	}
	var parts []string
	others, rest := 0, 0
	for i, p := range list {
		if i >= mostProtocols {
			others, rest = others+count[p], rest+1
			continue
		}
		parts = append(parts, number(count[p])+" "+p.Name())
	}
	if rest > 0 {
		parts = append(parts, fmt.Sprintf("%s by %s", number(others), several(rest, "other protocol", "other protocols")))
	}
	return strings.Join(parts, " · ")
}

// ByProtocol says how many of some clients have to move, by protocol.
func ByProtocol(clients []storage.Client) string { return byProtocol(clients) }

// besides counts what only looks like a legacy client.
func besides(clients []storage.Client) string {
	review, modern := 0, 0
	for _, c := range clients {
		switch {
		case c.Verdict == detect.Spray || moves(c.Client) || settled(c.State):
		case c.Protocol == detect.Unknown:
			review++
		case tokens(c.Client):
			modern++
		}
	}
	var parts []string
	if review > 0 {
		parts = append(parts, number(review)+" to review")
	}
	if modern > 0 {
		parts = append(parts, number(modern)+" sending a token already")
	}
	return strings.Join(parts, " · ")
}
