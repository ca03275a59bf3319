package migration

import (
	"encoding/json"
	"testing"
	"time"
)

var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// do takes a client through events and fails where one is refused.
func do(t *testing.T, s State, events ...Event) []Change {
	t.Helper()
	var history []Change
	for i, e := range events {
		at := now.Add(time.Duration(i) * time.Hour)
		var c Change
		var err error
		switch e {
		case WasExcepted:
			c, err = Except(s, at, at.AddDate(0, 1, 0), Who{"admin", "slack:T1:U2"}, "The scanner is replaced in January.")
		case ExceptionEnded:
			c, err = EndException(s, history, at, Bot(), "The exception ended.")
		default:
			c, err = Step(s, e, at, Bot(), "Because.")
		}
		if err != nil {
			t.Fatal(err)
		}
		history = append(history, c)
		s = c.To
	}
	return history
}

func TestExceptionsEndWhereTheyBegan(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		events []Event
		want   State
	}{
		"open":                  {[]Event{WasSeen, WasExcepted, ExceptionEnded}, Open},
		"told":                  {[]Event{WasSeen, WasTold, WasExcepted, ExceptionEnded}, Told},
		"the date was moved":    {[]Event{WasSeen, WasTold, WasAcknowledged, WasExcepted, WasExcepted, ExceptionEnded}, Acknowledged},
		"re-keyed in between":   {[]Event{WasSeen, WasTold, WasExcepted, WasRekeyed, ExceptionEnded}, Told},
		"a second exception":    {[]Event{WasSeen, WasExcepted, ExceptionEnded, WasClaimed, WasExcepted, ExceptionEnded}, ClaimedDone},
		"a relapse, left alone": {[]Event{WasSeen, WentSilent, SignedInAgain, WasExcepted, ExceptionEnded}, Relapsed},
	} {
		history := do(t, "", c.events...)
		if got := history[len(history)-1].To; got != c.want {
			t.Errorf("%s: back to %q, want %q", name, got, c.want)
		}
	}
	if got := Back([]Change{{From: "", To: Excepted}}); got != Open {
		t.Errorf("a history that does not tell leads back to %q", got)
	}
	if _, err := EndException(Told, nil, now, Bot(), ""); err == nil {
		t.Error("the exception of a client without one ended")
	}
}

func TestRelapseKeepsItsHistory(t *testing.T) {
	t.Parallel()
	history := do(t, "", WasSeen, WasTold, WasClaimed, WentSilent, WasClosed, SignedInAgain, WasTold)
	for i := 1; i < len(history); i++ {
		if history[i].From != history[i-1].To {
			t.Errorf("change %d begins at %q, the one before ended at %q", i, history[i].From, history[i-1].To)
		}
	}
	if history[5].To != Relapsed || history[6].To != Told {
		t.Errorf("got %q, then %q", history[5].To, history[6].To)
	}
}

func TestChangeInJSON(t *testing.T) {
	t.Parallel()
	c := do(t, Told, WasExcepted)[0]
	body, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"from":"told","to":"excepted","event":"excepted","at":"2026-11-23T12:00:00Z","by":"admin:slack:T1:U2",` +
		`"why":"The scanner is replaced in January.","until":"2026-12-23T12:00:00Z"}`
	if string(body) != want {
		t.Errorf("got %s\nwant %s", body, want)
	}
	if by := Bot().String(); by != "bot" {
		t.Errorf("the bot is %q", by)
	}
}
