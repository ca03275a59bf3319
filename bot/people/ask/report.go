package ask

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/command"
	"legacyauth/bot/config"
	"legacyauth/bot/people"
	"legacyauth/bot/people/printed"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

func byOption() command.Option {
	return command.Option{Option: chat.Option{Name: "by", About: "The day of the forecast, 2026-12-31; the next on which something ends if left out"}, Named: true}
}

func (a *Asked) runReport(ctx context.Context, c *command.Call) (chat.Answer, error) {
	report, err := a.report(ctx, c)
	if err != nil {
		return chat.Answer{}, err
	}
	picture, err := report.Picture()
	if err != nil {
		return chat.Answer{}, err
	}
	name := card.Clean(report.Name)
	out := card.Card{
		Title: []card.Span{card.Text("Campaign "), card.Value(report.Name), card.Text(": " + report.State)}, Tone: card.Info, Fallback: "What a campaign came to",
		Blocks: []card.Block{
			card.Para{Spans: []card.Span{card.Text(report.Sentence())}},
			card.Facts{Pairs: counts(report.CampaignReport)},
			card.Progress{Done: report.Verified, Total: report.Clients, Label: "clients moved"},
			card.Para{Spans: []card.Span{card.Text(printed.Known)}},
			card.Para{Spans: []card.Span{card.Text("As files: "), typed("export campaign " + name + " --form xlsx")}},
		},
	}
	out.Blocks = append(out.Blocks, held(report.CampaignReport)...)
	return chat.Answer{Card: out, Files: []chat.File{picture}}, nil
}

// held says what holds people of a campaign back, and what could and is not known.
func held(r people.CampaignReport) []card.Block {
	var out []card.Block
	if len(r.Holds) > 0 {
		out = append(out, card.Para{Spans: []card.Span{card.Text(count(r.Held, "person is", "people are") + " held back until something else is done:")}}, sentences(r.Holds))
	}
	return append(out, unread(r.Unread)...)
}

// unread says that nobody is held back since nobody knows.
func unread(settings []string) []card.Block {
	if len(settings) == 0 {
		return nil
	}
	return []card.Block{card.Para{Spans: []card.Span{card.Text("These settings were not read, so nobody can be held back by them:")}}, sentences(settings)}
}

func sentences(all []string) card.List {
	var list card.List
	for _, words := range all {
		list.Items = append(list.Items, []card.Block{card.Para{Spans: []card.Span{card.Sentence(words)}}})
	}
	return list
}

// noDay is a word that should be a day.
func noDay(option, word string) error {
	return &command.Mistake{Words: fmt.Sprintf("%q is no day: write it as --%s 2026-12-31.", card.Clean(word), option)}
}

// report gives the report of the campaign that is named.
func (a *Asked) report(ctx context.Context, c *command.Call) (printed.Report, error) {
	tenant, err := a.tenant(ctx, c)
	if err != nil {
		return printed.Report{}, err
	}
	var by time.Time
	if word := c.Args["by"]; word != "" {
		if by, err = time.Parse(time.DateOnly, word); err != nil {
			return printed.Report{}, noDay("by", word)
		}
		if by.Before(a.People.Now().UTC().Truncate(24 * time.Hour)) {
			return printed.Report{}, &command.Mistake{Words: "--by " + word + " is past: a forecast is for a day ahead; leave it out for the campaign's own deadline."}
		}
	}
	report, err := a.People.CampaignReport(ctx, tenant, c.Args["name"])
	if err != nil {
		return printed.Report{}, mistaken(err)
	}
	name, err := a.tenantName(ctx, tenant)
	return printed.Of(report, name, a.People.Settings.Contact, by, a.People.Now().UTC().Truncate(24*time.Hour).Add(ahead)), err
}

func (a *Asked) tenantName(ctx context.Context, number int64) (string, error) {
	name := ""
	err := a.DB.Read(ctx, func(tx *storage.Tx) error {
		all, err := tx.Tenants()
		for _, t := range all {
			if t.ID == number {
				name = t.Name
			}
		}
		return err
	})
	return name, err
}

// ahead is how far a report looks ahead where nothing that its clients use ends on
// a day to come.
const ahead = 30 * 24 * time.Hour

// export gives a campaign's report as files, below the command export.
func (a *Asked) export() command.Command {
	forms := []chat.Choice{{Label: "Excel workbook", Value: "xlsx"}, {Label: "CSV for a spreadsheet", Value: "csv"}, {Label: "Page to print", Value: "html"}}
	return command.Command{
		Name: "export", About: "Clients or a campaign as a file that only you get", Role: config.Admin,
		Commands: []command.Command{{
			Name: "campaign", About: "What a campaign came to, as a file that only you get", Role: config.Admin,
			Options: []command.Option{
				{Option: chat.Option{Name: "name", About: "What the campaign is called", Required: true}},
				{Option: chat.Option{Name: "form", About: "The kind of file; xlsx if left out", Choices: forms}},
				byOption(), tenantOption(),
			},
			Examples: []string{"export campaign smtp --form html"}, Run: a.runExport,
		}},
	}
}

func (a *Asked) runExport(ctx context.Context, c *command.Call) (chat.Answer, error) {
	report, err := a.report(ctx, c)
	if err != nil {
		return chat.Answer{}, err
	}
	files, err := report.Files(c.Args["form"])
	if err != nil {
		return chat.Answer{}, err
	}
	out := card.Card{
		Title: []card.Span{card.Text("Campaign "), card.Value(report.Name), card.Text(" as a file")}, Tone: card.Info, Fallback: "A file of a campaign",
		Blocks: []card.Block{
			card.Para{Spans: []card.Span{card.Text(report.Sentence())}},
			card.Para{Spans: []card.Span{card.Text("It names people: keep it where only those may read it who have to.")}},
		},
	}
	return chat.Answer{Card: out, Files: files}, nil
}

func counts(r people.CampaignReport) []card.Fact {
	var facts []card.Fact
	for _, p := range r.Pairs() {
		facts = append(facts, card.Fact{Name: p.Name, Value: []card.Span{card.Text(strconv.Itoa(p.Count))}})
	}
	return facts
}
