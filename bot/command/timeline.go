package command

import (
	"fmt"
	"slices"
	"time"

	"legacyauth/adapters/chart"
	"legacyauth/adapters/chat"
	"legacyauth/detect"
)

// drawnDays is how many days a timeline shows at most.
const drawnDays = 60

// timeline draws a client's sign-ins by day, and says them in a sentence; no
// words: there is no day to draw.
func (b *Bot) timeline(d dossier) (chat.File, string, error) {
	last := b.Now().UTC().Truncate(24 * time.Hour)
	from := last.AddDate(0, 0, 1-drawnDays)
	days := slices.DeleteFunc(slices.Clone(d.days), func(day detect.Day) bool { return day.Date.Before(from) || day.Count <= 0 })
	if len(days) == 0 {
		return chat.File{}, "", nil
	}
	if first := days[0].Date; first.After(from) {
		from = first
	}
	picture := chart.Days{From: from, To: last, MarkedName: "with the right password", RestName: "without"}
	total, right := 0, 0
	for _, day := range days {
		picture.Days = append(picture.Days, chart.Day{Date: day.Date, Marked: day.Right, All: day.Count})
		total, right = total+day.Count, right+day.Right
	}
	words := fmt.Sprintf("%s on %s since %s, %s of them with the right password; the last on %s.", several(total, "sign-in", "sign-ins"),
		several(len(days), "day", "days"), days[0].Date.Format(time.DateOnly), number(right), days[len(days)-1].Date.Format(time.DateOnly))
	data, err := picture.PNG()
	if err != nil {
		return chat.File{}, "", fmt.Errorf("draw the days of a client: %w", err)
	}
	return chat.File{Name: "days-" + d.client.Key + ".png", Type: "image/png", Alt: "Sign-ins by day: " + words, Data: data}, words, nil
}
