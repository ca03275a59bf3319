package storage_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

func keysOf(list []storage.Outgoing) []string {
	var keys []string
	for _, o := range list {
		keys = append(keys, o.Key)
	}
	return keys
}

func TestMessagesStory(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		clock := start
		db := storagetest.Open(t, dsn, storage.Options{Now: func() time.Time { return clock }})
		var sent []storage.Outgoing
		write(t, db, func(tx *storage.Tx) error {
			for _, key := range ids(6) {
				o := message(key, "subject of "+key)
				switch key {
				case "message-3":
					o.Expires = start.Add(time.Minute)
				case "message-4":
					o.NextAt = start.Add(time.Hour)
				}
				inserted, err := tx.Enqueue(&o)
				if err != nil || !inserted {
					t.Fatalf("enqueue %s: %v, %v", key, inserted, err)
				}
				sent = append(sent, o)
			}
			again := message("message-1", "another")
			if inserted, err := tx.Enqueue(&again); inserted || err != nil {
				t.Errorf("a key was stored twice: %v, %v", inserted, err)
			}
			return nil
		})
		place := sent[0].PlaceID
		look := func(what string, want []string, f func(tx *storage.Tx) ([]storage.Outgoing, error)) {
			t.Helper()
			read(t, db, func(tx *storage.Tx) error {
				list, err := f(tx)
				if got := keysOf(list); !slices.Equal(got, want) {
					t.Errorf("%s: %v, want %v", what, got, want)
				}
				return err
			})
		}
		waiting := func(tx *storage.Tx) ([]storage.Outgoing, error) { return tx.Waiting(place, clock, 10) }
		look("waiting", []string{"message-1", "message-2", "message-3", "message-5", "message-6"}, waiting)
		read(t, db, func(tx *storage.Tx) error {
			o, ok, err := tx.MessageByKey("message-4")
			if diff := cmp.Diff(sent[3], o); diff != "" || !ok {
				t.Errorf("the message differs (-stored +read):\n%s", diff)
			}
			return err
		})
		clock = start.Add(2 * time.Minute)
		write(t, db, func(tx *storage.Tx) error {
			if err := tx.Sending(sent[0].ID); err != nil {
				return err
			}
			if err := tx.Sent(sent[0].ID, "C1/1"); err != nil {
				return err
			}
			if err := tx.Sending(sent[1].ID); err != nil {
				return err
			}
			if err := tx.Postpone(sent[1].ID, clock.Add(time.Hour), "429"); err != nil {
				return err
			}
			expired, err := tx.Expire(clock)
			if got := keysOf(expired); !slices.Equal(got, []string{"message-3"}) {
				t.Errorf("expired: %v", got)
			}
			if err != nil {
				return err
			}
			if err := tx.Bury(sent[4].ID, "404"); err != nil {
				return err
			}
			return tx.Fold([]int64{sent[5].ID}, sent[3].ID)
		})
		look("nothing is due", nil, waiting)
		look("buried", []string{"message-5"}, func(tx *storage.Tx) ([]storage.Outgoing, error) { return tx.Buried(start) })
		read(t, db, func(tx *storage.Tx) error {
			n, err := tx.CountWaiting(place)
			if n != 2 || err != nil {
				t.Errorf("%d are still to be sent, %v", n, err)
			}
			o, ok, err := tx.BySubject(place, "subject of message-1")
			if !ok || o.Ref != "C1/1" || o.State != storage.MessageSent || o.Attempts != 1 || !o.Ended.Equal(clock) {
				t.Errorf("the sent message: %+v, %v", o, err)
			}
			if o, ok, err := tx.BySubject(place, "subject of message-5"); ok {
				t.Errorf("a buried message stands for its subject: %+v, %v", o, err)
			}
			oldest, ok, err := tx.OldestWaiting()
			if !ok || oldest.Key != "message-2" || oldest.State != storage.MessageWaiting || oldest.Error != "429" {
				t.Errorf("the oldest: %+v, %v", oldest, err)
			}
			list, total, err := tx.FoldedInto(sent[3].ID, 5)
			if total != 1 || len(list) != 1 || list[0].Key != "message-6" {
				t.Errorf("folded: %v of %d, %v", keysOf(list), total, err)
			}
			if due, err := tx.DuePlaces(clock); len(due) != 0 || err != nil {
				t.Errorf("due places: %v, %v", due, err)
			}
			due, err := tx.DuePlaces(clock.Add(2 * time.Hour))
			if !slices.Equal(due, []int64{place}) {
				t.Errorf("due places later: %v", due)
			}
			return err
		})
		write(t, db, func(tx *storage.Tx) error { return tx.Pause(place, clock.Add(3*time.Hour), "429") })
		read(t, db, func(tx *storage.Tx) error {
			due, err := tx.DuePlaces(clock.Add(2 * time.Hour))
			if len(due) != 0 {
				t.Errorf("a paused place is due: %v", due)
			}
			s, err2 := tx.Spot(place)
			if s.Place != sent[0].Place || s.Why != "429" || err2 != nil {
				t.Errorf("the spot: %+v, %v", s, err2)
			}
			return err
		})
	})
}
