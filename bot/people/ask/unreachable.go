package ask

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"regexp"

	"legacyauth/adapters/chat"
	"legacyauth/bot/command"
	"legacyauth/bot/config"
	"legacyauth/bot/people"
	"legacyauth/bot/report"
	"legacyauth/playbooks/card"
)

func (a *Asked) unreachable() command.Command {
	return command.Command{
		Name: "unreachable", About: "Who cannot be messaged, with a mail for each to send instead", Role: config.Helpdesk,
		Options: []command.Option{tenantOption()}, Examples: []string{"unreachable"},
		Run: func(ctx context.Context, c *command.Call) (chat.Answer, error) {
			tenant, err := a.tenant(ctx, c)
			if err != nil {
				return chat.Answer{}, err
			}
			list, err := a.People.Unreachable(ctx, tenant)
			if err != nil || len(list) == 0 {
				return chat.Answer{Card: said(card.Success, "Nobody is on this list", "All who were to be told so far can be messaged.")}, err
			}
			file, err := UnreachableCSV(list)
			if err != nil {
				return chat.Answer{}, err
			}
			out := said(card.Warning, "Who cannot be messaged", persons(len(list))+". The file has the address, the reason and a mail for each.")
			out.Blocks = append(out.Blocks, firstOf(list)...)
			return chat.Answer{Card: out, Files: []chat.File{{Name: "unreachable.csv", Type: "text/csv", Data: file}}}, nil
		},
	}
}

// listedMost is how many people the answer itself names.
const listedMost = 10

// firstOf names the first of the list; only who asked sees the answer.
func firstOf(all []people.Unreached) []card.Block {
	var list card.List
	for _, u := range all[:min(len(all), listedMost)] {
		list.Items = append(list.Items, []card.Block{card.Para{Spans: []card.Span{
			card.Value(u.User), card.Text(" (" + count(u.Clients, "client", "clients") + "): "), card.Sentence(reasonWords(u.Why)),
		}}})
	}
	out := []card.Block{list}
	if rest := len(all) - listedMost; rest > 0 {
		out = append(out, card.Para{Spans: []card.Span{card.Text(count(rest, "more is", "more are") + " in the file.")}})
	}
	return out
}

// dash is the mark of a list's item.
var dash = regexp.MustCompile(`(?m)^( *)- `)

// UnreachableCSV gives the list as a table for a mail merge. A line that a
// spreadsheet would calculate begins with an apostrophe, so lists have dots for
// dashes. The table begins with the mark by which Excel knows UTF-8.
func UnreachableCSV(list []people.Unreached) ([]byte, error) {
	b := bytes.NewBufferString("\ufeff")
	w := csv.NewWriter(b)
	rows := [][]string{{"user", "why", "clients", "subject", "mail"}}
	for _, u := range list {
		rows = append(rows, []string{report.Inert(u.User), reasonWords(u.Why), fmt.Sprint(u.Clients), report.Inert(u.Subject), report.InertLines(dash.ReplaceAllString(u.Mail, "$1• "))})
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("write the table: %w", err)
	}
	return b.Bytes(), nil
}
