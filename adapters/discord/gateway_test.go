package discord_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/discord"
	"legacyauth/adapters/discord/discordfake"
)

// TestNothingIsLostOnTheWay breaks the connection in each way there is, lets
// people type meanwhile, and expects every word.
func TestNothingIsLostOnTheWay(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		breaks func(s *stage)
		mend   func(s *stage)
		// begun and resumed are the sessions begun and resumed at the end.
		begun, resumed int
	}{
		"dropped":             {func(s *stage) { s.Drop() }, nil, 1, 1},
		"asked to reconnect":  {func(s *stage) { s.AskReconnect() }, nil, 1, 1},
		"a zombie connection": {func(s *stage) { s.Deaf(true) }, func(s *stage) { s.Deaf(false); s.Drop() }, 1, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := play(t, fake(t), false, handler{handle: actor(nil)}, nil)
			tt.breaks(s)
			var all []*discordfake.Interaction
			for n := range 20 {
				i, err := s.Deliver(t.Context(), s.meant(command("word", fmt.Sprint("number", n))))
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, i)
			}
			if tt.mend != nil {
				tt.mend(s)
			}
			// An answer may also come as a direct message: who is disconnected for
			// three seconds cannot answer otherwise.
			for n := range all {
				s.until(t, fmt.Sprint("number ", n), func() bool {
					return slices.ContainsFunc(s.Messages(), func(m discordfake.Message) bool {
						return contains(discordfake.Draw(m).Text, fmt.Sprintf("word number%d\n", n))
					})
				})
			}
			if g := s.Gate(); g.Begun != tt.begun || g.Resumed != tt.resumed || len(s.handled) != 20 {
				t.Errorf("%d handled; the gateway: %+v", len(s.handled), g)
			}
		})
	}
}

// TestZombieIsNoticed expects a new connection when nothing comes any more, and
// that what happened meanwhile arrives.
func TestZombieIsNoticed(t *testing.T) {
	t.Parallel()
	f := fake(t)
	f.Beat(time.Second)
	s := play(t, f, false, handler{handle: actor(nil)}, func(c *discord.Config) { c.Quiet = 2 * time.Second })
	before := s.Gate().Opened
	s.Deaf(true)
	i, err := s.Deliver(t.Context(), s.meant(command("word")))
	if err != nil {
		t.Fatal(err)
	}
	s.until(t, "a second connection", func() bool { return s.Gate().Opened > before })
	s.Deaf(false)
	s.reads(t, i, "word")
	if g := s.Gate(); g.Begun != 1 || g.Resumed == 0 {
		t.Errorf("the session is not resumed: %+v", g)
	}
}

// TestQuietConnectionLives expects that a connection over which only heartbeats
// go is kept, and counts as heard. When it would end is TestWatchedConnection's.
func TestQuietConnectionLives(t *testing.T) {
	t.Parallel()
	f := fake(t)
	f.Beat(time.Second) // discordgo gives up after five without an answer
	s := play(t, f, false, handler{handle: actor(nil)}, nil)
	first := s.bot.Heard()
	s.until(t, "three heartbeats", func() bool { return s.Gate().Beats >= 3 && s.bot.Heard().After(first) })
	if g := s.Gate(); g.Opened != 1 {
		t.Errorf("%d connections are opened, want 1", g.Opened)
	}
}

// Heard tells of what is received alone: sending that works says nothing of it.
func TestHeardIsWhatIsReceived(t *testing.T) {
	t.Parallel()
	for name, overHTTP := range map[string]bool{"gateway": false, "endpoint": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := fake(t)
			send := func(d *discord.Discord, key string) {
				t.Helper()
				if _, err := d.Send(t.Context(), chat.Message{Key: key, To: place(general), Card: says("x").Card}); err != nil {
					t.Fatal(err)
				}
			}
			deaf := open(t, config(f))
			send(deaf, "nobody-listens")
			if at := deaf.Heard(); !at.IsZero() {
				t.Errorf("after sending alone, Heard gives %v", at)
			}
			s := play(t, f, overHTTP, handler{handle: actor(nil)}, nil)
			if overHTTP {
				send(s.bot, "before-anything-came")
				if at := s.bot.Heard(); !at.IsZero() {
					t.Errorf("after sending, Heard gives %v", at)
				}
			}
			s.reads(t, s.do(t, command("status")), "status")
			if s.bot.Heard().IsZero() {
				t.Error("a command was received, and Heard says never")
			}
		})
	}
}

