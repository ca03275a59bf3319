package watch_test

import (
	"testing"
	"time"

	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

func TestWhatIsNoLongerNeededIsForgotten(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	s.feed.add(imap(noon.Add(-29 * day)))
	s.pass()
	kept := func() (sightings, bundles int) {
		s.reading(func(tx *storage.Tx) error {
			for _, err := range tx.Sightings(1, time.Time{}) {
				if err != nil {
					return err
				}
				sightings++
			}
			for _, err := range tx.Bundles(1, time.Time{}) {
				if err != nil {
					return err
				}
				bundles++
			}
			return nil
		})
		return sightings, bundles
	}
	if a, b := kept(); a != 1 || b != 1 {
		t.Fatalf("%d sightings and %d bundles", a, b)
	}
	s.passAt(noon.Add(11 * day))
	if a, b := kept(); a != 1 || b != 1 {
		t.Errorf("forgotten too early: %d sightings and %d bundles", a, b)
	}
	s.passAt(noon.Add(13 * day))
	if a, b := kept(); a != 0 || b != 0 {
		t.Errorf("still there: %d sightings and %d bundles", a, b)
	}
	if c := s.client(); c.Tally.Total != 1 {
		t.Errorf("the client lost its history: %+v", c.Tally)
	}
}

func TestSignInsAreForgottenByTheConfiguredAge(t *testing.T) {
	t.Parallel()
	s := newScene(t, storagetest.File(t))
	s.watcher.Remember = 60 * day
	s.feed.add(imap(noon.Add(-29 * day)))
	s.pass()
	left := func() (n int) {
		s.reading(func(tx *storage.Tx) error {
			for _, err := range tx.Sightings(1, time.Time{}) {
				if err != nil {
					return err
				}
				n++
			}
			return nil
		})
		return n
	}
	s.passAt(noon.Add(30 * day))
	if left() != 1 {
		t.Error("forgotten before its age")
	}
	s.passAt(noon.Add(33 * day))
	if left() != 0 {
		t.Error("remembered after its age")
	}
}
