package delivery_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/chat/chattest"
	"legacyauth/storage"
)

// placeID gives the number of a place.
func (w *world) placeID(t *testing.T, name string) string {
	t.Helper()
	var id int64
	err := w.db.Write(t.Context(), func(tx *storage.Tx) (err error) {
		id, err = tx.Place(place(name))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strconv.FormatInt(id, 10)
}

// A process that dies between sending and recording: the next one finds the
// message, once the lease of the first has run out.
func TestProcessDiesAfterSending(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.postMany(t, "alerts", 2)
	// What the dead process left: its lease, a message marked, and sent.
	err := w.db.Write(t.Context(), func(tx *storage.Tx) error {
		m, _, err := tx.MessageByKey("alerts-1")
		if err != nil {
			return err
		}
		_, ok, err := tx.Lease("place:"+strconv.FormatInt(m.PlaceID, 10), "dead", 30*time.Second)
		if err != nil || !ok {
			return errors.Join(err, errors.New("no lease"))
		}
		return tx.Sending(m.ID)
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.channel.Sender().Send(t.Context(), messageOf(message("alerts", "alerts-1"))); err != nil {
		t.Fatal(err)
	}
	w.settle(t)
	sameKeys(t, "arrived while the lease lasts", w.arrived("alerts"), []string{"alerts-1"})

	w.advance(15 * time.Second)
	if err := w.d.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if j, ok := w.next(); ok {
		t.Errorf("the sweep woke somebody for a place with a live lease: %+v", j)
	}
	w.advance(16 * time.Second)
	if err := w.d.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.settle(t)
	sameKeys(t, "arrived", w.arrived("alerts"), []string{"alerts-1", "alerts-2"})
	if h := w.health(t); h.Found != 1 || h.Waiting != 0 {
		t.Errorf("health = %+v", h)
	}
}

// A process asked to stop finishes the message under way, records it, and gives
// the place back; the next one goes on at once.
func TestStopFinishesTheMessageUnderWay(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world) { w.options.Attempt = time.Minute })
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	w.channel.Next(chattest.Behavior{Then: cancel})
	want := w.postMany(t, "alerts", 3)
	j, _ := w.next()
	if err := w.d.Deliver(ctx, j.About); !errors.Is(err, context.Canceled) {
		t.Errorf("Deliver: %v", err)
	}
	sameKeys(t, "arrived before the end", w.arrived("alerts"), want[:1])
	if m := w.stored(t, want[0]); m.State != storage.MessageSent {
		t.Errorf("the message under way is %s", m.State)
	}
	w.restart()
	if err := w.d.Deliver(t.Context(), j.About); err != nil {
		t.Error(err)
	}
	sameKeys(t, "arrived", w.arrived("alerts"), want)
}

// A place that hangs while the process stops is cut off after the grace, and
// looked at by the next process.
func TestStopCutsOffWhatHangs(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world) {
		w.options.Attempt = time.Minute
		w.options.Grace = 20 * time.Millisecond
	})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	hang := chattest.RecordedSilent
	hang.Then = cancel
	w.channel.Next(hang)
	want := w.postMany(t, "alerts", 2)
	j, _ := w.next()
	if err := w.d.Deliver(ctx, j.About); !errors.Is(err, context.Canceled) {
		t.Errorf("Deliver: %v", err)
	}
	if m := w.stored(t, want[0]); m.State != storage.MessageSending {
		t.Errorf("the message cut off is %s", m.State)
	}
	w.restart()
	if err := w.d.Deliver(t.Context(), j.About); err != nil {
		t.Error(err)
	}
	sameKeys(t, "arrived", w.arrived("alerts"), want)
}

// Many jobs for one place, in several processes, keep apart.
func TestManyJobsForOnePlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	want := w.postMany(t, "alerts", 10)
	id := w.placeID(t, "alerts")
	var wait sync.WaitGroup
	for i := range 8 {
		if i%4 == 0 {
			w.restart()
		}
		d := w.d
		wait.Go(func() {
			if err := d.Deliver(t.Context(), id); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	w.settle(t)
	sameKeys(t, "arrived", w.arrived("alerts"), want)
}

// A job that finds another one at work in the same process leaves the place to
// it.
func TestSecondJobLeavesThePlaceAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world) { w.options.Attempt = time.Minute })
	want := w.postMany(t, "alerts", 2)
	j, _ := w.next()
	w.channel.Next(chattest.Behavior{Then: func() {
		if err := w.d.Deliver(t.Context(), j.About); err != nil {
			t.Error(err)
		}
	}})
	if err := w.d.Deliver(t.Context(), j.About); err != nil {
		t.Error(err)
	}
	sameKeys(t, "arrived", w.arrived("alerts"), want)
	if n := len(w.channel.Requests()); n != 2 {
		t.Errorf("%d requests, want 2: %q", n, w.channel.Requests())
	}
}

