// Package demo makes the sign-in log of a tenant that does not exist, Contoso,
// together with the right answer to it. The log is synthetic but lifelike:
// people at work in four time zones, every kind of device that still uses
// legacy authentication, password spray, guests, applications, and rows that
// are late, out of order or repeated.
//
// Everything is decided by a seed: the same Config always gives the same bytes.
// Names, domains, addresses and numbers of networks are the reserved ones.
package demo

import (
	"bufio"
	"fmt"
	"io"
	"time"

	"legacyauth/bot/demo/graphlog"
)

// Config says which log to make.
type Config struct {
	// Seed decides everything that is left to chance.
	Seed uint64
	// From and To bound createdDateTime; From should be midnight UTC.
	From, To time.Time
	// Users is the number of people, at most 50,000. The named ones of Contoso
	// always exist; a larger number adds people with numbered names.
	Users int
	// PerDay is how many modern sign-ins a person makes on a working day, on
	// average; zero makes no modern sign-ins but those of rooms.
	PerDay float64
}

// maxUsers is what the reserved addresses are enough for.
const maxUsers = 50_000

// Contoso is the log that is embedded in the program: thirty days that end on
// 21 November 2026.
func Contoso() Config {
	return Config{
		Seed:   20261121,
		From:   time.Date(2026, 10, 22, 0, 0, 0, 0, time.UTC),
		To:     time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC),
		Users:  len(staff),
		PerDay: 4.6,
	}
}

// Today is the clock of the demonstration: an hour after the last row of
// Contoso.
func Today() time.Time { return time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC) }

// Generate writes the log as JSON lines in the shape of Microsoft Graph beta
// signIn resources, in the order in which the rows became available, and gives
// the answer an ideal scan of it has. Everything is held in memory until it is
// written; Stream writes logs of any size. Errors are those of w and of a
// configuration that cannot be.
func Generate(c Config, w io.Writer) (Truth, error) {
	rows, truth, err := generate(c)
	if err != nil {
		return Truth{}, err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	var line []byte
	for i := range rows {
		line = append(graphlog.AppendGraph(line[:0], &rows[i].signIn), '\n')
		if _, err := out.Write(line); err != nil {
			return Truth{}, fmt.Errorf("write generated sign-ins: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return Truth{}, fmt.Errorf("write generated sign-ins: %w", err)
	}
	return truth, nil
}

// generate plays every scene of the tenant's month.
func generate(c Config) ([]delivery, Truth, error) {
	if c.Users > maxUsers {
		return nil, Truth{}, fmt.Errorf("generate sign-ins: %d users are more than %d", c.Users, maxUsers)
	}
	if !c.From.Before(c.To) {
		return nil, Truth{}, fmt.Errorf("generate sign-ins: the window ends (%s) before it begins (%s)",
			c.To.Format(time.RFC3339), c.From.Format(time.RFC3339))
	}
	s := newScene(c)
	for _, play := range []func(*scene){
		modern, applePhones, androidPhones, outlooks, otherDesktops, programs,
		rooms, printers, senders, readers, mailApps, spraying, distributed, oddities, guests, applications,
	} {
		play(s)
	}
	if s.err != nil {
		return nil, Truth{}, s.err
	}
	rows := s.deliver()
	return rows, s.truth(rows), nil
}
