package watch_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"legacyauth/bot/news"
	"legacyauth/bot/watch"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

func TestKilledBeforeTheCommitNothingHappened(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		s := newScene(t, dsn)
		s.subscribe(news.ModeAlert)
		for n := range 30 {
			s.feed.add(imap(noon.Add(-time.Duration(n+1)*time.Hour), user(string(rune('a'+n%5)))))
		}
		for _, step := range []watch.Step{watch.Reading, watch.Judging, watch.Recording} {
			for after := range 4 {
				ctx, cancel := context.WithCancel(t.Context())
				left := after
				s.watcher.Progress = func(p watch.Progress) {
					if p.Step != step {
						return
					}
					if left--; left < 0 {
						cancel()
					}
				}
				_, err := s.watcher.Run(ctx, "contoso", "test")
				cancel()
				if err == nil {
					if step == watch.Reading || after == 0 {
						t.Fatalf("canceled while %s, the pass came to its end", step)
					}
					break // the step is over sooner
				}
				if !errors.Is(err, context.Canceled) {
					t.Fatalf("canceled while %s: %v", step, err)
				}
				if n := len(s.clients()) + len(s.messages()); n > 0 {
					t.Fatalf("canceled while %s, %d clients and messages were recorded", step, n)
				}
				s.reading(func(tx *storage.Tx) error {
					if _, found, err := tx.Cursor(1, "feed"); err != nil || found {
						t.Errorf("canceled while %s, the cursor moved (%v)", step, err)
					}
					return nil
				})
				if step != watch.Reading {
					break
				}
			}
		}
		s.watcher.Progress = nil
		if due, err := s.watcher.Due(t.Context()); err != nil || len(due) != 1 {
			t.Errorf("an interrupted pass took the turn: %v, %v", due, err)
		}
		s.pass()
		s.wantMessages("at last", "alerts: baseline")
		if got := len(s.clients()); got != 5 {
			t.Errorf("%d clients, want 5", got)
		}
	})
}

func TestTwoWatchersRecordAPassOnce(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		s := newScene(t, dsn)
		s.subscribe(news.ModeAlert)
		s.feed.add(imap(noon.Add(-time.Hour)))
		reading, goOn := make(chan struct{}), make(chan struct{})
		s.feed.before = func(ctx context.Context) error {
			reading <- struct{}{}
			select {
			case <-goOn:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		first, joined := make(chan storage.Pass, 1), make(chan storage.Pass, 1)
		go func() {
			p, err := s.watcher.Run(context.Background(), "contoso", "schedule")
			if err != nil {
				t.Error(err)
			}
			first <- p
		}()
		<-reading
		other := s.another("second")
		other.Progress = func(p watch.Progress) {
			if p.Step == watch.Waiting {
				close(goOn)
			}
		}
		_, err := other.Run(t.Context(), "contoso", "schedule")
		var running *watch.RunningError
		if !errors.As(err, &running) || running.Pass == 0 {
			t.Errorf("a second pass: %v", err)
		}
		if n, ok, err := other.Running(t.Context(), "CONTOSO"); err != nil || !ok || n != running.Pass {
			t.Errorf("running: %d, %v, %v", n, ok, err)
		}
		if due, err := other.Due(t.Context()); err != nil || len(due) > 0 {
			t.Errorf("due while it is running: %v, %v", due, err)
		}
		go func() {
			p, was, err := other.Scan(context.Background(), "contoso", "chat")
			if err != nil || !was {
				t.Errorf("joined: %v, %v", was, err)
			}
			joined <- p
		}()
		a, b := <-first, <-joined
		if a.ID != b.ID || a.Fresh != 1 || b.Fresh != 1 || b.Trigger != "schedule" {
			t.Errorf("results differ: %+v, %+v", a, b)
		}
		s.wantMessages("once", "alerts: baseline")
	})
}

func TestAPassWhoseLeaseWasTakenRecordsNothing(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		s := newScene(t, dsn)
		s.subscribe(news.ModeAlert)
		s.feed.add(imap(noon.Add(-time.Hour)))
		paused := s.watcher
		s.watcher = s.another("second")
		taken := false
		s.feed.before = func(context.Context) error {
			if !taken {
				taken = true
				// The first process was paused for longer than its lease.
				s.clock.set(noon.Add(time.Minute))
				s.pass()
			}
			return nil
		}
		if _, err := paused.Run(t.Context(), "contoso", "schedule"); !errors.Is(err, storage.ErrLeaseLost) {
			t.Errorf("the first pass: %v", err)
		}
		s.wantMessages("told once", "alerts: baseline")
		if got := s.client().Tally.Total; got != 1 {
			t.Errorf("%d sign-ins, want 1", got)
		}
	})
}

// dying is an outbox whose process is killed in the middle of the transaction.
type dying struct{ kill context.CancelFunc }

func (d dying) Post(ctx context.Context, tx *storage.Tx, messages ...*storage.Outgoing) (int, error) {
	d.kill()
	return outbox{}.Post(ctx, tx, messages...)
}

func TestKilledInsideTheTransactionNothingHappened(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		s := newScene(t, dsn)
		s.subscribe(news.ModeAlert)
		s.feed.add(imap(noon.Add(-time.Hour)))
		ctx, cancel := context.WithCancel(t.Context())
		s.watcher.Post = dying{cancel}
		if _, err := s.watcher.Run(ctx, "contoso", "test"); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if n := len(s.clients()) + len(s.messages()); n > 0 {
			t.Errorf("%d clients and messages were recorded", n)
		}
		s.watcher.Post = outbox{}
		if p := s.pass(); p.Fresh != 1 {
			t.Errorf("the pass was not repeated: %+v", p)
		}
		s.wantMessages("once", "alerts: baseline")
	})
}
