package people

import (
	"time"

	"legacyauth/bot/news"
	"legacyauth/storage"
)

// Hours say when people may be messaged, by the clocks of their own zone.
type Hours struct {
	// Quiet is when not; see storage.Quiet.
	Quiet storage.Quiet
	// Off are the days of the week on which not.
	Off [7]bool
}

// Next gives the first time from t on at which a person may be messaged.
func (h Hours) Next(t time.Time, zone *time.Location) time.Time {
	for range 30 { // a week has fourteen changes at most
		if end, quiet := news.QuietUntil(h.Quiet, t, zone); quiet {
			t = end
			continue
		}
		local := t.In(zone)
		if !h.Off[local.Weekday()] {
			return t
		}
		y, m, d := local.Date()
		t = time.Date(y, m, d+1, 0, 0, 0, 0, zone)
	}
	return t
}

// Open says whether a person may be messaged at t.
func (h Hours) Open(t time.Time, zone *time.Location) bool { return h.Next(t, zone).Equal(t) }
