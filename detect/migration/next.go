package migration

import (
	"fmt"
	"strings"
)

// unfinished are the states in which something is left to do.
var unfinished = []State{Open, Told, Acknowledged, ClaimedDone, Relapsed}

// rules says for each event from which states it leads where. An event to the
// empty state leaves the state as it is.
func rules(e Event) (from []State, to State) {
	switch e {
	case WasSeen:
		return []State{""}, Open
	case WasTold:
		return []State{Open, Told, Relapsed}, Told
	case WasAcknowledged:
		return []State{Open, Told, Acknowledged, Relapsed}, Acknowledged
	case WasClaimed:
		return unfinished, ClaimedDone
	case WasDisowned:
		return unfinished, Open
	case WentSilent:
		return unfinished, Verified
	case WasClosed:
		return append([]State{Verified}, unfinished...), Closed
	case WasExcepted:
		return append([]State{Excepted}, unfinished...), Excepted
	case ExceptionEnded:
		return []State{Excepted}, Open
	case WasReopened:
		return []State{ClaimedDone, Verified, Closed}, Open
	case WasRekeyed:
		return States(), ""
	case WasReplaced:
		return States(), Closed
	}
	return nil, ""
}

// Next gives the state that an event leads to. The error says what the event
// does not follow and what it does.
//
// The right password after a claim shows that the claim does not hold
// (Acknowledged; see Refuted), after verification or closing it is a relapse. A
// sign-in in any other state is no event. The end of an exception leads to
// Open here; Back gives the state there was before.
func Next(s State, e Event) (State, error) {
	if e == SignedInAgain {
		switch s {
		case ClaimedDone:
			return Acknowledged, nil
		case Verified, Closed:
			return Relapsed, nil
		}
		return "", refuse(s, e, []State{ClaimedDone, Verified, Closed})
	}
	from, to := rules(e)
	for _, f := range from {
		if f == s {
			if to == "" {
				return s, nil
			}
			return to, nil
		}
	}
	return "", refuse(s, e, from)
}

// RefusedError says that an event does not follow a state.
type RefusedError struct {
	State State
	Event Event
	// Allowed lists the states that the event follows; empty for an event that
	// does not exist.
	Allowed []State
}

func refuse(s State, e Event, allowed []State) error { return &RefusedError{s, e, allowed} }

// Error says what is not allowed and what is.
func (r *RefusedError) Error() string {
	if len(r.Allowed) == 0 {
		return fmt.Sprintf("%q is no event of a migration", r.Event)
	}
	names := make([]string, len(r.Allowed))
	for i, s := range r.Allowed {
		names[i] = s.name()
	}
	last := len(names) - 1
	list := names[last]
	if last > 0 {
		list = strings.Join(names[:last], ", ") + " or " + list
	}
	return fmt.Sprintf("a client that is %s cannot become %q: it must be %s", r.State.name(), r.Event, list)
}

func (s State) name() string {
	if s == "" {
		return "new"
	}
	return strings.ReplaceAll(string(s), "-", " ")
}
