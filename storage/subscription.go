package storage

import (
	"database/sql"
	"encoding/json"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/detect"
)

// Filter says what a subscription wants; an empty field lets everything through.
type Filter struct {
	Only      []string          `json:"only,omitempty"`      // verdicts ("in-use") or kinds of news ("verified", "deadline")
	Protocols []detect.Protocol `json:"protocols,omitempty"` // of the client
	Tenants   []string          `json:"tenants,omitempty"`   // names as in the configuration
	Severity  string            `json:"severity,omitempty"`  // the least: low, medium, high, urgent
}

// Quiet is the hours in which nothing but what is urgent is sent, in minutes
// after midnight in the subscription's zone. From == To: none. From > To runs
// over midnight.
type Quiet struct{ From, To int }

// DigestTurn is when the weekly digest is due, in the subscription's zone.
type DigestTurn struct {
	Day    time.Weekday
	Minute int // after midnight
}

// Subscription is what one place wants to hear, and when.
type Subscription struct {
	ID     int64
	Place  chat.Place
	Filter Filter
	Mode   string // "alert", "digest" or "both"
	Quiet  Quiet
	Zone   string // IANA name; empty: UTC
	Digest DigestTurn
	By     string // see migration.Who
	At     time.Time
}

// Subscribe stores a subscription: a new one where its ID is 0. It sets ID and
// At.
func (tx *Tx) Subscribe(s *Subscription) error {
	place, err := tx.Place(s.Place)
	if err != nil {
		return err
	}
	filter, err := json.Marshal(s.Filter)
	if err != nil {
		return doing("encode a subscription", err)
	}
	if s.At.IsZero() {
		s.At = tx.Now().Truncate(time.Microsecond)
	}
	args := []any{
		place, string(filter), s.Mode, s.Quiet.From, s.Quiet.To, stored(s.Zone), int64(s.Digest.Day), s.Digest.Minute, stored(s.By), micros(s.At),
	}
	if s.ID == 0 {
		return doing("store a subscription", tx.one(`INSERT INTO subscriptions
			(place, filter, mode, quiet_from, quiet_to, zone, digest_day, digest_minute, by_whom, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`, args, &s.ID))
	}
	changed, err := tx.exec(`UPDATE subscriptions SET place = $1, filter = $2, mode = $3, quiet_from = $4, quiet_to = $5, zone = $6,
		digest_day = $7, digest_minute = $8, by_whom = $9, at = $10 WHERE id = $11`, append(args, s.ID)...)
	return found("subscription", s.ID, changed, err)
}

// Unsubscribe removes a subscription; false: there was none of that id.
func (tx *Tx) Unsubscribe(id int64) (bool, error) {
	n, err := tx.exec(`DELETE FROM subscriptions WHERE id = $1`, id)
	return n > 0, doing("remove a subscription", err)
}

// Subscriptions lists all subscriptions, oldest first.
func (tx *Tx) Subscriptions() ([]Subscription, error) {
	var list []Subscription
	err := tx.each(`SELECT s.id, p.platform, p.workspace, p.channel, p.person, p.thread, s.filter, s.mode, s.quiet_from, s.quiet_to, s.zone,
		s.digest_day, s.digest_minute, s.by_whom, s.at FROM subscriptions s JOIN places p ON p.id = s.place ORDER BY s.id`, nil,
		func(rows *sql.Rows) error {
			var s Subscription
			var at int64
			var filter []byte
			p := &s.Place
			if err := rows.Scan(&s.ID, &p.Platform, &p.Workspace, &p.Channel, &p.Person, &p.Thread, &filter, &s.Mode, &s.Quiet.From, &s.Quiet.To,
				&s.Zone, &s.Digest.Day, &s.Digest.Minute, &s.By, &at); err != nil {
				return err
			}
			s.At = fromMicros(at)
			err := json.Unmarshal(filter, &s.Filter)
			list = append(list, s)
			return err
		})
	return list, doing("read subscriptions", err)
}
