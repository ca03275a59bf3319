package command

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/config"
	"legacyauth/bot/report"
	"legacyauth/bot/scan"
	"legacyauth/detect"
	"legacyauth/playbooks/card"
)

// export gives the clients as a file, to the asker alone.
func (b *Bot) export() Command {
	forms := []chat.Choice{{Label: "CSV for a spreadsheet", Value: "csv"}, {Label: "JSON for a program", Value: "json"}, {Label: "Excel workbook", Value: "xlsx"}}
	clients := Command{
		Name: "clients", About: "Clients that have not moved, as a file that only you get", Role: config.Admin, Once: true,
		Options: []Option{
			{Option: chat.Option{Name: "form", About: "The kind of file; csv if left out", Choices: forms}, Takes: func(word string) bool {
				return word == "csv" || word == "json" || word == "xlsx"
			}},
			tenantOption(),
		},
		Examples: []string{"export", "export xlsx contoso"},
		Run:      b.runExport,
	}
	return Command{Name: "export", About: "Clients or a campaign as a file that only you get", Role: config.Admin, Commands: []Command{clients}}
}

func (b *Bot) runExport(_ context.Context, c *Call) (chat.Answer, error) {
	tenant, err := c.tenant()
	if err != nil {
		return chat.Answer{}, err
	}
	form := c.Args["form"]
	if form == "" {
		form = "csv"
	}
	return b.queued(said("Writing the file", "All clients of "+tenant+" that have not moved."), func(ctx context.Context) (chat.Answer, error) {
		return b.exported(ctx, c, tenant, form)
	}), nil
}

func (b *Bot) exported(ctx context.Context, c *Call, tenant, form string) (chat.Answer, error) {
	s, err := b.standingOf(ctx, tenant)
	if err != nil {
		return chat.Answer{}, err
	}
	var clients []detect.Client
	guesses := 0
	for _, k := range s.clients {
		if settled(k.State) {
			continue
		}
		clients = append(clients, k.Client)
		if k.Verdict == detect.Spray {
			guesses++
		}
	}
	result := scan.Result{Findings: scan.Advise(clients, b.Library, b.Now())}
	if p := s.health.LastPass; p != nil {
		whole := p.Complete && p.Error == "" // and so both logs were read
		result.Coverage = detect.Coverage{Complete: whole, Interactive: whole, NonInteractive: whole, To: s.health.ReadTo, Notes: p.Notes}
	}
	var data bytes.Buffer
	switch form {
	case "json":
		err = report.JSON(&data, result)
	case "xlsx":
		err = report.XLSX(&data, result)
	default:
		err = report.CSV(&data, result)
	}
	if err != nil {
		return chat.Answer{}, fmt.Errorf("write the clients of a tenant as %s: %w", form, err)
	}
	out := card.Card{Title: []card.Span{card.Text("Clients of "), card.Value(tenant)}, Tone: card.Info, Fallback: "A file of clients"}
	facts, gaps := s.coverage(c)
	var head pairs
	head.add("Clients", number(len(clients)-guesses))
	if guesses > 0 {
		head.add("Besides", several(guesses, "row is", "rows are")+" only guesses at passwords")
	}
	out.Blocks = append(append(out.Blocks, head.block()...), facts.block()...)
	if len(gaps) > 0 {
		out.Blocks = append(out.Blocks, heading("What could not be read"), bullets(gaps[:min(len(gaps), 5)]...))
	}
	out.Blocks = append(out.Blocks, para(card.Text("It names people and addresses: keep it where only those may read it who have to.")))
	name := "legacyauth-clients-" + b.Now().UTC().Format(time.DateOnly) + "." + form
	return chat.Answer{Card: out, Files: []chat.File{{Name: name, Data: data.Bytes()}}}, nil
}
