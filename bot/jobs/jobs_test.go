package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"legacyauth/bot/jobs"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// process is one process on the database, with an engine of its own.
type process struct {
	*jobs.Engine
	db  *storage.DB
	log *lines
}

func newProcess(t testing.TB, dsn string) process {
	t.Helper()
	return newProcessPolling(t, dsn, 200*time.Millisecond)
}

func newProcessPolling(t testing.TB, dsn string, poll time.Duration) process {
	t.Helper()
	log := &lines{}
	logger := slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	db, err := storage.Open(context.Background(), dsn, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	e, err := jobs.New(db, jobs.Options{Log: logger, Cooldown: 20 * time.Millisecond, Poll: poll})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		e.Close()
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := e.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return process{e, db, log}
}

// start runs the process until stop is called, which waits for its end.
func (p process) start(t testing.TB) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- p.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	t.Cleanup(stop)
	return stop
}

func (p process) enqueue(t testing.TB, list ...jobs.Job) {
	t.Helper()
	err := p.db.Write(context.Background(), func(tx *storage.Tx) error {
		for _, j := range list {
			if err := p.Enqueue(context.Background(), tx, j); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// lines collects what is logged.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// next waits for the next value, at most a minute.
func next[T any](t *testing.T, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(time.Minute):
		t.Fatal("nothing happened for a minute")
		panic("unreachable")
	}
}

func TestEnqueueIsPartOfTheTransaction(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		p := newProcess(t, dsn)
		done := make(chan string, 10)
		p.Work("note", jobs.Limits{}, func(_ context.Context, about string) error {
			done <- about
			return nil
		})
		gone := errors.New("changed my mind")
		err := p.db.Write(t.Context(), func(tx *storage.Tx) error {
			if err := p.Enqueue(t.Context(), tx, jobs.Job{Kind: "note", About: "rolled back"}); err != nil {
				return err
			}
			return gone
		})
		if !errors.Is(err, gone) {
			t.Fatalf("Write: %v", err)
		}
		p.enqueue(t, jobs.Job{Kind: "note", About: "one"}, jobs.Job{Kind: "note", About: "two"})
		p.start(t)
		p.enqueue(t, jobs.Job{Kind: "note", About: "three"}, jobs.Job{Kind: "note", About: "four", At: time.Now().Add(time.Second)})
		// One job at a time, so the order is that of enqueuing.
		for _, want := range []string{"one", "two", "three", "four"} {
			if got := next(t, done); got != want {
				t.Errorf("worked %q, want %q", got, want)
			}
		}
		if log := p.log.String(); log != "" {
			t.Errorf("logged %s", log)
		}
	})
}

// Every commit gives notice, however soon it follows another one.
func TestNoticeOfEveryJob(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		p := newProcessPolling(t, dsn, 10*time.Minute)
		done := make(chan string, 10)
		p.Work("note", jobs.Limits{}, func(_ context.Context, about string) error {
			done <- about
			return nil
		})
		p.start(t)
		for i := range 10 {
			want := fmt.Sprint(i)
			p.enqueue(t, jobs.Job{Kind: "note", About: want})
			if got := next(t, done); got != want {
				t.Errorf("worked %q, want %q", got, want)
			}
		}
	})
}

func TestFailedJobIsTriedAgain(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		p := newProcess(t, dsn)
		done := make(chan string, 10)
		failed := false
		p.Work("note", jobs.Limits{}, func(_ context.Context, about string) error {
			if !failed {
				failed = true
				return errors.New("not yet")
			}
			done <- about
			return nil
		})
		p.enqueue(t, jobs.Job{Kind: "note", About: "canary"})
		p.start(t)
		if got := next(t, done); got != "canary" {
			t.Errorf("worked %q", got)
		}
		log := p.log.String()
		if !strings.Contains(log, "will be tried again") || !strings.Contains(log, "not yet") {
			t.Errorf("the log does not tell of the failure: %s", log)
		}
		if strings.Contains(log, "canary") {
			t.Errorf("the log holds what the job is about: %s", log)
		}
	})
}

func TestPanicIsAFailure(t *testing.T) {
	t.Parallel()
	p := newProcess(t, storagetest.File(t))
	done := make(chan string, 10)
	panicked := false
	p.Work("note", jobs.Limits{}, func(_ context.Context, about string) error {
		if !panicked {
			panicked = true
			panic("canary")
		}
		done <- about
		return nil
	})
	p.enqueue(t, jobs.Job{Kind: "note", About: "x"})
	p.start(t)
	next(t, done)
	if log := p.log.String(); !strings.Contains(log, "job panicked") || strings.Contains(log, "canary") {
		t.Errorf("logged %s", log)
	}
}

// What a stopping process was doing goes on at once in another.
func TestInterruptedJobGoesOnElsewhere(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		first, second := newProcess(t, dsn), newProcess(t, dsn)
		begun, ended := make(chan string, 1), make(chan string, 1)
		first.Work("note", jobs.Limits{}, func(ctx context.Context, about string) error {
			begun <- about
			<-ctx.Done()
			ended <- about
			return ctx.Err()
		})
		done := make(chan string, 1)
		second.Work("note", jobs.Limits{}, func(_ context.Context, about string) error {
			done <- about
			return nil
		})
		first.enqueue(t, jobs.Job{Kind: "note", About: "long"})
		stop := first.start(t)
		next(t, begun)
		second.start(t)
		stop()
		select {
		case <-ended:
		default:
			t.Error("Run returned before its job had ended")
		}
		if got := next(t, done); got != "long" {
			t.Errorf("worked %q", got)
		}
	})
}

func TestJobTimeout(t *testing.T) {
	t.Parallel()
	p := newProcess(t, storagetest.File(t))
	done := make(chan error, 10)
	p.Work("slow", jobs.Limits{Timeout: 20 * time.Millisecond}, func(ctx context.Context, _ string) error {
		<-ctx.Done()
		done <- ctx.Err()
		return nil
	})
	p.enqueue(t, jobs.Job{Kind: "slow"})
	p.start(t)
	if err := next(t, done); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the job's context ended with %v", err)
	}
}

// A kind whose work hangs holds up no other kind.
func TestKindsDoNotWaitForEachOther(t *testing.T) {
	t.Parallel()
	p := newProcess(t, storagetest.File(t))
	begun, done := make(chan string, 1), make(chan string, 1)
	p.Work("hangs", jobs.Limits{}, func(ctx context.Context, about string) error {
		begun <- about
		<-ctx.Done()
		return ctx.Err()
	})
	p.Work("quick", jobs.Limits{}, func(_ context.Context, about string) error {
		done <- about
		return nil
	})
	p.start(t)
	p.enqueue(t, jobs.Job{Kind: "hangs"})
	next(t, begun)
	p.enqueue(t, jobs.Job{Kind: "quick", About: "q"})
	next(t, done)
}

func TestMigrateTogether(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		var wait sync.WaitGroup
		for range 4 {
			db, err := storage.Open(t.Context(), dsn, storage.Options{})
			if err != nil {
				t.Fatal(err)
			}
			e, err := jobs.New(db, jobs.Options{})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { e.Close(); _ = db.Close() })
			wait.Go(func() {
				if err := e.Migrate(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
	})
}

func TestRunWithoutWork(t *testing.T) {
	t.Parallel()
	p := newProcess(t, storagetest.File(t))
	if err := p.Run(t.Context()); err == nil {
		t.Error("Run gave no error although nothing is registered")
	}
}