func TestSessionsThatEnd(t *testing.T) {
	t.Parallel()
	tests := map[string]func(s *stage){
		"told":                  func(s *stage) { s.Invalidate() },
		"found out on resume":   func(s *stage) { s.Forget(); s.Drop() },
		"closed with code 4009": func(s *stage) { s.CloseNext(4009); s.Drop() },
	}
	for name, ends := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := play(t, fake(t), false, handler{handle: actor(nil)}, nil)
			ends(s)
			s.until(t, "a second session", func() bool { return s.Gate().Begun == 2 && s.Gate().Connected })
			s.reads(t, s.do(t, command("word")), "word")
		})
	}
}

func TestHopelessConnections(t *testing.T) {
	t.Parallel()
	f := fake(t)
	c := config(f)
	c.Token = "MTA.wrong.canary-77aa"
	err := open(t, c).Run(t.Context(), handler{handle: actor(nil), handled: make(chan chat.Request, 1)})
	if !errors.Is(err, chat.ErrCredentials) {
		t.Errorf("Run with a wrong token gives %v", err)
	}
	if got := fmt.Sprintf("%v %+v", err, err); len(got) == 0 || contains(got, c.Token) {
		t.Errorf("the error holds the token: %s", got)
	}
}

func TestNoIntents(t *testing.T) {
	t.Parallel()
	s := play(t, fake(t), false, handler{handle: actor(nil)}, nil)
	if got := s.Gate().Intents; !slices.Equal(got, []int{0}) {
		t.Errorf("the intents are %v, want none", got)
	}
}

// TestCrowd has 200 people type at once while everything is slow: each is
// acknowledged, and none is lost. Where LEGACYAUTH_LARGE is set, the machine is
// there for this alone, and 99 of 100 are acknowledged within a second.
func TestCrowd(t *testing.T) {
	t.Parallel()
	const people = 200
	everyWay(t, func(t *testing.T, overHTTP bool) {
		release := make(chan struct{})
		f := fake(t)
		if os.Getenv("LEGACYAUTH_LARGE") != "" {
			f.Patience(3 * time.Second)
		}
		s := play(t, f, overHTTP, handler{handle: actor(release)}, nil)
		all := make([]*discordfake.Interaction, people)
		var wg sync.WaitGroup
		for n := range people {
			wg.Go(func() {
				what := s.meant(command("word", "slow", fmt.Sprintf("number%d.", n)))
				what.Person = fmt.Sprintf("3%017d", n+1)
				var err error
				if all[n], err = s.Do(context.Background(), what); err != nil {
					t.Errorf("number %d: %v", n, err)
				}
			})
		}
		wg.Wait()
		var waits []time.Duration
		for n, i := range all {
			if i == nil || i.First == 0 {
				t.Fatalf("number %d is not acknowledged", n)
			}
			waits = append(waits, i.Acknowledged.Sub(i.Sent))
		}
		slices.Sort(waits)
		close(release)
		for n, i := range all {
			s.reads(t, i, fmt.Sprintf("word slow number%d.", n))
		}
		p99 := waits[people*99/100]
		t.Logf("acknowledged: median %v, 99th percentile %v, longest %v", waits[people/2], p99, waits[people-1])
		if p99 > time.Second && os.Getenv("LEGACYAUTH_LARGE") != "" {
			t.Errorf("the 99th percentile of acknowledgments is %v, want under a second", p99)
		}
	})
}
