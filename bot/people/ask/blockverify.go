package ask

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/command"
	"legacyauth/bot/config"
	"legacyauth/bot/people/block"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

func (a *Asked) runVerify(ctx context.Context, c *command.Call) (chat.Answer, error) {
	tenant, err := a.tenant(ctx, c)
	if err != nil {
		return chat.Answer{}, err
	}
	now := a.People.Now().UTC()
	since := now.Add(-24 * time.Hour)
	if word := c.Args["since"]; word != "" {
		if since, err = moment(word, now, c.Zone); err != nil {
			return chat.Answer{}, err
		}
	}
	return later(said(card.Info, "One moment", "What is stored of the log is read."), func(ctx context.Context) (chat.Answer, error) {
		_, chosen, err := a.chosen(ctx, tenant, c.Args["users"])
		if err != nil {
			return chat.Answer{}, err
		}
		return a.verify(ctx, tenant, chosen, since.In(c.Zone))
	}), nil
}

// moment reads when something was: how long ago, or a day or a time, by a clock
// where it says no other.
func moment(word string, now time.Time, zone *time.Location) (time.Time, error) {
	if ago, err := config.ParseAge(strings.ToLower(word)); err == nil {
		return now.Add(-ago), nil
	}
	for _, form := range []string{time.DateOnly, "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02T15:04:05", time.RFC3339} {
		if at, err := time.ParseInLocation(form, word, zone); err == nil {
			if at.After(now) {
				return at, &command.Mistake{Words: fmt.Sprintf("--since %s has not come yet: it is %s now. Write when the block was made.", card.Clean(word), now.In(zone).Format("2006-01-02T15:04 MST"))}
			}
			return at, nil
		}
	}
	return time.Time{}, &command.Mistake{Words: fmt.Sprintf("%q is no time: write how long ago, --since 7d or --since 36h, or when: --since 2026-11-23, --since 2026-11-23T14:30 by your clock, or --since 2026-11-23T14:30:00Z.", card.Clean(word))}
}

func (a *Asked) verify(ctx context.Context, tenant int64, chosen []string, since time.Time) (chat.Answer, error) {
	v := block.NewVerifier(chosen, since)
	read := false
	err := a.DB.Read(ctx, func(tx *storage.Tx) error {
		for b, err := range tx.Bundles(tenant, since) {
			if err != nil {
				return err
			}
			v.Add(&b)
		}
		windows, err := tx.Covered(tenant, since)
		for _, w := range windows {
			read = read || !w.From.After(since) && a.People.Now().Sub(w.To) < 24*time.Hour
		}
		return err
	})
	if err != nil {
		return chat.Answer{}, fmt.Errorf("read what is stored of the log: %w", err)
	}
	return chat.Answer{Card: verified(v.Result(), since, read)}, nil
}

// verified says what the log shows. read says that it was read without a gap.
func verified(r block.Result, since time.Time, read bool) card.Card {
	out := card.Card{Title: []card.Span{card.Text("What the log shows since " + since.Format("2 January 2006, 15:04 MST"))}, Tone: card.Info, Fallback: "What came of a block"}
	if !read {
		out.Tone = card.Warning
		out.Blocks = append(out.Blocks, card.Para{Spans: []card.Span{card.Text("The log was not read without a gap since then, so what is missing below may only be unread.")}})
	}
	last := func(t time.Time) string { return t.In(since.Location()).Format("2 January, 15:04 MST") }
	var in, refused, breaks card.List
	for _, s := range r.Seen {
		line := func(words string) []card.Block {
			return []card.Block{card.Para{Spans: []card.Span{card.Value(s.User), card.Text(" by " + s.Protocol.Name() + ": "), card.Sentence(words)}}}
		}
		if s.In > 0 {
			in.Items = append(in.Items, line(count(s.In, "sign-in", "sign-ins")+" got in, the last on "+last(s.LastIn)))
		}
		for _, by := range slices.Sorted(maps.Keys(s.Refused)) {
			refused.Items = append(refused.Items, line(strconv.Itoa(s.Refused[by])+" refused by "+string(by)+"; the last refusal on "+last(s.LastRefused)))
		}
		if s.WouldBreak > 0 {
			breaks.Items = append(breaks.Items, line(strconv.Itoa(s.WouldBreak)+" would be stopped by "+strings.Join(s.Policies, ", ")))
		}
	}
	part := func(title string, list card.List, none string) {
		out.Blocks = append(out.Blocks, card.Heading{Text: []card.Span{card.Text(title)}})
		if len(list.Items) == 0 {
			out.Blocks = append(out.Blocks, card.Para{Spans: []card.Span{card.Text(none)}})
			return
		}
		out.Blocks = append(out.Blocks, list)
	}
	if len(in.Items) > 0 {
		out.Tone = card.Danger
	}
	part("Still gets in", in, "Nobody of the chosen users.")
	part("Refused, with a row", refused, "No row of a refusal.")
	part("Would break under a report-only policy", breaks, "No row says so.")
	names := func(all []string) (list card.List) {
		for _, name := range all {
			list.Items = append(list.Items, []card.Block{card.Para{Spans: []card.Span{card.Value(name)}}})
		}
		return list
	}
	if len(r.Failed) > 0 {
		part("Only wrong passwords and other failures: proves nothing", names(r.Failed), "")
	}
	part("No legacy row at all", names(r.Silent), "None.")
	out.Blocks = append(out.Blocks, card.Para{Spans: []card.Span{card.Text(
		"No row proves nothing by itself: an authentication policy refuses before Entra is asked and leaves none, and a mailbox switch may not. Make a deliberate attempt over SMTP, as the playbook block-auth-policy shows: 535 5.7.139 and no row an hour later is the policy at work.")}})
	return out
}
