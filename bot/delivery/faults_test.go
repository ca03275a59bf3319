package delivery_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/chat/chattest"
)

// Whatever the other end does, every message arrives, in order, and none twice
// where the platform can be asked or knows a key again.
func TestEveryMessageArrives(t *testing.T) {
	t.Parallel()
	type faults = []chattest.Behavior
	tests := map[string]struct {
		faults faults
		// blind is the number of repeats that a platform cannot avoid which
		// neither finds messages nor knows a key again.
		blind int
	}{
		"nothing wrong":             {nil, 0},
		"too many, with a time":     {faults{chattest.TooMany(30 * time.Second), chattest.TooMany(time.Second)}, 0},
		"too many, without":         {faults{chattest.Refuse(http.StatusTooManyRequests)}, 0},
		"500 again and again":       {slices.Repeat(faults{chattest.Broken}, 5), 0},
		"503":                       {faults{chattest.Fine, chattest.Refuse(http.StatusServiceUnavailable)}, 0},
		"recorded, then 500":        {faults{chattest.BrokenLate}, 1},
		"hangs":                     {faults{chattest.Silent}, 0},
		"records and hangs":         {faults{chattest.RecordedSilent}, 1},
		"accepts and drops":         {faults{chattest.Fine, chattest.Unconfirmed}, 1},
		"drops unread":              {faults{chattest.Lost, chattest.Lost}, 0},
		"drops, then hangs":         {faults{chattest.Unconfirmed, chattest.Silent}, 1},
		"token refused for a while": {faults{chattest.Refuse(http.StatusUnauthorized)}, 0},
	}
	for name, tt := range tests {
		for _, kind := range []string{"finder", "idempotent", "blind"} {
			t.Run(name+"/"+kind, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, func(w *world) {
					if kind != "finder" {
						w.options.Senders[platform] = w.channel.Sender().Plain()
					}
					w.channel.Idempotent(kind == "idempotent")
				})
				w.channel.Next(tt.faults...)
				want := w.postMany(t, "alerts", 6)
				w.settle(t)
				got := w.arrived("alerts")
				sameKeys(t, "arrived", slices.Compact(slices.Clone(got)), want)
				repeats := 0
				if kind == "blind" {
					repeats = tt.blind
				}
				if n := w.channel.Repeats(); n != repeats {
					t.Errorf("%d repeats, want %d", n, repeats)
				}
				if h := w.health(t); h.Waiting != 0 || h.Buried != 0 || h.Sent != 6 {
					t.Errorf("health = %+v", h)
				}
			})
		}
	}
}

// While the port is closed nothing arrives, and afterwards everything does.
func TestRefusedConnection(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.channel.Down()
	want := w.postMany(t, "alerts", 3)
	start := w.Now()
	w.settleUntil(t, start.Add(20*time.Minute))
	if h := w.health(t); h.Waiting != 3 || !h.Oldest.Equal(start) {
		t.Errorf("health while down = %+v", h)
	}
	w.channel.Up(t)
	w.settle(t)
	sameKeys(t, "arrived", w.arrived("alerts"), want)
	if took := w.Now().Sub(start); took > 50*time.Minute {
		t.Errorf("went on %v after the beginning", took)
	}
}

// Retry-After holds for the place that got it, to the second, and for no other.
func TestRetryAfterPausesOnePlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.channel.Next(chattest.TooMany(90 * time.Second))
	start := w.Now()
	first := w.postMany(t, "busy", 2)
	second := w.postMany(t, "idle", 2)
	w.settleUntil(t, start.Add(time.Second))
	sameKeys(t, "arrived in the busy place", w.arrived("busy"), nil)
	sameKeys(t, "arrived in the idle place", w.arrived("idle"), second)
	h := w.health(t)
	if len(h.Places) != 2 || h.Places[0].PausedUntil.Before(start.Add(90*time.Second)) || h.Places[0].Why != "asked-to-wait" {
		t.Errorf("health = %+v", h)
	}
	if !h.Places[1].PausedUntil.IsZero() || h.Places[1].LastSent.IsZero() {
		t.Errorf("health of the idle place = %+v", h.Places[1])
	}
	w.settleUntil(t, start.Add(89*time.Second))
	sameKeys(t, "arrived in the busy place too early", w.arrived("busy"), nil)
	w.settle(t)
	sameKeys(t, "arrived in the busy place", w.arrived("busy"), first)
	if h := w.health(t); !h.Oldest.IsZero() || !h.Places[0].PausedUntil.IsZero() {
		t.Errorf("health afterwards = %+v", h)
	}
}

// A platform that hangs holds up nobody on another one.
func TestHangingPlatformHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	other := chattest.NewChannel(t)
	w := newWorld(t, func(w *world) {
		w.options.Senders["other"] = other.Sender()
		w.options.Attempt = time.Minute
	})
	w.channel.Usually(chattest.Silent)
	w.post(t, message("stuck", "a"))
	m := message("x", "b")
	m.Place = chat.Place{Platform: "other", Workspace: "w", Channel: "fine"}
	w.post(t, m)
	stuck, _ := w.next()
	fine, _ := w.next()
	ended := make(chan error, 1)
	go func() { ended <- w.d.Deliver(t.Context(), stuck.About) }()
	w.channel.Wait(t.Context(), t, func(c *chattest.Channel) bool { return len(c.Requests()) > 0 })
	if err := w.d.Deliver(t.Context(), fine.About); err != nil {
		t.Fatal(err)
	}
	other.WaitFor(t, 1)
	w.channel.Down()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// The bot keeps to a platform's pace before it is told to.
func TestPaceIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world) {
		sender := w.channel.Sender()
		sender.SetPace(chat.Pace{Place: chat.Rate{Count: 1, Per: time.Second}})
		w.options.Senders[platform] = sender
	})
	start := w.Now()
	want := w.postMany(t, "alerts", 8)
	w.settle(t)
	sameKeys(t, "arrived", w.arrived("alerts"), want)
	if took := w.Now().Sub(start); took < 7*time.Second || took > 9*time.Second {
		t.Errorf("eight messages at one a second took %v", took)
	}
}
