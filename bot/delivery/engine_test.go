package delivery_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/chat/chattest"
	"legacyauth/bot/delivery"
	"legacyauth/bot/jobs"
	"legacyauth/storage"
)

// databases gives the address of an empty database on each engine: PostgreSQL
// in a schema of its own, where one is given.
func databases(t testing.TB) map[string]string {
	t.Helper()
	list := map[string]string{"SQLite": filepath.Join(t.TempDir(), "delivery.db")}
	url := os.Getenv("LEGACYAUTH_TEST_POSTGRES")
	if url == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("LEGACYAUTH_TEST_POSTGRES is not set: set it to the URL of a PostgreSQL database")
		}
		t.Log("PostgreSQL is left out: set LEGACYAUTH_TEST_POSTGRES to the URL of a database")
		return list
	}
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	schema := fmt.Sprintf("delivery_%d", time.Now().UnixNano())
	if _, err := conn.Exec(ctx, "CREATE SCHEMA "+schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, err := conn.Exec(ctx, "DROP SCHEMA "+schema+" CASCADE")
		if err := errors.Join(err, conn.Close(ctx)); err != nil {
			t.Error(err)
		}
	})
	sep := "?"
	if strings.Contains(url, "?") {
		sep = "&"
	}
	list["PostgreSQL"] = url + sep + "search_path=" + schema
	return list
}

// replica is one process with everything that delivers.
type replica struct {
	db     *storage.DB
	engine *jobs.Engine
	d      *delivery.Delivery
	stop   func()
}

func newReplica(t testing.TB, dsn string, sender chat.Sender) replica {
	t.Helper()
	db, err := storage.Open(context.Background(), dsn, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	engine, err := jobs.New(db, jobs.Options{Cooldown: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if err := engine.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	r := replica{db: db, engine: engine}
	r.d = delivery.New(db, engine, delivery.Options{Senders: map[string]chat.Sender{platform: sender}})
	r.d.Register(engine)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- engine.Run(ctx) }()
	r.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() {
		r.stop()
		engine.Close()
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func (r replica) post(t testing.TB, messages ...*storage.Outgoing) {
	t.Helper()
	err := r.db.Write(context.Background(), func(tx *storage.Tx) error {
		_, err := r.d.Post(context.Background(), tx, messages...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Three replicas share the places; a channel that misbehaves and a replica that
// stops change nothing about what arrives.
func TestReplicasShareTheWork(t *testing.T) {
	t.Parallel()
	for name, dsn := range databases(t) {
		t.Run(name, func(t *testing.T) {
			channel := chattest.NewChannel(t)
			channel.Next(chattest.Broken, chattest.Fine, chattest.Unconfirmed, chattest.TooMany(time.Second), chattest.Lost)
			var replicas []replica
			for range 3 {
				replicas = append(replicas, newReplica(t, dsn, channel.Sender()))
			}
			const places, each = 6, 8
			for i := range each {
				for p := range places {
					replicas[i%2].post(t, message(fmt.Sprintf("p%d", p), fmt.Sprintf("p%d-%02d", p, i)))
				}
				if i == each/2 {
					replicas[2].stop()
				}
			}
			channel.WaitFor(t, places*each)
			if n := channel.Repeats(); n != 0 {
				t.Errorf("%d repeats", n)
			}
			for p := range places {
				var keys []string
				for _, m := range channel.In(place(fmt.Sprintf("p%d", p)).String()) {
					keys = append(keys, m.Key)
				}
				if !slices.IsSorted(keys) || len(keys) != each {
					t.Errorf("place %d got %q", p, keys)
				}
			}
		})
	}
}

// BenchmarkCommitToSent measures how long a message takes from the commit of
// its transaction to its arrival, with nothing else to do.
func BenchmarkCommitToSent(b *testing.B) {
	for name, dsn := range databases(b) {
		b.Run(name, func(b *testing.B) {
			channel := chattest.NewChannel(b)
			r := newReplica(b, dsn, channel.Sender())
			n := 0
			for b.Loop() {
				r.post(b, message("p", fmt.Sprintf("m-%06d", n)))
				n++
				channel.WaitFor(b, n)
			}
		})
	}
}

// BenchmarkDeliver measures how many messages a second one process delivers to
// many places.
func BenchmarkDeliver(b *testing.B) {
	for name, dsn := range databases(b) {
		b.Run(name, func(b *testing.B) {
			channel := chattest.NewChannel(b)
			r := newReplica(b, dsn, channel.Sender())
			n, round := 0, 0
			for b.Loop() {
				var list []*storage.Outgoing
				for p := range 100 {
					list = append(list, message(fmt.Sprintf("p%d", p), fmt.Sprintf("p%d-%06d", p, round)))
				}
				round++
				n += len(list)
				r.post(b, list...)
				channel.WaitFor(b, n)
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "messages/s")
		})
	}
}
