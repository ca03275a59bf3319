package command

import (
	"context"
	"fmt"
	"slices"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/bot/linking"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// me shows people their own devices and nobody else's.
func (b *Bot) me() Command {
	return Command{
		Name: "me", About: "Your own devices, and the steps for each", Role: config.Everyone,
		Examples: []string{"me"},
		Run:      b.runMe,
	}
}

func (b *Bot) runMe(ctx context.Context, c *Call) (chat.Answer, error) {
	out, linked, err := b.own(ctx, c)
	if err != nil || !slices.Contains(b.Asks, c.From.Platform) {
		a := chat.Answer{Card: out}
		if !linked {
			a.Outcome = chat.Misasked
		}
		return a, err
	}
	// Who asked already and is linked to nothing gets a new code by the button.
	asked, err := linking.Asked(b.DB)(ctx, c.From)
	if err != nil {
		return chat.Answer{}, fmt.Errorf("see whether somebody asked for messages: %w", err)
	}
	if asked && linked {
		out.Actions = append(out.Actions, button("Stop telling me", linking.StopVerb))
	} else {
		out.Actions = append(out.Actions, button("Tell me about my devices", linking.TellVerb))
	}
	return chat.Answer{Card: out}, nil
}

// own is the card about the asker's own devices; false: nobody knows which account
// is theirs.
func (b *Bot) own(ctx context.Context, c *Call) (card.Card, bool, error) {
	var accounts []account
	var list []storage.Client
	err := b.DB.Read(ctx, func(tx *storage.Tx) (err error) {
		if accounts, err = b.accounts(tx, c); err != nil {
			return err
		}
		list, err = clientsOf(tx, accounts, c.From.Who())
		return err
	})
	if err != nil {
		return card.Card{}, false, fmt.Errorf("find somebody's own clients: %w", err)
	}
	if len(accounts) == 0 {
		return b.notLinked(c), false, nil
	}
	out := card.Card{Title: plain("Your devices"), Tone: card.Info, Fallback: "Your devices"}
	moved, watched, owned := 0, 0, 0
	for i := range list {
		k := &list[i]
		switch to, _ := migration.AudienceOf(&k.Client); {
		case to == migration.ToTrend:
		case k.Auth.Kind == detect.Token:
			moved++
		case to == migration.ToAdmins && k.Owner == "":
			watched++
		case settled(k.State):
			moved++
		default:
			theirs := !slices.ContainsFunc(accounts, func(a account) bool { return a.owns(k) })
			if theirs {
				owned++
			}
			out.Blocks = append(out.Blocks, b.ownEntry(c, k, theirs))
		}
	}
	if n := len(out.Blocks); n > 0 {
		out.Tone = card.Warning
		intro := para(card.Text(ownIntro(n-owned, owned) + " What was seen, and what to do:"))
		out.Blocks = append([]card.Block{intro}, out.Blocks...)
	} else {
		out.Blocks = append(out.Blocks, para(card.Text("No device of yours signs in in an old way, in what was read.")))
		lines, err := b.coverageLines(ctx, c.Tenants)
		if err != nil {
			return card.Card{}, true, err
		}
		out.Blocks = append(out.Blocks, lines...)
	}
	if moved > 0 {
		out.Blocks = append(out.Blocks, para(card.Text(several(moved, "device has", "devices have")+" moved already.")))
	}
	if watched > 0 {
		out.Blocks = append(out.Blocks, para(card.Text("An admin is looking at "+several(watched, "sign-in", "sign-ins")+" to your account that may not be yours.")))
	}
	out.Blocks = append(out.Blocks, b.contact()...)
	return out, true, nil
}

// ownIntro says how many devices sign in as the asker, and how many they answer for.
func ownIntro(own, owned int) string {
	mine := several(own, "device or program signs in", "devices and programs sign in") + " to your account in an old way that ends."
	theirs := several(owned, "device or program", "devices and programs")
	switch {
	case owned == 0:
		return mine
	case own == 0:
		return "You answer for " + theirs + " with an old way to sign in that ends."
	}
	return mine + " You also answer for " + theirs + "."
}

// ownEntry is a device as its user reads of it; theirs: as who answers for it does,
// who has to read which account it signs in as.
func (b *Bot) ownEntry(c *Call, k *storage.Client, theirs bool) card.Entry {
	text := []card.Span{strong(k.Device.Words()), card.Text(" by " + k.Protocol.Name())}
	if name := who(k.User); theirs && name != "" {
		text = append(text, card.Text(" as "), card.Value(name))
	}
	note := "last " + c.minute(k.Last)
	if len(k.Networks) > 0 {
		note += " from " + k.Networks[0].Address
		if place := k.Networks[0].Place(); place != "" {
			note += " (" + place + ")"
		}
	}
	if left := b.left(k); left != "" {
		note += " \u00b7 " + left
	}
	return card.Entry{
		Text: text,
		Note: []card.Span{card.Sentence(note)},
		Menu: []card.Action{about("Show the steps", "steps", k)},
	}
}

func (b *Bot) notLinked(c *Call) card.Card {
	if c.From.ID == "" {
		out := said("Nobody is known at the terminal", "me is for people on a chat platform, whose account is known there.")
		out.Blocks = append(out.Blocks, para(card.Text("What somebody has: "), typed("user ana@contoso.com")))
		return out
	}
	out := said("It is not known which account is yours", "An admin can link you to it, with your id.")
	out.Blocks = append(out.Blocks, para(card.Text("Your id: "), card.Key(card.Clean(c.From.Who()))))
	out.Blocks = append(out.Blocks, b.contact()...)
	return out
}

// contact says whom to ask; nobody is named where none is known.
func (b *Bot) contact() []card.Block {
	if b.Config.Contact == "" {
		return nil
	}
	return []card.Block{para(card.Text("Questions: "), card.Value(b.Config.Contact))}
}
