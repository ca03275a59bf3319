package chat

import (
	"context"
	"time"
)

// Sender makes one attempt to send a message. The package comment says what its
// errors mean.
type Sender interface {
	Send(ctx context.Context, m Message) (Ref, error)
}

// Updater is a Sender that can change a message it has sent. The message at ref
// then shows m, whose Key is that of the change. A message that is gone or too
// old to change gives ErrNoMessage: the bot then sends a new one.
type Updater interface {
	Update(ctx context.Context, at Ref, m Message) error
}

// Finder is a Sender that can tell whether a message with this key stands in
// its place already, as far back as the platform lets it look, which is at
// least the last hundred messages or an hour. False without an error means no.
type Finder interface {
	Find(ctx context.Context, m Message) (Ref, bool, error)
}

// Paced is a Sender whose platform says how much it takes. The bot keeps to it
// before it is told.
type Paced interface {
	Pace() Pace
}

// Pace is how fast a platform takes messages. A Rate that is zero is no limit.
type Pace struct {
	Place Rate // to one place
	All   Rate // from this bot altogether
}

// Rate is Count messages in Per, all of which may go at once.
type Rate struct {
	Count int
	Per   time.Duration
}

// IsZero says whether the rate is no limit.
func (r Rate) IsZero() bool { return r.Count <= 0 || r.Per <= 0 }

// Opener is a Sender that has to open a direct message before it can send one.
// Given a personal place it gives the channel of it, which the bot keeps.
// ErrUnreachable says that this person is not to be reached.
type Opener interface {
	Open(ctx context.Context, person Place) (Place, error)
}

// Directory is a platform that finds a person by work address. ErrNobody says
// that there is none with it.
type Directory interface {
	Lookup(ctx context.Context, workspace, email string) (Person, error)
}

// Consenting is a platform that sends direct messages only to people who asked for
// them. It is told who did before anything is sent; until then nobody did.
type Consenting interface {
	AskConsent(asked func(ctx context.Context, p Person) (bool, error))
}

// Heard is a platform that can tell when it last received anything that the other
// end sent of its own accord, for the health page; an answer to an own call is
// nothing of that. Zero: never.
type Heard interface {
	Heard() time.Time
}

// Troubled is a platform that can tell in words what keeps it from receiving or
// sending, such as a token that is refused, for the health page. It goes on trying
// all the same. Empty: nothing. The words hold no secret.
type Troubled interface {
	Trouble() string
}
