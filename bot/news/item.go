package news

import (
	"time"

	"legacyauth/detect"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// Item is one piece of news about one subject.
type Item struct {
	Kind Kind
	// Why is one sentence that says what makes it news; never empty.
	Why      string
	Severity Severity
	// Tenant is its name in the configuration.
	Tenant string
	// Subject is what the news is about. Messages with one subject in one place
	// are one message that is edited.
	Subject string
	// Key is the same whenever the same event is decided again, be it by another
	// replica, and differs for every other event.
	Key string
	At  time.Time
	// Client is the client's key; empty for news about a whole tenant.
	Client string
	// Verdict is the client's, or the one that the news is about; empty: none.
	Verdict detect.Verdict
	// Protocols are those that the news is about; empty: all of them.
	Protocols []detect.Protocol
	// Admins says that it goes to the admins' place, and to subscriptions only
	// where they name its kind.
	Admins bool
	// Gaps says that the item tells of incomplete coverage besides.
	Gaps bool
	// Card says everything, Reply the change alone, for the thread under a
	// message that is edited to Card. Neither holds personal data.
	Card, Reply card.Card

	// narrowed gives the card with what one of the filters lets through; nil: Card
	// is the same for everybody.
	narrowed func([]storage.Filter) card.Card
}

// coverage says whether the item is about what could be read: such news passes
// every filter but that of the tenant, so that silence never reads as "nothing
// found".
func (i Item) coverage() bool { return i.Kind == Lost || i.Kind == Restored || i.Gaps }