// A process that was held up for longer than its lease lasts still records what
// it sent, and then leaves the place to its new holder.
func TestLeaseLostWhileSending(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(w *world) { w.options.Attempt = time.Minute })
	want := w.postMany(t, "alerts", 2)
	j, _ := w.next()
	w.channel.Next(chattest.Behavior{Then: func() {
		w.advance(time.Minute)
		err := w.db.Write(t.Context(), func(tx *storage.Tx) error {
			_, ok, err := tx.Lease("place:"+j.About, "other", time.Minute)
			if err == nil && !ok {
				err = errors.New("the lease is still held")
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}})
	if err := w.d.Deliver(t.Context(), j.About); err != nil {
		t.Error(err)
	}
	if m := w.stored(t, want[0]); m.State != storage.MessageSent {
		t.Errorf("the message that was sent is %s", m.State)
	}
	sameKeys(t, "arrived", w.arrived("alerts"), want[:1])
}

// sleepy is a platform on which a look takes until the attempt is over.
type sleepy struct{ sent *int }

func (sleepy) Find(ctx context.Context, _ chat.Message) (chat.Ref, bool, error) {
	<-ctx.Done()
	return "", false, nil
}

func (s sleepy) Send(context.Context, chat.Message) (chat.Ref, error) {
	*s.sent++
	return "1", nil
}

// An attempt whose time is over sends no more: by then somebody else may have.
func TestNothingIsSentAfterTheAttemptIsOver(t *testing.T) {
	t.Parallel()
	sent := 0
	w := newWorld(t, func(w *world) {
		w.options.Senders[platform] = sleepy{&sent}
		w.options.Attempt = 20 * time.Millisecond
	})
	w.postMany(t, "alerts", 1)
	err := w.db.Write(t.Context(), func(tx *storage.Tx) error {
		m, _, err := tx.MessageByKey("alerts-1")
		return errors.Join(err, tx.Sending(m.ID))
	})
	if err != nil {
		t.Fatal(err)
	}
	j, _ := w.next()
	if err := w.d.Deliver(t.Context(), j.About); err != nil {
		t.Error(err)
	}
	if m := w.stored(t, "alerts-1"); sent != 0 || m.State != storage.MessageSending {
		t.Errorf("sent %d times, and the message is %s", sent, m.State)
	}
}

// drowsy is a platform on which the first look takes as long as a process is
// paused, without a timer having fired when it is woken.
type drowsy struct {
	*world
	did *[]string
}

func (d drowsy) Find(context.Context, chat.Message) (chat.Ref, bool, error) {
	if len(*d.did) == 0 {
		d.advance(time.Minute)
	}
	*d.did = append(*d.did, "find")
	return "", false, nil
}

func (d drowsy) Send(context.Context, chat.Message) (chat.Ref, error) {
	*d.did = append(*d.did, "send")
	return "1", nil
}

// A process that is woken after its lease has run out looks again, under a lease
// that it holds, before it sends.
func TestWokenProcessLooksAgain(t *testing.T) {
	t.Parallel()
	var did []string
	w := newWorld(t, func(w *world) { w.options.Senders[platform] = drowsy{w, &did} })
	w.postMany(t, "alerts", 1)
	err := w.db.Write(t.Context(), func(tx *storage.Tx) error {
		m, _, err := tx.MessageByKey("alerts-1")
		return errors.Join(err, tx.Sending(m.ID))
	})
	if err != nil {
		t.Fatal(err)
	}
	w.settle(t)
	if want := []string{"find", "find", "send"}; !slices.Equal(did, want) {
		t.Errorf("it did %q, want %q", did, want)
	}
	if m := w.stored(t, "alerts-1"); m.State != storage.MessageSent {
		t.Errorf("the message is %s", m.State)
	}
}

func TestQuietHoursHoldBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	start := w.Now()
	held := message("alerts", "held")
	held.NextAt = start.Add(time.Hour)
	w.post(t, held, message("alerts", "at-once"))
	w.settleUntil(t, start.Add(59*time.Minute))
	sameKeys(t, "arrived before", w.arrived("alerts"), []string{"at-once"})
	if h := w.health(t); !h.Oldest.IsZero() || h.Waiting != 1 {
		t.Errorf("health = %+v", h)
	}
	w.settle(t)
	sameKeys(t, "arrived", w.arrived("alerts"), []string{"at-once", "held"})
}

func TestSameKeyIsPostedOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	w.post(t, message("alerts", "a"), message("alerts", "a"))
	w.post(t, message("alerts", "a"))
	w.settle(t)
	w.post(t, message("alerts", "a"))
	w.settle(t)
	sameKeys(t, "arrived", w.arrived("alerts"), []string{"a"})
}
