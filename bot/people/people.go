package people

import (
	"cmp"
	"context"
	"log/slog"
	"strings"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/bot/people/owners"
	"legacyauth/detect/migration"
	"legacyauth/playbooks"
	"legacyauth/playbooks/language"
	"legacyauth/storage"
)

// Poster puts messages into a transaction and has them delivered after it.
type Poster interface {
	Post(ctx context.Context, tx *storage.Tx, messages ...*storage.Outgoing) (int, error)
}

// Reach finds where a person is told.
type Reach interface {
	// Reach looks for an account of the named tenant by its user name. chat.ErrNobody and
	// chat.ErrUnreachable say that the person cannot be told; any other error
	// passes.
	Reach(ctx context.Context, tenant, user string) (Found, error)
}

// Found is where a person is told, and what is known of them.
type Found struct {
	Place        chat.Place
	Locale, Zone string
}

// Settings are what the configuration says about telling people.
type Settings struct {
	// Contact says who is behind the messages, Check where a person can make sure
	// that they are genuine.
	Contact, Check string
	// Admins hear of what people say is not theirs, Help of who needs help; zero
	// Help is Admins.
	Admins, Help chat.Place
	// Language and Zone are those of people of whom nothing is known.
	Language, Zone string
	Hours          Hours
	// SilentDays is how long a client must be silent; 0: migration.SilentDays.
	SilentDays int
	Owners     []owners.Rule
}

// Lack is what the configuration still has to say before a campaign: under which
// key, and why with the line to write.
type Lack struct{ Key, Words string }

// Lacks are what is missing; empty: nothing.
type Lacks []Lack

// String says all of it.
func (l Lacks) String() string {
	words := make([]string, len(l))
	for i, lack := range l {
		words[i] = lack.Words
	}
	return strings.Join(words, "; ")
}

// Lacks says what is missing of who is behind the messages, and of where people can
// make sure that they are genuine.
func (s Settings) Lacks() Lacks {
	var lacks Lacks
	if strings.TrimSpace(s.Contact) == "" {
		lacks = append(lacks, Lack{"contact", "nobody is named who is behind the messages: write contact: IT service desk, extension 100"})
	}
	if strings.TrimSpace(s.Check) == "" {
		lacks = append(lacks, Lack{"check", "nothing says where people can make sure that a message is genuine: write people: {check: the page Mail on intranet.contoso.com}"})
	}
	return lacks
}

// People tells people and hears what they press. All but Reach and Log must be
// set. It is safe for use by several goroutines.
type People struct {
	DB        *storage.DB
	Post      Poster
	Library   *playbooks.Library
	Languages *language.Catalog
	Settings  Settings
	// Reach finds people who are not linked yet; nil: only those who are linked
	// can be told.
	Reach Reach
	Now   func() time.Time
	// Log gets what went wrong beside a turn; nil discards it.
	Log *slog.Logger
}

func (p *People) log() *slog.Logger {
	if p.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return p.Log
}

func (p *People) help() chat.Place {
	if p.Settings.Help.IsZero() {
		return p.Settings.Admins
	}
	return p.Settings.Help
}

func (p *People) silentDays() int { return cmp.Or(p.Settings.SilentDays, migration.SilentDays) }

// zone gives a person's zone, and the configured one where theirs is not known.
func (p *People) zone(n *storage.Notice) *time.Location {
	for _, name := range []string{n.Zone, p.Settings.Zone} {
		if name == "" || name == "Local" {
			continue
		}
		if zone, err := time.LoadLocation(name); err == nil {
			return zone
		}
	}
	return time.UTC
}
