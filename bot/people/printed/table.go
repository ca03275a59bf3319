package printed

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/report"
)

// table is one table of the report.
type table struct {
	name string // of its sheet and the end of its file's name
	head []string
	rows [][]any // strings, ints and times
}

// tables gives the report's tables: the figures, the burn-down, the clients.
func (r Report) tables() []table {
	figures := table{name: "figures", head: []string{"figure", "count"}}
	for _, p := range r.Pairs() {
		figures.rows = append(figures.rows, []any{p.Name, p.Count})
	}
	on := r.Forecast.On.UTC().Format(time.DateOnly)
	if f := r.Forecast; f.Known {
		figures.rows = append(figures.rows, []any{"Left on " + on + " at this pace", f.Left}, []any{"Left on " + on + ", low", f.Low}, []any{"Left on " + on + ", high", f.High})
	}
	days := table{name: "days", head: []string{"day", "left", "done", "excepted", "claimed", "relapsed", "settled otherwise"}}
	for _, p := range r.Points {
		days.rows = append(days.rows, []any{p.Day, p.Left, p.Done, p.Excepted, p.Claimed, p.Relapsed, p.Settled})
	}
	clients := table{name: "clients", head: []string{"user", "device", "protocol", "state", "with admins", "since", "told", "seen", "reminders", "cannot be told", "last sign-in", "key", "relapses"}}
	for _, l := range r.Lines {
		seen, handed := "", ""
		if l.Seen {
			seen = "known"
		}
		if l.Handed {
			handed = "yes"
		}
		clients.rows = append(clients.rows, []any{
			l.User, l.Client.Device.Words(), l.Client.Protocol.Name(), string(l.State), handed, l.Since, l.Told, seen, l.Reminded, l.Why, l.Client.Last, l.Client.Key, l.Relapses,
		})
	}
	return []table{figures, days, clients}
}

// moment writes a time for a table; a midnight is a day, a zero time nothing.
func moment(t time.Time) string {
	switch t = t.UTC(); {
	case t.IsZero():
		return ""
	case t.Equal(t.Truncate(24 * time.Hour)):
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02 15:04")
}

// csv gives a file for each table. A cell that a spreadsheet would calculate
// begins with an apostrophe.
func (r Report) csv() ([]chat.File, error) {
	var files []chat.File
	for _, t := range r.tables() {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		rows := [][]string{t.head}
		for _, row := range t.rows {
			cells := make([]string, len(row))
			for i, value := range row {
				switch v := value.(type) {
				case int:
					cells[i] = strconv.Itoa(v)
				case time.Time:
					cells[i] = moment(v)
				case string:
					cells[i] = report.Inert(v)
				}
			}
			rows = append(rows, cells)
		}
		if err := w.WriteAll(rows); err != nil {
			return nil, fmt.Errorf("write the table of %s: %w", t.name, err)
		}
		files = append(files, chat.File{Name: r.name() + "-" + t.name + ".csv", Type: "text/csv", Data: b.Bytes()})
	}
	return files, nil
}
