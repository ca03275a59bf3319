package storage

import (
	"database/sql"
	"maps"
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

// DaysOf is Days for several clients, by their number.
func (tx *Tx) DaysOf(clients []int64) (map[int64][]detect.Day, error) {
	all := make(map[int64][]detect.Day, len(clients))
	for some := range slices.Chunk(clients, batch) {
		args := make([]any, len(some))
		for i, client := range some {
			args[i] = client
		}
		err := tx.each(`SELECT client, day, count, fit FROM client_days WHERE client IN `+list(1, len(some))+` ORDER BY client, day`, args, func(rows *sql.Rows) error {
			var client, day int64
			var d detect.Day
			err := rows.Scan(&client, &day, &d.Count, &d.Right)
			d.Date = dayStart(day)
			all[client] = append(all[client], d)
			return err
		})
		if err != nil {
			return nil, doing("read the days of clients", err)
		}
	}
	return all, nil
}

// SaveDays stores a client's days: those named are replaced, others stay.
func (tx *Tx) SaveDays(client int64, days []detect.Day) error {
	return tx.SaveDaysOf(map[int64][]detect.Day{client: days})
}

// SaveDaysOf is SaveDays for several clients, by their number.
func (tx *Tx) SaveDaysOf(clients map[int64][]detect.Day) error {
	const columns = 4
	args := make([]any, 0, columns*batch)
	put := func() error {
		tx.grown["client_days"] += len(args) / columns
		_, err := tx.exec(`INSERT INTO client_days (client, day, count, fit) VALUES `+placeholders(1, len(args)/columns, columns)+
			` ON CONFLICT (client, day) DO UPDATE SET count = excluded.count, fit = excluded.fit`, args...)
		args = args[:0]
		return doing("store the days of clients", err)
	}
	for _, client := range slices.Sorted(maps.Keys(clients)) {
		for _, d := range clients[client] {
			if args = append(args, client, dayOf(d.Date), d.Count, d.Right); len(args) == cap(args) {
				if err := put(); err != nil {
					return err
				}
			}
		}
	}
	if len(args) == 0 {
		return nil
	}
	return put()
}
