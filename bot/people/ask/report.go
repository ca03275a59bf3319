package ask

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"strconv"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/command"
	"legacyauth/bot/people"
	"legacyauth/bot/people/campaign"
	"legacyauth/playbooks/card"
)

func (a *Asked) runReport(ctx context.Context, c *command.Call) (chat.Answer, error) {
	tenant, err := a.tenant(ctx, c)
	if err != nil {
		return chat.Answer{}, err
	}
	report, err := a.People.CampaignReport(ctx, tenant, c.Args["name"])
	if err != nil {
		return chat.Answer{}, mistaken(err)
	}
	by := a.deadline()
	if word := c.Args["by"]; word != "" {
		if by, err = time.Parse(time.DateOnly, word); err != nil {
			return chat.Answer{}, &command.Mistake{Words: "The day of the forecast is written as 2026-12-31."}
		}
	}
	out := card.Card{
		Title: []card.Span{card.Text("Campaign "), card.Value(report.Name), card.Text(": " + report.State)}, Tone: card.Info, Fallback: "What a campaign came to",
		Blocks: []card.Block{
			card.Facts{Pairs: counts(report)},
			card.Progress{Done: report.Verified, Total: report.Clients, Label: "clients moved"},
			card.Para{Spans: []card.Span{card.Text(ForecastWords(campaign.Foresee(report.Points, by)))}},
		},
	}
	file, err := BurnDownCSV(report)
	if err != nil {
		return chat.Answer{}, err
	}
	return chat.Answer{Card: out, Files: []chat.File{{Name: "burn-down.csv", Type: "text/csv", Data: file}}}, nil
}

// deadline is the next day on which something ends by the calendar; today in a
// year where nothing does.
func (a *Asked) deadline() time.Time {
	now := a.People.Now().UTC()
	for _, r := range a.People.Library.Retirements() {
		if r.Date.After(now) && len(r.Protocols) > 0 {
			return r.Date
		}
	}
	return now.AddDate(1, 0, 0)
}

// ForecastWords says a forecast in a sentence.
func ForecastWords(f campaign.Forecast) string {
	day := f.On.UTC().Format("2 January 2006")
	switch {
	case !f.Known:
		return "There are too few days yet to say how many clients will be left on " + day + "."
	case f.Low == f.High:
		return fmt.Sprintf("At this pace %s left on %s.", clients(f.Left), day)
	}
	return fmt.Sprintf("At this pace %s left on %s; nine times in ten between %d and %d. The pace is that of the last %d days.", clients(f.Left), day, f.Low, f.High, f.Days)
}

func clients(n int) string {
	if n == 1 {
		return "1 client is"
	}
	return strconv.Itoa(n) + " clients are"
}

// BurnDownCSV gives the burn-down of a campaign as a table, a day a row.
func BurnDownCSV(r people.CampaignReport) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	rows := [][]string{{"day", "left", "done", "excepted", "claimed", "relapsed"}}
	for _, p := range r.Points {
		row := []string{p.Day.Format(time.DateOnly)}
		for _, n := range []int{p.Left, p.Done, p.Excepted, p.Claimed, p.Relapsed} {
			row = append(row, strconv.Itoa(n))
		}
		rows = append(rows, row)
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("write the burn-down: %w", err)
	}
	return b.Bytes(), nil
}
