package ask

import (
	"fmt"
	"slices"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people/block"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// planned shows a plan, with its commands as files too.
func planned(plan block.Plan) (chat.Answer, error) {
	out := card.Card{
		Title: []card.Span{card.Text(ready(len(plan.Ready), len(plan.Ready)+len(plan.NotReady)+len(plan.Unknown)))},
		Tone:  card.Info, Fallback: "A plan to block legacy authentication",
		Blocks: []card.Block{paragraph(card.Text(intro(plan)))},
	}
	out.Blocks = append(out.Blocks, notReady(plan)...)
	out.Blocks = append(out.Blocks, byToken(plan)...)
	out.Blocks = append(out.Blocks, neverSeen(plan)...)
	steps, strange := plan.Steps()
	if strange != nil {
		out.Blocks = append(out.Blocks, paragraph(card.Sentence(strange.Error()+".")))
	}
	if len(plan.Ready) == 0 {
		return chat.Answer{Card: out}, nil
	}
	policy, left, err := plan.ReportOnly()
	if err != nil {
		return chat.Answer{}, err
	}
	if policy != nil {
		steps = append(steps, block.ReportOnlyStep())
	}
	for _, s := range steps {
		out.Blocks = append(out.Blocks, shown(s)...)
	}
	out.Blocks = append(out.Blocks, switchesLeft(plan)...)
	switch {
	case policy == nil:
		out.Blocks = append(out.Blocks, paragraph(card.Text("There is no policy of Conditional Access to try in report-only mode, and no block-pilot.json: such a policy names users by directory id, and the log gave none for "+whom(left)+". Name them in the portal of Microsoft Entra instead: "), typed("playbook block-conditional-access")))
	case left > 0:
		out.Blocks = append(out.Blocks, paragraph(card.Text(count(left, "user is", "users are")+" not in block-pilot.json, since the log gave no directory id for them.")))
	}
	files := []chat.File{{Name: "block-plan.txt", Type: "text/plain", Data: []byte(script(plan, steps))}}
	if policy != nil {
		files = append(files, chat.File{Name: "block-pilot.json", Type: "application/json", Data: policy})
	}
	return chat.Answer{Card: out, Files: files}, nil
}

// shown is one step with what to make sure of before.
func shown(s block.Step) []card.Block {
	blocks := []card.Block{card.Heading{Text: []card.Span{card.Value(s.Title)}}}
	if s.Check != "" {
		blocks = append(blocks, paragraph(card.Bold("First: "), card.Sentence(s.Check)))
	}
	return append(blocks,
		card.Code{Lang: "powershell", Text: s.Do}, paragraph(card.Text("Rollback:")), card.Code{Lang: "powershell", Text: s.Undo},
		paragraph(card.Text("Proof: "+s.Proof+" More: "), typed("playbook "+s.Playbook)))
}

func whom(n int) string {
	if n == 1 {
		return "the user"
	}
	return fmt.Sprintf("any of the %d users", n)
}

func intro(plan block.Plan) string {
	if len(plan.Ready) == 0 {
		return "Nothing was run, and there is nothing to run yet: commands are for users all of whose clients are verified."
	}
	return "Nothing was run. Read each block, keep what it shows first, and have its rollback ready."
}

// ready says how many of the chosen users are ready.
func ready(n, all int) string {
	switch {
	case all == 1 && n == 1:
		return "The user is ready for a block"
	case all == 1:
		return "The user is not ready for a block"
	case n == 0:
		return fmt.Sprintf("None of %d users is ready for a block", all)
	case n == all:
		return fmt.Sprintf("All %d users are ready for a block", all)
	}
	return fmt.Sprintf("%d of %s ready for a block", n, count(all, "user is", "users are"))
}

// script is the whole plan as text, for where a card is too short. Outside text in
// its comments stays on their line.
func script(plan block.Plan, steps []block.Step) string {
	var b strings.Builder
	for _, s := range steps {
		fmt.Fprintf(&b, "# %s (playbook %s)\n", s.Title, s.Playbook)
		if s.Check != "" {
			fmt.Fprintf(&b, "# First: %s\n", s.Check)
		}
		fmt.Fprintf(&b, "%s\n\n# Rollback\n%s\n\n# Proof: %s\n\n\n", s.Do, s.Undo, s.Proof)
	}
	for _, u := range plan.Ready {
		for _, l := range u.Left {
			fmt.Fprintf(&b, "# No switch of %s for %s: %s.\n", l.Protocol.Name(), card.Clean(u.Name), l.Why)
		}
	}
	return b.String()
}

// part is a part of the card; nothing where it has no items.
func part(title string, items [][]card.Block, after ...card.Span) []card.Block {
	if len(items) == 0 {
		return nil
	}
	blocks := []card.Block{card.Heading{Text: []card.Span{card.Text(title)}}, card.List{Items: items}}
	if len(after) > 0 {
		blocks = append(blocks, paragraph(after...))
	}
	return blocks
}

func paragraph(spans ...card.Span) card.Block { return card.Para{Spans: spans} }

// item is a line about an account, with words that may hold outside text after the
// program's own.
func item(name, own, words string) []card.Block {
	return []card.Block{paragraph(card.Value(name), card.Text(own), card.Sentence(words))}
}

// clientsIn gives clients in words.
func clientsIn(all []storage.Client, more func(*storage.Client) string) string {
	words := make([]string, 0, len(all))
	for i := range all {
		k := &all[i]
		words = append(words, k.Device.Words()+" by "+k.Protocol.Name()+" ("+string(k.State)+more(k)+")")
	}
	return strings.Join(words, "; ")
}

func notReady(plan block.Plan) []card.Block {
	var items [][]card.Block
	for _, u := range plan.NotReady {
		items = append(items, item(u.Name, ": ", clientsIn(u.Open, func(c *storage.Client) string {
			if slices.Contains(u.Tokens, c.Protocol) {
				return "; some of its sign-ins carry a token, the others would be hit"
			}
			return ""
		})))
	}
	return part("Would be hit and are not ready: no commands for them", items)
}

func neverSeen(plan block.Plan) []card.Block {
	var items [][]card.Block
	for _, name := range plan.Unknown {
		items = append(items, item(name, "", ": no client was ever seen, so nothing shows that anything has moved"))
	}
	return part("Nothing is known of them: no commands for them", items)
}

func byToken(plan block.Plan) []card.Block {
	var items [][]card.Block
	for _, u := range slices.Concat(plan.Ready, plan.NotReady) {
		if len(u.ByToken) > 0 {
			items = append(items, item(u.Name, ": ", clientsIn(u.ByToken, func(*storage.Client) string { return "" })))
		}
	}
	return part("By token: not hit by an authentication policy", items, card.Text(tokenHits))
}

// tokenHits says what each block does to a program that sends a token over a legacy
// protocol: https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/disable-basic-authentication-in-exchange-online
// and https://learn.microsoft.com/powershell/module/exchangepowershell/set-casmailbox,
// read 2026-11-22. That Conditional Access goes by the client app follows from its
// conditions; nothing says that it always stops a token.
const tokenHits = "An authentication policy refuses passwords alone. A mailbox switch closes its protocol for tokens too. " +
	"A policy of Conditional Access goes by the client app that the log shows, whatever is sent, so once it is enforced it may stop them: what report-only mode says comes first."

func switchesLeft(plan block.Plan) []card.Block {
	var items [][]card.Block
	for _, u := range plan.Ready {
		for _, l := range u.Left {
			items = append(items, item(u.Name, ", "+l.Protocol.Name()+": ", l.Why))
		}
	}
	return part("Mailbox switches left out", items,
		card.Text("A switch closes its protocol for tokens too, and would cut off who has moved to one. The authentication policy above stops passwords over these protocols and lets tokens through. Once you have made sure that nobody uses the protocol with a token, which is step 2 there, the switch stands in "),
		typed("playbook block-mailbox-switches"))
}
