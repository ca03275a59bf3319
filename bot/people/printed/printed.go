package printed

import (
	"fmt"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people"
	"legacyauth/bot/people/campaign"
)

// Report is a campaign's report with the day that it looks ahead to.
type Report struct {
	people.CampaignReport
	// Tenant is the tenant's name, Contact who answers for the campaign.
	Tenant, Contact string
	// Forecast is what the burn-down comes to.
	Forecast campaign.Forecast
}

// Of gives the report that looks ahead to a day: a zero one is the nearest on
// which something ends that clients use which are left, and without one otherwise.
func Of(r people.CampaignReport, tenant, contact string, by, otherwise time.Time) Report {
	switch {
	case !by.IsZero():
	case len(r.Ends) > 0:
		by = r.Ends[0].Date
	default:
		by = otherwise
	}
	return Report{CampaignReport: r, Tenant: tenant, Contact: contact, Forecast: campaign.Foresee(r.Points, by)}
}

// Sentence says what the picture shows.
func (r Report) Sentence() string {
	words := ""
	if n := len(r.Points); n > 0 {
		first, last := r.Points[0], r.Points[n-1]
		words = fmt.Sprintf("%d of %s left", last.Left, count(r.Clients, "client is", "clients are"))
		if n > 1 {
			words += fmt.Sprintf(" (%d on %s)", first.Left, first.Day.Format(longDay))
		}
		if r.Handed > 0 {
			words += fmt.Sprintf("; %s handed to admins", count(r.Handed, "of them is", "of them are"))
		}
		words += ". "
	}
	untold := r.State == people.Stopped && r.Told == 0
	if untold {
		words += "The campaign was stopped before anybody was told."
	}
	switch {
	case untold && r.Forecast.Known:
		words += " " + r.Forecast.Words()
	case !untold:
		words += r.Forecast.Words()
	}
	for _, e := range r.Ends {
		if !e.Date.After(r.Forecast.On) {
			words += fmt.Sprintf(" %s ends for %s (%s, %s).", e.Protocols[0].Name(), count(e.Count, "client", "clients"), e.Words, e.Left(r.At))
		}
	}
	return words
}

// Known says what is known of who has seen their message.
const Known = "Told: the message was delivered. Seen: the person pressed one of its buttons or checked a step off; no platform tells whether a message was read, so more may have read it."

// Forms are the kinds of files, in the order in which they are offered.
func Forms() []string { return []string{"xlsx", "csv", "html"} }

// Files gives the report in one form.
func (r Report) Files(form string) ([]chat.File, error) {
	switch form {
	case "csv":
		return r.csv()
	case "html":
		return r.html()
	default:
		return r.xlsx()
	}
}

// name is a file's name without its ending. A campaign's own name may hold
// anything.
func (r Report) name() string {
	safe := []rune{}
	for _, c := range r.Name {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			safe = append(safe, c)
		case len(safe) > 0 && safe[len(safe)-1] != '-':
			safe = append(safe, '-')
		}
	}
	return "campaign-" + string(safe) + "-" + r.At.UTC().Format(time.DateOnly)
}

const longDay = "2 January 2006"

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
