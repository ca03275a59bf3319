package storage

import (
	"database/sql"
	"slices"

	"legacyauth/detect"
)

// Days gives a client's sign-ins per day, oldest first, as far back as history
// is kept.
func (tx *Tx) Days(client int64) ([]detect.Day, error) {
	var days []detect.Day
	err := tx.each(`SELECT day, count, fit FROM client_days WHERE client = $1 ORDER BY day`, []any{client}, func(rows *sql.Rows) error {
		var day int64
		var d detect.Day
		err := rows.Scan(&day, &d.Count, &d.Right)
		d.Date = dayStart(day)
		days = append(days, d)
		return err
	})
	return days, doing("read a client's days", err)
}

// SaveDays stores a client's days: those named are replaced, others stay.
func (tx *Tx) SaveDays(client int64, days []detect.Day) error {
	const columns = 4
	for some := range slices.Chunk(days, batch) {
		args := make([]any, 0, columns*len(some))
		for _, d := range some {
			args = append(args, client, dayOf(d.Date), d.Count, d.Right)
		}
		_, err := tx.exec(`INSERT INTO client_days (client, day, count, fit) VALUES `+placeholders(1, len(some), columns)+
			` ON CONFLICT (client, day) DO UPDATE SET count = excluded.count, fit = excluded.fit`, args...)
		if err != nil {
			return doing("store a client's days", err)
		}
	}
	return nil
}
