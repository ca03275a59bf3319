package delivery_test

import (
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/chat/chattest"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

func TestTenAreNoStorm(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	want := w.postMany(t, "alerts", 10)
	w.settle(t)
	sameKeys(t, "arrived", w.arrived("alerts"), want)
}

// More than ten waiting messages are one, which is edited while it is new.
func TestStormBecomesOneMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	keys := w.postMany(t, "alerts", 37)
	w.settle(t)
	list := w.channel.In(place("alerts").String())
	if len(list) != 1 || !strings.Contains(list[0].Title, "37") {
		t.Fatalf("the channel shows %+v", list)
	}
	if m := w.stored(t, keys[0]); m.State != storage.MessageFolded || m.FoldedInto == 0 {
		t.Errorf("the first alert is %s, folded into %d", m.State, m.FoldedInto)
	}

	w.advance(5 * time.Minute)
	w.post(t, message("alerts", "late-1"), message("alerts", "late-2"))
	w.settle(t)
	urgent := message("alerts", "urgent")
	urgent.Card.Tone = card.Danger
	w.post(t, urgent)
	w.settle(t)
	list = w.channel.In(place("alerts").String())
	if len(list) != 2 || !strings.Contains(list[0].Title, "39") || len(list[0].Edits) != 1 || list[1].Key != "urgent" {
		t.Fatalf("after two more and an urgent one the channel shows %+v", list)
	}

	w.advance(20 * time.Minute)
	w.post(t, message("alerts", "later"))
	w.settle(t)
	sameKeys(t, "arrived", w.arrived("alerts")[1:], []string{"urgent", "later"})
}

// What gathers while the place is away comes as one message, and nothing of it
// twice.
func TestStormAfterAnOutage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.channel.Next(chattest.Unconfirmed)
	w.postMany(t, "alerts", 1)
	start := w.Now()
	w.settleUntil(t, start)
	var more []*storage.Outgoing
	for i := range 20 {
		more = append(more, message("alerts", "more-"+string(rune('a'+i))))
	}
	w.post(t, more...)
	w.settle(t)
	list := w.channel.In(place("alerts").String())
	if len(list) != 2 || list[0].Key != "alerts-1" || !strings.Contains(list[1].Title, "20") {
		t.Errorf("the channel shows %+v", list)
	}
	if h := w.health(t); h.Found != 1 || h.Waiting != 0 {
		t.Errorf("health = %+v", h)
	}
}

// More messages fold into a digest that could not be sent yet.
func TestStormGrowsBeforeItIsSent(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.channel.Next(chattest.TooMany(time.Minute))
	w.postMany(t, "alerts", 11)
	w.settleUntil(t, w.Now())
	w.post(t, message("alerts", "late"))
	w.settle(t)
	list := w.channel.In(place("alerts").String())
	if len(list) != 1 || !strings.Contains(list[0].Title, "12") || len(list[0].Edits) != 0 {
		t.Errorf("the channel shows %+v", list)
	}
}

// Without edits, a second wave is a second digest.
func TestStormWhereNothingCanBeEdited(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world) {
		w.options.Senders[platform] = w.channel.Sender().Plain()
	})
	w.postMany(t, "alerts", 11)
	w.settle(t)
	w.post(t, message("alerts", "alone"))
	w.settle(t)
	if got := w.arrived("alerts"); len(got) != 2 || got[1] != "alone" {
		t.Errorf("arrived = %q", got)
	}
}

// Messages to one person keep their buttons: they do not fold.
func TestDirectMessagesDoNotFold(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	var list []*storage.Outgoing
	for i := range 12 {
		m := message("x", "dm-"+string(rune('a'+i)))
		m.Place.Channel, m.Place.Person = "", "U1"
		list = append(list, m)
	}
	w.post(t, list...)
	w.settle(t)
	if got := w.channel.In(list[0].Place.String()); len(got) != 12 {
		t.Errorf("%d messages arrived, want 12", len(got))
	}
}
