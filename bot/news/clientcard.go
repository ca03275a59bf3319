package news

import (
	"fmt"

	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// clientCard is the one message about a client in a place: what happened last,
// and how it stands.
func (d *decision) clientCard(k storage.Client, n verdictNews) card.Card {
	title := clientTitle(k, n)
	c := card.Card{Title: plain(title), Tone: clientTone(k, n.kind)}
	var p pairs
	p.add("Why", n.why)
	p.add("Client", k.Key)
	p.add("Tenant", d.Tenant)
	p.add("Device", deviceWords(k.Client))
	p.add("Signs in by", k.Protocol.Name())
	if settled(k.State) {
		p.add("It was", verdictWords(k.Client))
	} else {
		p.add("Verdict", verdictWords(k.Client))
	}
	p.add("State", stands(k))
	p.add("Seen", seen(k.Client))
	p.add(d.ends(k))
	p.add("Coverage", d.read())
	c.Blocks = append(p.block(), nextFor(k))
	c.Blocks = append(c.Blocks, d.contact()...)
	c.Actions = clientButtons(k)
	c.Fallback = fmt.Sprintf("%s: %s (client %s, %s)", d.Tenant, title, k.Key, nowWords(k))
	return c
}

// clientReply says the change alone, under the message that says everything.
func (d *decision) clientReply(k storage.Client, n verdictNews) card.Card {
	title := clientTitle(k, n)
	var p pairs
	p.add("Client", k.Key)
	p.add("Coverage", d.read())
	return card.Card{
		Title:    plain(title),
		Tone:     clientTone(k, n.kind),
		Blocks:   append([]card.Block{outside(n.why)}, p.block()...),
		Fallback: fmt.Sprintf("%s: %s (client %s)", d.Tenant, title, k.Key),
	}
}

func clientTitle(k storage.Client, n verdictNews) string {
	device, kind := deviceWords(k.Client)+" by "+k.Protocol.Name(), n.kind
	switch {
	case n.resumed && !settled(k.State):
		return "No longer excepted: " + device
	case kind == Verified && migration.NoUser(k.Device):
		return "Silent, taken as moved: " + device // nothing shows where it went
	case kind == Changed && k.State == migration.Closed:
		return "Closed: " + device
	case kind == Changed && k.State == migration.Verified:
		return "Moved: " + device
	case kind == Changed && k.State == migration.Excepted:
		return "Excepted: " + device
	case k.Verdict == detect.Leaked && kind != Verified:
		// Whose device it is nobody knows: the guesser's, or the user's.
		return "Leaked password, used over " + k.Protocol.Name()
	case kind == First && k.Protocol == detect.Unknown:
		return "To review: a client app that nobody has listed"
	}
	return map[Kind]string{
		First:    "New legacy client: ",
		Relapsed: "Relapsed: ",
		Worse:    "Now in use: ",
		Verified: "Verified, it has moved: ",
		Disabled: "Disabled account, still signing in: ",
		Changed:  "Legacy client: ",
	}[kind] + device
}

func clientTone(k storage.Client, kind Kind) card.Tone {
	switch {
	case kind == Verified, kind == Changed && settled(k.State):
		return card.Success
	case k.Verdict == detect.Leaked:
		return card.Danger
	case severity(k.Client) == Low, k.State == migration.Excepted:
		return card.Info
	}
	return card.Warning
}

// stands is the state and since when.
func stands(k storage.Client) string {
	words := stateWords(k.State)
	if k.State == migration.Excepted && !k.ExceptUntil.IsZero() {
		return words + " until " + day(k.ExceptUntil)
	}
	if k.Since.IsZero() || k.State == "" || k.State == migration.Open {
		return words
	}
	return words + ", since " + day(k.Since)
}

// seen counts the sign-ins and says when they were.
func seen(c detect.Client) string {
	words := several(c.Tally.Total, "sign-in", "sign-ins")
	switch {
	case c.Last.IsZero():
		return words
	case day(c.First) == day(c.Last):
		return words + ", " + day(c.Last)
	}
	return words + ", " + day(c.First) + " to " + day(c.Last)
}

// nowWords says in a word how a client stands: its verdict, as long as there is
// something left to do about it.
func nowWords(k storage.Client) string {
	if settled(k.State) {
		return string(k.State)
	}
	return verdictWords(k.Client)
}

// ends is the day that the client counts down to, or the past one; both empty:
// it has moved, or no day is known.
func (d *decision) ends(k storage.Client) (name, value string) {
	r, ok := endOf(d.Library, k.Client, d.Now)
	if !ok || settled(k.State) {
		return "", ""
	}
	if r.Date.After(d.Now) {
		return "Ends", r.Words + ", " + r.Left(d.Now.UTC())
	}
	return "Officially ended", r.Words
}

func nextFor(k storage.Client) card.Block {
	switch {
	case settled(k.State):
		return next("nothing to do. What was seen of it:", "client", k.Key)
	case k.Verdict == detect.Leaked:
		return next("change the password and end its sessions today. Evidence and steps:", "client", k.Key)
	case k.AccountDisabled:
		return next("an admin finds the device and removes the account from it:", "client", k.Key)
	}
	return next("see whose it is and the steps for it:", "client", k.Key)
}

// clientButtons are what can be done about a client. They carry no revision: the
// message stands for weeks while each pass that finds a sign-in makes a new one,
// and none of them changes anything by itself: an exception opens a form that
// carries the revision, and who was told is not told twice.
func clientButtons(k storage.Client) []card.Action {
	show := button("Show steps", "client", k.Key)
	if settled(k.State) {
		return []card.Action{show}
	}
	buttons := []card.Action{show}
	if !k.AccountDisabled && k.Verdict != detect.Leaked { // else nobody reads it, or the device is not the user's
		buttons = append(buttons, button("Notify its user", "notify", k.Key))
	}
	return append(buttons, button("Make an exception", "except", k.Key))
}
