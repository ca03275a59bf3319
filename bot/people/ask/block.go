package ask

import (
	"context"
	"fmt"
	"strings"

	"legacyauth/adapters/chat"
	"legacyauth/bot/command"
	"legacyauth/bot/config"
	"legacyauth/bot/people/block"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

func (a *Asked) block() command.Command {
	users := command.Option{Option: chat.Option{Name: "users", About: "Work addresses joined by commas, or a Microsoft 365 group by name, address or id", Required: true}, Named: true}
	return command.Command{
		Name: "block", About: "Commands to block legacy authentication for a pilot, and what came of it", Role: config.Admin,
		Commands: []command.Command{
			{
				Name: "plan", About: "The commands for users whose clients have moved, each with its rollback; nothing is run", Role: config.Admin,
				Options: []command.Option{users, tenantOption()}, Examples: []string{"block plan --users ana@contoso.com,ben@contoso.com", `block plan --users "Pilot"`}, Run: a.runPlan,
			},
			{
				Name: "verify", About: "What the log shows since a block: who was refused and by what, who still gets in", Role: config.Admin,
				Options:  []command.Option{users, {Option: chat.Option{Name: "since", About: "When the block was made: 2026-11-23, 2026-11-23T14:30 by your clock, or 36h ago; 24h if left out"}, Named: true}, tenantOption()},
				Examples: []string{"block verify --users ana@contoso.com --since 2026-11-23T14:30"}, Run: a.runVerify,
			},
		},
	}
}

func (a *Asked) runPlan(ctx context.Context, c *command.Call) (chat.Answer, error) {
	tenant, err := a.tenant(ctx, c)
	if err != nil {
		return chat.Answer{}, err
	}
	return later(said(card.Info, "One moment", "Nothing is run."), func(ctx context.Context) (chat.Answer, error) {
		clients, chosen, err := a.chosen(ctx, tenant, c.Args["users"])
		if err != nil {
			return chat.Answer{}, err
		}
		return planned(block.Make(chosen, clients))
	}), nil
}

// chosen gives a tenant's clients, and the users that are named.
func (a *Asked) chosen(ctx context.Context, tenant int64, users string) (clients []storage.Client, chosen []string, err error) {
	err = a.DB.Read(ctx, func(tx *storage.Tx) (err error) {
		clients, _, err = tx.Clients(tenant, storage.ClientFilter{})
		return err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("read clients: %w", err)
	}
	chosen, err = a.users(ctx, tenant, users, clients)
	if err == nil && len(chosen) == 0 {
		err = &command.Mistake{Words: "--users names nobody: write work addresses joined by commas, --users ana@contoso.com,ben@contoso.com, or the name of a group that has members."}
	}
	return clients, chosen, err
}

// planned shows a plan, with its commands as files too.
func planned(plan block.Plan) (chat.Answer, error) {
	out := card.Card{
		Title: []card.Span{card.Text(ready(len(plan.Ready), len(plan.Ready)+len(plan.NotReady)+len(plan.Unknown)))},
		Tone:  card.Info, Fallback: "A plan to block legacy authentication",
		Blocks: []card.Block{card.Para{Spans: []card.Span{card.Text(intro(plan))}}},
	}
	out.Blocks = append(out.Blocks, notReady(plan)...)
	steps, strange := plan.Steps()
	if strange != nil {
		out.Blocks = append(out.Blocks, card.Para{Spans: []card.Span{card.Sentence(strange.Error() + ".")}})
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
		out.Blocks = append(out.Blocks, card.Heading{Text: []card.Span{card.Value(s.Title)}},
			card.Code{Lang: "powershell", Text: s.Do}, card.Para{Spans: []card.Span{card.Text("Rollback:")}}, card.Code{Lang: "powershell", Text: s.Undo},
			card.Para{Spans: []card.Span{card.Text("Proof: " + s.Proof + " More: "), typed("playbook " + s.Playbook)}})
	}
	switch {
	case policy == nil:
		out.Blocks = append(out.Blocks, card.Para{Spans: []card.Span{card.Text("There is no policy of Conditional Access to try in report-only mode, and no block-pilot.json: such a policy names users by directory id, and the log gave none for " + whom(left) + ". Name them in the portal of Microsoft Entra instead: "), typed("playbook block-conditional-access")}})
	case left > 0:
		out.Blocks = append(out.Blocks, card.Para{Spans: []card.Span{card.Text(count(left, "user is", "users are") + " not in block-pilot.json, since the log gave no directory id for them.")}})
	}
	files := []chat.File{{Name: "block-plan.txt", Type: "text/plain", Data: []byte(script(steps))}}
	if policy != nil {
		files = append(files, chat.File{Name: "block-pilot.json", Type: "application/json", Data: policy})
	}
	return chat.Answer{Card: out, Files: files}, nil
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

// script is the whole plan as text, for where a card is too short.
func script(steps []block.Step) string {
	var b strings.Builder
	for _, s := range steps {
		fmt.Fprintf(&b, "# %s (playbook %s)\n%s\n\n# Rollback\n%s\n\n# Proof: %s\n\n\n", s.Title, s.Playbook, s.Do, s.Undo, s.Proof)
	}
	return b.String()
}

func notReady(plan block.Plan) []card.Block {
	var list card.List
	for _, u := range plan.NotReady {
		words := make([]string, 0, len(u.Open))
		for i := range u.Open {
			k := &u.Open[i]
			words = append(words, k.Device.Words()+" by "+k.Protocol.Name()+" ("+string(k.State)+")")
		}
		list.Items = append(list.Items, []card.Block{card.Para{Spans: []card.Span{card.Value(u.Name), card.Sentence(": " + strings.Join(words, "; "))}}})
	}
	for _, name := range plan.Unknown {
		list.Items = append(list.Items, []card.Block{card.Para{Spans: []card.Span{card.Value(name), card.Text(": no client was ever seen, so nothing shows that anything has moved")}}})
	}
	if len(list.Items) == 0 {
		return nil
	}
	return []card.Block{card.Heading{Text: []card.Span{card.Text("Would be hit and are not ready: no commands for them")}}, list}
}
