package discord_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/chat/chattest"
)

func contains(text, part string) bool { return strings.Contains(text, part) }

// TestStormStaysWithinTheLimits sends many alerts to two channels as the bot's
// delivery does, one at a time to each place and not before it may. Discord never
// has to refuse one, and each is shown once.
func TestStormStaysWithinTheLimits(t *testing.T) {
	t.Parallel()
	f := fake(t)
	f.Limit(5, 400*time.Millisecond, 50)
	d := open(t, config(f))
	const each = 30
	var wg sync.WaitGroup
	for _, channel := range []string{general, alerts} {
		wg.Go(func() {
			for n := range each {
				deliver(t, d, chat.Message{Key: fmt.Sprint("storm:", channel, ":", n), To: place(channel), Card: says(fmt.Sprintf("alert %d.", n)).Card})
			}
		})
	}
	wg.Wait()
	if n := len(f.Messages()); n != 2*each {
		t.Errorf("%d messages are shown, want %d", n, 2*each)
	}
	if n := f.Refused(); n > 0 {
		t.Errorf("Discord refused %d requests", n)
	}
}

// deliver sends until the message is taken, as long as it is worth it.
func deliver(t *testing.T, d chat.Sender, m chat.Message) {
	for range 100 {
		_, err := d.Send(t.Context(), m)
		if err == nil {
			return
		}
		retry := chat.Retry(err)
		if retry == nil || retry.After <= 0 {
			t.Errorf("Send: %v", err)
			return
		}
		timer := time.NewTimer(retry.After)
		<-timer.C
	}
	t.Error("a message is never taken")
}

// TestOnePlaceHoldsUpNoOther uses up the limit of one channel and lets a request to
// it hang: another channel is reached at once.
func TestOnePlaceHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	f := fake(t)
	d := open(t, config(f))
	f.Limit(1, time.Hour, 0)
	for _, channel := range []string{general, alerts} {
		if _, err := d.Send(t.Context(), chat.Message{Key: "one", To: place(channel), Card: says("one").Card}); err != nil {
			t.Fatal(err)
		}
	}
	_, err := d.Send(t.Context(), chat.Message{Key: "two", To: place(general), Card: says("two").Card})
	if retry := chat.Retry(err); retry == nil || retry.Maybe || retry.After < 50*time.Minute {
		t.Errorf("a channel whose limit is used up gives %v", err)
	}
	f.Limit(100, time.Second, 0)
	f.Advance(2 * time.Hour)
	f.Next(chattest.Silent)
	ctx, cancel := context.WithCancel(t.Context())
	hung := make(chan error, 1)
	go func() {
		_, err := d.Send(ctx, chat.Message{Key: "three", To: place(general), Card: says("three").Card})
		hung <- err
	}()
	f.Arrived()
	if _, err := d.Send(t.Context(), chat.Message{Key: "four", To: place(general), Card: says("four").Card}); err != nil {
		t.Errorf("behind a request that hangs: %v", err)
	}
	cancel()
	if err := <-hung; err == nil {
		t.Error("a request that nobody answers was sent")
	}
	if n := f.Refused(); n > 0 {
		t.Errorf("Discord refused %d requests", n)
	}
}

// TestGlobalLimitHoldsForAll expects that after a 429 for everything nothing is
// asked until the time is over, but for answers to people.
func TestGlobalLimitHoldsForAll(t *testing.T) {
	t.Parallel()
	f := fake(t)
	d := open(t, config(f))
	f.Limit(0, 0, 2)
	send := func(key string) error {
		_, err := d.Send(t.Context(), chat.Message{Key: key, To: place(general), Card: says(key).Card})
		return err
	}
	var err error
	for n := 0; err == nil && n < 100; n++ {
		err = send(fmt.Sprint("k", n))
	}
	if retry := chat.Retry(err); retry == nil || retry.Maybe || retry.After <= 0 {
		t.Fatalf("over the limit: %v", err)
	}
	asked := len(f.Requests())
	if retry := chat.Retry(send("next")); retry == nil || retry.After <= 0 {
		t.Error("the next is sent all the same")
	}
	if n := len(f.Requests()); n != asked {
		t.Errorf("%d requests are made while everything is closed", n-asked)
	}
	f.Advance(2 * time.Second)
	if err := send("later"); err != nil {
		t.Errorf("after the time: %v", err)
	}
}

// TestStopsBeforeDiscordShutsItOut expects that refusals are counted, and that
// nothing is asked long before ten thousand.
func TestStopsBeforeDiscordShutsItOut(t *testing.T) {
	t.Parallel()
	f := fake(t)
	c := config(f)
	c.Token = "MTA.revoked"
	d := open(t, c)
	send := func() error {
		_, _, err := d.Find(t.Context(), chat.Message{Key: "k", To: place(general)})
		return err
	}
	var err error
	for n := 0; n < 2000; n++ {
		if err = send(); !contains(err.Error(), "401") {
			break
		}
	}
	asked := len(f.Requests())
	if asked < 100 || asked > 1000 || !contains(err.Error(), "legacyauth doctor") {
		t.Errorf("after %d requests: %v", asked, err)
	}
	if retry := chat.Retry(err); retry == nil || retry.After <= 0 || retry.After > 10*time.Minute {
		t.Errorf("%v is no RetryError with a time", err)
	}
	_ = send()
	if n := len(f.Requests()); n != asked {
		t.Error("requests are made after the stop")
	}
	f.Advance(11 * time.Minute)
	if err := send(); !contains(err.Error(), "401") {
		t.Errorf("ten minutes later: %v", err)
	}
}

func TestPeopleOutOfReach(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		person string
		code   int
		in     string
	}{
		"takes none":          {anna, 50007, "takes no direct messages"},
		"no server in common": {anna, 50278, "shares no server"},
		"too many opened":     {anna, 40003, "write a mail"},
		"did not ask":         {bert, 0, "did not ask"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := fake(t)
			f.CloseDirect(tt.person, tt.code)
			d := open(t, config(f))
			to := chat.Place{Platform: "discord", Workspace: server, Person: tt.person}
			_, err := d.Send(t.Context(), chat.Message{Key: "k", To: to, Card: says("k").Card})
			if !errors.Is(err, chat.ErrUnreachable) || chat.Retry(err) != nil || !contains(err.Error(), tt.in) {
				t.Errorf("Send gives %v", err)
			}
			asked := 0
			for _, r := range f.Requests() {
				if r.Method == http.MethodPost {
					asked++
				}
			}
			if tt.code == 0 && asked > 0 {
				t.Errorf("%d requests are made for somebody who did not ask", asked)
			}
		})
	}
}

// TestConsentIsLookedAtEachTime takes it back between two messages.
func TestConsentIsLookedAtEachTime(t *testing.T) {
	t.Parallel()
	f := fake(t)
	c := config(f)
	wants := true
	c.Consent = func(context.Context, chat.Person) (bool, error) { return wants, nil }
	d := open(t, c)
	at, err := d.Open(t.Context(), chat.Place{Platform: "discord", Workspace: server, Person: anna})
	if err != nil {
		t.Fatal(err)
	}
	send := func(key string) error {
		_, err := d.Send(t.Context(), chat.Message{Key: key, To: at, Card: says(key).Card})
		return err
	}
	if err := send("one"); err != nil {
		t.Fatal(err)
	}
	wants = false
	if err := send("two"); !errors.Is(err, chat.ErrUnreachable) {
		t.Errorf("after it was taken back: %v", err)
	}
	if n := len(f.Messages()); n != 1 {
		t.Errorf("%d messages are shown, want 1", n)
	}
}
