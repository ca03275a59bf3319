package printed

import (
	"fmt"
	"time"

	"legacyauth/adapters/chart"
	"legacyauth/adapters/chat"
	"legacyauth/bot/people/campaign"
)

// Picture draws the burn-down with the deadlines up to the day of the forecast,
// and where it leads. Its Alt is Sentence.
func (r Report) Picture() (chat.File, error) {
	course := chart.Course{Name: "Clients left"}
	for _, p := range r.Points {
		course.Left = append(course.Left, chart.Left{Date: p.Day, Count: p.Left})
	}
	marked := false
	for _, e := range r.Ends {
		if !e.Date.After(r.Forecast.On) {
			course.Deadlines = append(course.Deadlines, chart.Deadline{Date: e.Date, Name: e.Protocols[0].Name() + " ends " + e.Date.Format(shortDay)})
			marked = marked || e.Date.Equal(r.Forecast.On)
		}
	}
	if !marked {
		course.Deadlines = append(course.Deadlines, chart.Deadline{Date: r.Forecast.On, Name: "forecast for " + r.Forecast.On.Format("2 Jan 2006")})
	}
	course.Ahead = r.ahead()
	data, err := course.PNG()
	if err != nil {
		return chat.File{}, fmt.Errorf("draw the burn-down: %w", err)
	}
	return chat.File{Name: r.name() + ".png", Type: "image/png", Alt: r.Sentence(), Data: data}, nil
}

// shortDay is how a day is written in a picture.
const shortDay = "2 Jan"

// ahead is where the line leads: to the day of the forecast, or to the day before
// on which nothing is left at this pace.
func (r Report) ahead() *chart.Ahead {
	f := r.Forecast
	if end, ok := campaign.Ends(r.Points); ok && end.Before(f.On) {
		f = campaign.Foresee(r.Points, end)
	}
	if !f.Known || len(r.Points) == 0 || !f.On.After(r.Points[len(r.Points)-1].Day.Add(24*time.Hour)) {
		return nil
	}
	return &chart.Ahead{Date: f.On, Count: f.Left, Low: f.Low, High: f.High}
}
