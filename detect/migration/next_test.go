package migration

import (
	"errors"
	"strings"
	"testing"
)

// moves says for every state, in the order of columns, where each event leads;
// "-" is not allowed.
//
//	columns: new, open, told, acknowledged, claimed-done, verified, closed, relapsed, excepted
var columns = append([]State{""}, States()...)

var moves = map[Event]string{
	WasSeen:         "open - - - - - - - -",
	WasTold:         "- told told - - - - told -",
	WasAcknowledged: "- acknowledged acknowledged acknowledged - - - acknowledged -",
	WasClaimed:      "- claimed-done claimed-done claimed-done claimed-done - - claimed-done -",
	WasDisowned:     "- open open open open - - open -",
	WentSilent:      "- verified verified verified verified - - verified -",
	WasClosed:       "- closed closed closed closed closed - closed -",
	SignedInAgain:   "- - - - acknowledged relapsed relapsed - -",
	WasExcepted:     "- excepted excepted excepted excepted - - excepted excepted",
	ExceptionEnded:  "- - - - - - - - open",
	WasReopened:     "- - - - open open open - -",
	WasRekeyed:      "- open told acknowledged claimed-done verified closed relapsed excepted",
	WasReplaced:     "- closed closed closed closed closed closed closed closed",
}

func TestEveryStateAndEvent(t *testing.T) {
	t.Parallel()
	if len(moves) != len(Events()) {
		t.Fatalf("the table has %d events of %d", len(moves), len(Events()))
	}
	for _, e := range Events() {
		for i, want := range strings.Fields(moves[e]) {
			got, err := Next(columns[i], e)
			if want == "-" {
				var refused *RefusedError
				if !errors.As(err, &refused) || got != "" || len(refused.Allowed) == 0 {
					t.Errorf("%q, %q: got %q, %v; want a refusal that says what is allowed", columns[i], e, got, err)
				}
				continue
			}
			if err != nil || got != State(want) {
				t.Errorf("%q, %q: got %q, %v; want %q", columns[i], e, got, err, want)
			}
		}
	}
}

func TestRefusalsAreSentences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state State
		event Event
		want  string
	}{
		{Open, SignedInAgain, `a client that is open cannot become "signed-in-again": it must be claimed done, verified or closed`},
		{"", ExceptionEnded, `a client that is new cannot become "exception-ended": it must be excepted`},
		{Verified, "eaten", `"eaten" is no event of a migration`},
		{"eaten", WasSeen, `a client that is eaten cannot become "seen": it must be new`},
	} {
		if _, err := Next(c.state, c.event); err == nil || err.Error() != c.want {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}

func TestValid(t *testing.T) {
	t.Parallel()
	for _, s := range States() {
		if !s.Valid() {
			t.Errorf("%q is not valid", s)
		}
		if want := s == Verified || s == Closed || s == Excepted; s.Done() != want {
			t.Errorf("%q is done: %t", s, s.Done())
		}
	}
	if State("").Valid() || Event("").Valid() || !WasSeen.Valid() {
		t.Error("the empty state or event is valid, or seen is not")
	}
}
