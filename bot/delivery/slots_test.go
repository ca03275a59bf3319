package delivery

import (
	"slices"
	"testing"
)

func TestSlotsLeaveRoomForOtherPlatforms(t *testing.T) {
	t.Parallel()
	var s slots
	for i := range int64(perPlatform) {
		if !s.take("hangs", i) {
			t.Fatalf("slot %d was refused", i)
		}
	}
	if s.take("hangs", 100) || s.take("hangs", 101) {
		t.Error("a platform got more than its slots")
	}
	if !s.take("other", 200) {
		t.Error("another platform got none")
	}
	if place, ok := s.next("hangs"); !ok || place != 100 {
		t.Errorf("the slot was passed on to %d, %v, want the place that waited longest", place, ok)
	}
	if got := s.leave("hangs"); !slices.Equal(got, []int64{101}) {
		t.Errorf("left behind %v, want the place that waits", got)
	}
	if !s.take("hangs", 102) {
		t.Error("a freed slot was refused")
	}
	if _, ok := s.next("hangs"); ok {
		t.Error("a slot was passed on although nobody waits")
	}
	if !s.take("hangs", 103) {
		t.Error("the slot that nobody wanted was not freed")
	}
}
