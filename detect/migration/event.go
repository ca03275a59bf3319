package migration

import "slices"

// Event is what moves a client from one state to the next.
type Event string

// The events.
const (
	WasSeen         Event = "seen"            // first sign-in of a client
	WasTold         Event = "told"            // a message about it was delivered to whoever it belongs to
	WasAcknowledged Event = "acknowledged"    // they will see to it, or asked for help
	WasClaimed      Event = "claimed"         // they say that it is done
	WasDisowned     Event = "disowned"        // they say that it is not theirs: admins take over
	WentSilent      Event = "silent"          // Judge says that it has moved
	WasClosed       Event = "closed"          // an admin, or time after verification, closed it
	SignedInAgain   Event = "signed-in-again" // the right password after it was claimed, verified or closed
	WasExcepted     Event = "excepted"        // an admin leaves it alone until a date, or moves the date
	ExceptionEnded  Event = "exception-ended" // the date came, or an admin ended it
	WasReopened     Event = "reopened"        // an admin undid a claim, a verification or a close
	WasRekeyed      Event = "rekeyed"         // it goes on under this key; the state is inherited
	WasReplaced     Event = "replaced"        // it goes on under other keys; see Heirs
)

// Events lists the events.
func Events() []Event {
	return []Event{
		WasSeen, WasTold, WasAcknowledged, WasClaimed, WasDisowned, WentSilent, WasClosed,
		SignedInAgain, WasExcepted, ExceptionEnded, WasReopened, WasRekeyed, WasReplaced,
	}
}

// Valid says whether e is one of Events.
func (e Event) Valid() bool { return slices.Contains(Events(), e) }
