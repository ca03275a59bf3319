package health

import (
	"encoding/json"
	"time"

	"legacyauth/storage"
)

// Facts is how the watch stands at one moment.
type Facts struct {
	At        time.Time  `json:"at"`
	Problems  []string   `json:"problems"` // sentences; empty: all is well
	Warnings  []string   `json:"warnings"` // sentences on what was left out, which may be on purpose
	Tenants   []Tenant   `json:"tenants"`
	Messages  Messages   `json:"messages"`
	Platforms []Platform `json:"platforms"`
	Database  Database   `json:"database"`
}

// Tenant is how the watch over one tenant stands.
type Tenant struct {
	Name     string `json:"name"`
	Schedule string `json:"schedule"`
	// Waiting is since when a first scan was due; zero: one came to an end, or
	// nobody began to watch.
	Waiting time.Time `json:"waitingSince,omitzero"`
	// Began is when the scan that runs began.
	Began   time.Time `json:"runningSince,omitzero"`
	ReadTo  time.Time `json:"readTo,omitzero"` // up to which its sign-ins were read; zero: never
	Next    time.Time `json:"next,omitzero"`   // turn; in the past where it is overdue
	Clients int       `json:"clients"`         // that have not moved yet
	Guessed int       `json:"guessed"`         // that are nothing but guesses at passwords
	// Unfinished is how many files of exports the last scan left for the next, since
	// they were still being written.
	Unfinished int   `json:"unfinishedFiles,omitzero"`
	Running    bool  `json:"running"`
	LastPass   *Pass `json:"lastPass"` // that came to an end; nil: none did
}

// Pass is a pass that ended.
type Pass struct {
	Started   time.Time `json:"started"`
	Took      Seconds   `json:"seconds"`
	Complete  bool      `json:"complete"`
	Rows      int64     `json:"rows"`
	Fresh     int64     `json:"fresh"`
	Requests  int       `json:"requests"`
	Throttles int       `json:"throttles"`
	Notes     []string  `json:"notes,omitempty"` // of coverage
	Error     string    `json:"error,omitempty"`
}

// Seconds is a duration that is a number of seconds in JSON.
type Seconds time.Duration

// MarshalJSON gives the seconds.
func (s Seconds) MarshalJSON() ([]byte, error) { return json.Marshal(time.Duration(s).Seconds()) }

// Messages is how delivery stands.
type Messages struct {
	Waiting int       `json:"waiting"`
	Oldest  time.Time `json:"oldest,omitzero"` // of those that are due; zero: none is
	Buried  int       `json:"buried"`          // in the last seven days
	Places  []Place   `json:"places"`
}

// Place is a place that has something to say.
type Place struct {
	Place       string    `json:"place"`
	Waiting     int       `json:"waiting"`
	PausedUntil time.Time `json:"pausedUntil,omitzero"`
	Why         string    `json:"why,omitempty"`
}

// Database is where all of it is kept.
type Database struct {
	Engine storage.Engine `json:"engine"`
	Bytes  int64          `json:"bytes"`
}
