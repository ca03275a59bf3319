package migration

import (
	"strings"
	"time"
)

// Change is one step of a client's history: who moved it, when and why. The
// names in JSON never change.
type Change struct {
	From  State `json:"from,omitempty"` // empty: the client was new
	To    State `json:"to"`
	Event Event `json:"event"`
	// At is when it was decided, in UTC.
	At time.Time `json:"at"`
	By string    `json:"by"` // see Who
	// Why is one sentence for people; it names no person.
	Why string `json:"why,omitempty"`
	// Until is when an exception ends; zero for every other event.
	Until time.Time `json:"until,omitzero"`
}

// Step gives the change that an event makes of a state, or Next's error.
func Step(s State, e Event, at time.Time, by Who, why string) (Change, error) {
	to, err := Next(s, e)
	if err != nil {
		return Change{}, err
	}
	return Change{From: s, To: to, Event: e, At: at.UTC(), By: by.String(), Why: why}, nil
}

// Except gives the change that leaves a client alone until a date.
func Except(s State, at, until time.Time, by Who, why string) (Change, error) {
	c, err := Step(s, WasExcepted, at, by, why)
	c.Until = until.UTC()
	return c, err
}

// EndException gives the change at the end of an exception: the client goes
// back to the state it had. history is its changes, oldest first.
func EndException(s State, history []Change, at time.Time, by Who, why string) (Change, error) {
	c, err := Step(s, ExceptionEnded, at, by, why)
	if err == nil {
		c.To = Back(history)
	}
	return c, err
}

// Back gives the state a client had before its last exception began; Open where
// its history, oldest first, does not tell.
func Back(history []Change) State {
	for i := len(history) - 1; i >= 0; i-- {
		if c := history[i]; c.To == Excepted && c.From != Excepted {
			if c.From == "" {
				break
			}
			return c.From
		}
	}
	return Open
}

// Who is somebody who moves a client: the bot itself, a person on a chat
// platform, or whoever runs the program's commands.
type Who struct {
	Kind string // "bot", "person", "admin", "cli"
	ID   string // "slack:T1:U2"; empty for the bot
}

// Bot is the program itself.
func Bot() Who { return Who{Kind: "bot"} }

// CLI is whoever runs the program's commands or asks at its terminal: the machine
// knows no more of them.
func CLI() Who { return Who{Kind: "cli"} }

// IsCLI says whether a name as it stands in Change.By is of CLI. Until December
// 2026 some commands wrote it with a role and a place.
func IsCLI(by string) bool { return by == CLI().String() || strings.HasPrefix(by, "admin:terminal:") }

// String gives Kind and ID as they stand in Change.By: "person:slack:T1:U2".
func (w Who) String() string {
	if w.ID == "" {
		return w.Kind
	}
	return w.Kind + ":" + w.ID
}
