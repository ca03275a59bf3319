package jobs_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"legacyauth/bot/jobs"
	"legacyauth/storage/storagetest"
)

// A turn is one job, whichever process adds it and whatever becomes of it; other
// turns and others' turns are jobs of their own.
func TestATurnIsOneJob(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		p, other := newProcess(t, dsn), newProcess(t, dsn)
		done := make(chan string, 10)
		p.Work("scan", jobs.Limits{}, func(_ context.Context, about string) error {
			done <- about
			return nil
		})
		turn := func(about, turn string) jobs.Job {
			return jobs.Job{Kind: "scan", About: about, Turn: turn, Within: 24 * time.Hour}
		}
		p.enqueue(t, turn("a", "1"), turn("a", "1"))
		other.enqueue(t, turn("a", "1"), turn("b", "1"), turn("a", "2"))
		p.start(t)
		p.enqueue(t, jobs.Job{Kind: "scan", About: "last", At: time.Now().Add(time.Second)})
		for _, want := range []string{"a", "b", "a"} {
			if got := next(t, done); got != want {
				t.Errorf("worked %q, want %q", got, want)
			}
		}
		p.enqueue(t, turn("a", "1")) // done already
		if got := next(t, done); got != "last" {
			t.Errorf("a turn that was done is worked again: %q", got)
		}
	})
}

// What a process took and never finished stands in nobody's way for longer than
// was said.
func TestATurnThatHangsMakesWay(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		p := newProcess(t, dsn)
		begun, end := make(chan struct{}, 100), make(chan struct{})
		p.Work("scan", jobs.Limits{Parallel: 2}, func(context.Context, string) error {
			begun <- struct{}{}
			<-end
			return nil
		})
		p.start(t)
		job := jobs.Job{Kind: "scan", About: "a", Turn: "1", Within: 2 * time.Second}
		p.enqueue(t, job)
		next(t, begun)
		tick, late := time.NewTicker(100*time.Millisecond), time.After(time.Minute)
		defer tick.Stop()
		defer close(end)
		for {
			select {
			case <-begun:
				return
			case <-tick.C:
				p.enqueue(t, job)
			case <-late:
				t.Fatal("the turn was never taken again")
			}
		}
	})
}

// Each process makes its rounds; of those that fail the first is logged, and the next one that succeeds.
func TestHere(t *testing.T) {
	t.Parallel()
	dsn := storagetest.File(t)
	rounds := [2]chan int{make(chan int), make(chan int)}
	var all [2]process
	for i := range all {
		all[i] = newProcess(t, dsn)
		n := 0
		all[i].Work("note", jobs.Limits{}, func(context.Context, string) error { return nil })
		all[i].Here("look around", 10*time.Millisecond, func(ctx context.Context) error {
			n++
			select {
			case rounds[i] <- n:
			case <-ctx.Done():
			}
			if n > 1 && n < 5 {
				return errors.New("no luck")
			}
			return nil
		})
		all[i].start(t)
	}
	for want := 1; want < 8; want++ {
		for i := range rounds {
			if got := next(t, rounds[i]); got != want {
				t.Fatalf("process %d: round %d, want %d", i, got, want)
			}
			// Whether this round has returned yet is open: look where it is like the
			// one before.
			if held := len(all[i].Held()) > 0; want != 2 && want != 5 && held != (want == 3 || want == 4) {
				t.Errorf("process %d, about round %d: held up is %v", i, want, held)
			}
		}
	}
	for i := range all {
		if text := all[i].log.String(); countLines(text, "look around") != 2 {
			t.Errorf("process %d logs\n%s", i, text)
		}
	}
}

func countLines(text, word string) (n int) {
	for line := range strings.Lines(text) {
		if strings.Contains(line, word) {
			n++
		}
	}
	return n
}
