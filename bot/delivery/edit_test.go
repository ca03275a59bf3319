package delivery_test

import (
	"testing"

	"legacyauth/adapters/chat/chattest"
	"legacyauth/storage"
)

func replacing(to, key, old string) *storage.Outgoing {
	m := message(to, key)
	m.Replaces = old
	return m
}

func TestMessageIsEditedInPlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.post(t, message("alerts", "first"))
	w.settle(t)
	w.channel.Next(chattest.Broken) // the edit is tried again, too
	w.post(t, replacing("alerts", "second", "first"))
	w.settle(t)
	// A change of a change finds the same message.
	w.post(t, replacing("alerts", "third", "second"))
	w.settle(t)
	list := w.channel.In(place("alerts").String())
	if len(list) != 1 || list[0].Title != "alert third" || len(list[0].Edits) != 2 {
		t.Errorf("the channel shows %+v", list)
	}
	if a, b := w.stored(t, "first").Ref, w.stored(t, "third").Ref; a == "" || a != b {
		t.Errorf("the change stands at %q, the message at %q", b, a)
	}
}

func TestEditWhereNothingCanBeEdited(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world) {
		w.options.Senders[platform] = w.channel.Sender().Plain()
	})
	w.post(t, message("alerts", "first"))
	w.settle(t)
	w.post(t, replacing("alerts", "second", "first"))
	w.settle(t)
	list := w.channel.In(place("alerts").String())
	if len(list) != 2 || list[1].Replaces != "first" {
		t.Errorf("the channel shows %+v", list)
	}
}

// Nobody sees a message that changed before it was sent.
func TestEditOfAMessageNotSentYet(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	early := message("alerts", "first")
	early.NextAt = w.Now().Add(1e12)
	w.post(t, early, replacing("alerts", "second", "first"))
	w.settle(t)
	list := w.channel.In(place("alerts").String())
	if len(list) != 1 || list[0].Key != "second" || list[0].Replaces != "" {
		t.Errorf("the channel shows %+v", list)
	}
	if m := w.stored(t, "first"); m.State != storage.MessageFolded {
		t.Errorf("the first message is %s", m.State)
	}
}

// A message that somebody deleted cannot be changed: the change is said anew.
func TestEditOfAMessageThatIsGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.post(t, message("alerts", "first"))
	err := w.db.Write(t.Context(), func(tx *storage.Tx) error {
		m, _, err := tx.MessageByKey("first")
		if err != nil {
			return err
		}
		return tx.Sent(m.ID, "no-such-message")
	})
	if err != nil {
		t.Fatal(err)
	}
	w.post(t, replacing("alerts", "second", "first"))
	w.settle(t)
	sameKeys(t, "arrived", w.arrived("alerts"), []string{"second"})
}

func TestReplyGoesUnderItsMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	reply := message("alerts", "reply")
	reply.Under = "first"
	w.post(t, message("alerts", "first"), reply)
	w.settle(t)
	list := w.channel.In(place("alerts").String())
	if len(list) != 2 || list[1].Under == "" || list[1].Under != list[0].Ref {
		t.Errorf("the channel shows %+v", list)
	}
}
