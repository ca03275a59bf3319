package linking

import (
	"legacyauth/adapters/chat"
	"legacyauth/playbooks/card"
)

// The verbs of the buttons here.
const (
	TellVerb = "tell-me"      // asks for direct messages, and shows the own devices
	StopVerb = "stop-telling" // takes that back
)

// Panel is what an admin posts into a channel of a platform where people have to
// ask for direct messages. contact says whom to ask; empty: nobody is named.
func Panel(contact string) card.Card {
	c := card.Card{
		Title: []card.Span{card.Text("Does a device of yours still sign in the old way?")},
		Tone:  card.Info, Fallback: "Ask which devices of yours still sign in the old way",
		Blocks: []card.Block{
			card.Para{Spans: []card.Span{card.Text("Phones, mail programs and scanners that sign in with a password only will stop working. Press the button to see yours, and to get a direct message when one is found. Only you see the answer; you can stop it at any time.")}},
		},
		Actions: []card.Action{{ID: chat.Press{Verb: TellVerb}.String(), Label: "Tell me about my devices", Style: card.Info}},
	}
	if contact != "" {
		c.Blocks = append(c.Blocks, card.Para{Spans: []card.Span{card.Text("Questions: "), card.Value(contact)}})
	}
	return c
}

// CodeCard shows a person their code.
func CodeCard(code string) card.Card {
	return card.Card{
		Title: []card.Span{card.Text("It is not known which account is yours")}, Tone: card.Warning, Fallback: "A code to be linked to your account",
		Blocks: []card.Block{
			card.Para{Spans: []card.Span{card.Text("Tell an admin this code, in person or by work mail, with your work address. It is good once, for 15 minutes:")}},
			card.Code{Text: code},
		},
	}
}
