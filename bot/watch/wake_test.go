package watch_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"legacyauth/bot/jobs"
	"legacyauth/bot/watch"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// replica is one of several programs on a database.
type replica struct {
	*watch.Watcher
	engine *jobs.Engine
}

func (s *scene) replica(holder string) *replica {
	s.Helper()
	e, err := jobs.New(s.db, jobs.Options{Cooldown: 20 * time.Millisecond, Poll: 50 * time.Millisecond})
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(e.Close)
	if err := e.Migrate(s.Context()); err != nil {
		s.Fatal(err)
	}
	r := &replica{s.another(holder), e}
	r.Register(e, 4)
	return r
}

func (r *replica) wake(t *testing.T) {
	t.Helper()
	if err := r.Wake(t.Context(), r.engine); err != nil {
		t.Error(err)
	}
}

// run does jobs until stop is called.
func (r *replica) run(t *testing.T) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.engine.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return stop
}

// passes gives the passes that were made.
func (s *scene) passes() (list []storage.Pass) {
	s.Helper()
	s.reading(func(tx *storage.Tx) (err error) {
		list, err = tx.Passes(1, 100)
		return err
	})
	return list
}

// Wake-ups of a turn from several replicas at the same time are one job, and
// further ones that get past that are still one pass.
func TestATurnWokenByManyIsOnePass(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		s := newScene(t, dsn)
		s.feed.add(imap(noon.Add(-time.Hour)))
		all := []*replica{s.replica("first"), s.replica("second"), s.replica("third")}
		var waking sync.WaitGroup
		for _, r := range all {
			for range 5 {
				waking.Go(func() { r.wake(t) })
			}
		}
		waking.Wait()
		// Two that the job engine takes for different ones.
		s.write(func(tx *storage.Tx) error {
			for range 2 {
				if err := all[0].engine.Enqueue(t.Context(), tx, jobs.Job{Kind: watch.Kind, About: "contoso"}); err != nil {
					return err
				}
			}
			return nil
		})
		reading, goOn := make(chan struct{}, 10), make(chan struct{})
		s.feed.before = func(context.Context) error {
			reading <- struct{}{}
			<-goOn
			return nil
		}
		for _, r := range all {
			r.run(t)
		}
		<-reading
		for range 3 {
			for _, r := range all {
				r.wake(t) // while it is running
			}
		}
		close(goOn)
		// A turn that comes behind all of those.
		s.until(func() bool { list := s.passes(); return len(list) > 0 && !list[0].Ended.IsZero() })
		s.clock.set(noon.Add(2 * time.Hour))
		for _, r := range all {
			r.wake(t)
		}
		s.until(func() bool { list := s.passes(); return len(list) > 1 && !list[0].Ended.IsZero() })
		if n := len(s.passes()); n != 2 {
			t.Errorf("%d passes in two turns", n)
		}
	})
}

// The job of a replica that died in the middle of a pass holds nobody up: once its
// lease has run out, another one goes on.
func TestATurnWhoseReplicaDied(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		s := newScene(t, dsn)
		s.feed.add(imap(noon.Add(-time.Hour)))
		first, second := s.replica("first"), s.replica("second")
		reading, goOn := make(chan struct{}, 10), make(chan struct{})
		hangs := true
		s.feed.before = func(ctx context.Context) error {
			if !hangs {
				return nil
			}
			hangs = false
			reading <- struct{}{}
			<-goOn // as far as the others can see, it is dead
			return ctx.Err()
		}
		first.wake(t)
		first.run(t)
		t.Cleanup(func() { close(goOn) }) // before it is stopped
		<-reading
		second.wake(t)
		second.run(t)
		if n := len(s.passes()); n != 1 {
			t.Errorf("%d passes while the first one holds its lease", n)
		}
		s.clock.set(noon.Add(31 * time.Second))
		second.wake(t)
		s.until(func() bool { list := s.passes(); return len(list) > 1 && !list[0].Ended.IsZero() })
		if list := s.passes(); list[0].Fresh != 1 || list[1].Error != watch.Interrupted {
			t.Errorf("passes: %+v", list)
		}
	})
}

// until waits until something holds.
func (s *scene) until(holds func() bool) {
	s.Helper()
	tick, late := time.NewTicker(20*time.Millisecond), time.After(time.Minute)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-late:
			s.Fatal("nothing happened for a minute")
		}
	}
}
