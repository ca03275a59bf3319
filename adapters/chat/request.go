package chat

import (
	"context"
	"time"
)

// Surface is a platform that receives. Run hands requests to h until ctx ends
// or the platform cannot be used any more; it returns after the last handler
// has. It reconnects by itself; an error it returns is final. Nil: ctx ended.
type Surface interface {
	Run(ctx context.Context, h Handler) error
}

// Handler answers requests. It is called by several goroutines at once.
//
// Handle returns within a second or so: what takes longer goes into
// Answer.Later. An error is for the log: the person gets a card that says that
// something broke, with the reference number under which the log has it.
type Handler interface {
	Handle(ctx context.Context, r Request) (Answer, error)
}

// HandlerFunc is a function as a Handler.
type HandlerFunc func(ctx context.Context, r Request) (Answer, error)

// Handle calls f.
func (f HandlerFunc) Handle(ctx context.Context, r Request) (Answer, error) { return f(ctx, r) }

// Completer is a Handler that completes what somebody is typing, where the
// platform asks for that. The last of the request's words is the unfinished
// one. At most 25 choices are shown.
type Completer interface {
	Complete(ctx context.Context, r Request) ([]Choice, error)
}

// Choice is one of several values to pick from.
type Choice struct {
	Label string // what is shown
	Value string // what is meant
}

// Request is something a person did. Everything in it is outside text.
type Request struct {
	// Delivery is the platform's id of this delivery; a repeated one has the
	// same. Empty: the platform never repeats.
	Delivery string
	From     Person
	In       Place
	// At is when it happened, as far as the platform tells; else when it came.
	At time.Time
	// Words is what was typed after the command's name, split as a shell does.
	// For a button or a form it is what that stands for (Press.Words), and for
	// an opened start page the one word "home".
	Words []string
	// Pressed is the button, or the form's ID; zero when words were typed.
	Pressed Press
	// Message is the message that holds the button; empty when none does.
	Message Ref
	// Fields are what was filled into a form, by Field.Name; nil: no form.
	Fields map[string]string
	// Groups are the platform's ids of the groups or roles that the person has
	// there. What they allow is for the bot. Nil: the platform does not tell.
	Groups []string
}
