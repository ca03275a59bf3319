package explain

import "legacyauth/playbooks/card"

// Card says the answer as one message. It shows what was pasted, cut and made
// safe; in a channel, where others read along, leave Pasted empty.
func (a Answer) Card() card.Card {
	c := card.Card{Title: a.title(), Tone: a.tone(), Fallback: card.Plainly(a.title())}
	if a.Kind == Agent {
		// A device's name can hold words of the agent; a notification gets none.
		c.Fallback = "What a user agent means"
	}
	if facts := a.facts(); len(facts) > 0 {
		c.Blocks = append(c.Blocks, card.Facts{Pairs: facts})
	}
	c.Blocks = append(c.Blocks, card.Para{Spans: styled(a.Meaning)})
	if len(a.Do) > 0 {
		steps := card.List{Ordered: true}
		for _, step := range a.Do {
			steps.Items = append(steps.Items, []card.Block{card.Para{Spans: styled(step)}})
		}
		c.Blocks = append(c.Blocks, card.Heading{Text: []card.Span{card.Text("What to do")}}, steps)
	}
	if a.Playbook != "" {
		c.Blocks = append(c.Blocks, card.Para{Spans: []card.Span{
			card.Text("All steps are in the playbook "), card.Key(a.Playbook), card.Text("."),
		}})
	}
	if len(a.Sources) > 0 {
		var list card.List
		for _, s := range a.Sources {
			list.Items = append(list.Items, []card.Block{card.Para{Spans: []card.Span{
				{Text: s.Title, Style: card.Link, URL: s.URL}, card.Text(", read " + s.Checked),
			}}})
		}
		c.Blocks = append(c.Blocks, card.Heading{Text: []card.Span{card.Text("Sources")}}, list)
	}
	return c
}

func (a Answer) title() []card.Span {
	switch {
	case a.Kind == Agent:
		return []card.Span{card.Value(a.Title)}
	case a.Code != "":
		return []card.Span{card.Text(a.Code + ": " + a.Title)}
	}
	return []card.Span{card.Text(a.Title)}
}

func (a Answer) tone() card.Tone {
	// Result 0 is the one sign-in code that is no error.
	if a.Kind == Agent || a.Kind == ClientApp || a.Kind == SignInCode && a.Code == "0" {
		return card.Info
	}
	return card.Warning
}

func (a Answer) facts() []card.Fact {
	var facts []card.Fact
	add := func(name string, value ...card.Span) {
		facts = append(facts, card.Fact{Name: name, Value: value})
	}
	if a.Pasted != "" {
		add("Pasted", card.Value(a.Pasted))
	}
	if said := a.Password.say(); said != "" {
		add("Password", card.Text(said))
	}
	if a.Protocol != "" {
		add("Protocol", card.Text(a.Protocol.Name()))
	}
	if d := a.Device; d != nil {
		add("Family", card.Text(string(d.Family)))
		for _, f := range []struct{ name, value string }{{"Model", d.Model}, {"System", d.OS}, {"Version", d.Version}} {
			if f.value != "" {
				add(f.name, card.Value(f.value))
			}
		}
		add("Confidence", card.Text(string(d.Confidence)))
		var because []card.Span
		for i, e := range d.Evidence {
			if i > 0 {
				because = append(because, card.Text("; "))
			}
			because = append(because, card.Value(e))
		}
		if len(because) > 0 {
			add("Because", because...)
		}
	}
	return facts
}

// say puts what a code proves into words.
func (p Password) say() string {
	switch p {
	case Right:
		return "right"
	case Likely:
		return "likely right"
	case Wrong:
		return "wrong, or no such account"
	case NotKnown:
		return "not known"
	}
	return ""
}
