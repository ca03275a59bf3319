package config

import (
	"cmp"
	"fmt"
	"time"
)

// Retention says how long what serve remembers is kept, each as an age ("400d",
// "52w") or Forever. What is older is removed once a day.
type Retention struct {
	// SignIns is for single sign-ins and their ids: at least 31 days, since
	// clients are judged by the last thirty.
	SignIns string `yaml:"sign-ins"`
	// History is for clients that have been silent, with their days, changes and
	// exceptions, and for campaigns that have ended.
	History string `yaml:"history"`
	// Scans is for the records of scans, by which a client's silence is proved: at
	// least 100 days, more than the longest silence that can be asked for.
	Scans string `yaml:"scans"`
	// Messages is for messages that were sent or given up.
	Messages string `yaml:"messages"`
	// Audit is for the details of the audit trail: who, to whom and why. What was
	// done and when stays.
	Audit string `yaml:"audit"`
}

// Forever keeps what it stands for until somebody purges it.
const Forever = "forever"

// Ages is Retention as lengths of time; 0 is forever.
type Ages struct{ SignIns, History, Scans, Messages, Audit time.Duration }

const aDay = 24 * time.Hour

// kinds lists what is kept, each with where its age goes.
func (r *Retention) kinds(a *Ages) []kept {
	return []kept{
		{"sign-ins", r.SignIns, "40d", 31 * aDay, false, &a.SignIns},
		{"history", r.History, "400d", 31 * aDay, true, &a.History},
		{"scans", r.Scans, "180d", 100 * aDay, true, &a.Scans},
		{"messages", r.Messages, "400d", 31 * aDay, true, &a.Messages},
		{"audit", r.Audit, "1095d", 31 * aDay, true, &a.Audit},
	}
}

// kept is one kind of what is kept.
type kept struct {
	name, text, usual string // text is what the file says
	least             time.Duration
	forever           bool // is allowed
	age               *time.Duration
}

// Ages gives what the file says, and the usual age where it says nothing. Load
// has checked it.
func (c Config) Ages() Ages {
	var a Ages
	for _, k := range c.Retention.kinds(&a) {
		_ = k.read()
	}
	return a
}

// read sets the age; false: the text is none, or out of bounds.
func (k kept) read() bool {
	text := cmp.Or(k.text, k.usual)
	if text == Forever {
		*k.age = 0
		return k.forever
	}
	age, err := ParseAge(text)
	*k.age = age
	return err == nil && age >= k.least
}

// checkRetention finds an age that cannot be kept to.
func (c *Config) checkRetention(path string) error {
	var a Ages
	for _, k := range c.Retention.kinds(&a) {
		if k.read() {
			continue
		}
		do := "Write " + k.name + ": " + k.usual + ", or another whole number of days (d) or weeks (w), " + inDays(k.least) + " at the least and ten years at the most"
		if k.forever {
			do += ", or " + k.name + ": " + Forever
		}
		return &Error{
			File: path, Line: cmp.Or(c.retentionLines[k.name], c.lines["retention"], 1),
			What: "What stands under retention for " + k.name + " is no age that can be kept to.", Do: do + ".",
		}
	}
	return nil
}

func inDays(d time.Duration) string { return fmt.Sprintf("%d days", d/aDay) }
