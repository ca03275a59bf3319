package delivery

import (
	"context"
	"testing"
	"time"

	"legacyauth/adapters/chat"
)

type paced chat.Pace

func (p paced) Pace() chat.Pace { return chat.Pace(p) }

func (paced) Send(context.Context, chat.Message) (chat.Ref, error) { return "", nil }

func TestPaceOfPlaceAndPlatform(t *testing.T) {
	t.Parallel()
	sender := paced{Place: chat.Rate{Count: 1, Per: time.Second}, All: chat.Rate{Count: 3, Per: 3 * time.Second}}
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	place := func(name string) chat.Place { return chat.Place{Platform: "p", Channel: name} }
	var p paces
	for i, tt := range []struct {
		to   string
		want time.Duration
	}{
		{"a", 0},
		{"b", 0}, // another place does not wait for a
		{"a", time.Second},
		{"c", time.Second}, // but three are enough for the platform
	} {
		if got, _ := p.reserve(sender, place(tt.to), now); got != tt.want {
			t.Errorf("turn %d, to %s: waits %v, want %v", i, tt.to, got, tt.want)
		}
	}
}

func TestPaceGivenBack(t *testing.T) {
	t.Parallel()
	sender := paced{Place: chat.Rate{Count: 1, Per: time.Minute}}
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	to := chat.Place{Platform: "p", Channel: "a"}
	var p paces
	_, giveBack := p.reserve(sender, to, now)
	giveBack(now)
	if got, _ := p.reserve(sender, to, now); got != 0 {
		t.Errorf("waits %v for a turn that was given back", got)
	}
}
