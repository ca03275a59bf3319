package survival

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/chat/chattest"
	"legacyauth/storage"
)

const platform = "channel"

// alerts is the channel that hears everything; so does a log file.
var alerts = chat.Place{Platform: platform, Workspace: "w", Channel: "alerts"}

// world is what programs live in: a database, a tenant, a channel and a clock.
// They go on when a program does not.
type world struct {
	t       *testing.T
	dir     string
	dsn     string
	source  source
	channel *chattest.Channel
	pool    *sql.DB // to look at the database
	ahead   atomic.Int64
	// rows counts the sign-ins of each user, ids all of them.
	rows map[int]int
	ids  int
}

// newWorld makes a world around an empty database.
func newWorld(t *testing.T, dsn, schedule string, made func(*world) source) *world {
	t.Helper()
	w := &world{t: t, dir: t.TempDir(), dsn: dsn, channel: chattest.NewChannel(t), rows: map[int]int{}}
	w.advance(0)
	w.source = made(w)
	write(t, filepath.Join(w.dir, "secret.txt"), secret)
	write(t, filepath.Join(w.dir, "legacyauth.yaml"), "listen: off\nadmins: logfile:admins.log\ntenants:\n  - name: contoso\n"+w.source.tenant()+schedule)
	db, err := storage.Open(t.Context(), dsn, storage.Options{Now: w.now})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Write(t.Context(), func(tx *storage.Tx) error {
		return errors.Join(
			tx.Subscribe(&storage.Subscription{Place: alerts, Mode: "alert", By: "cli"}),
			tx.Subscribe(&storage.Subscription{Place: w.logFile(), Mode: "alert", By: "cli"}),
		)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	driver, name := "pgx", dsn
	if storage.EngineOf(dsn) == storage.SQLite {
		driver, name = "sqlite", (&url.URL{Scheme: "file", Opaque: dsn, RawQuery: "mode=ro&_pragma=busy_timeout(5000)"}).String()
	}
	if w.pool, err = sql.Open(driver, name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.pool.Close() })
	return w
}

// logFile is the second place that hears everything.
func (w *world) logFile() chat.Place {
	return chat.Place{Platform: chat.LogFile, Channel: filepath.Join(w.dir, "alerts.log")}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".new", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
}

// now is the time in this world.
func (w *world) now() time.Time { return time.Now().Add(time.Duration(w.ahead.Load())) }

// advance moves the clock.
func (w *world) advance(d time.Duration) {
	w.t.Helper()
	write(w.t, filepath.Join(w.dir, "clock"), strconv.FormatInt(w.ahead.Add(int64(d)), 10))
}

// later is when a new turn to scan has come, and the leases of the dead have run
// out, on the server's clock too. So many turns take less than the seven days
// after which each scan would also ask who has moved, at Microsoft's pace.
func (w *world) later() {
	w.t.Helper()
	w.advance(65 * time.Minute)
	if storage.EngineOf(w.dsn) == storage.PostgreSQL {
		if _, err := w.pool.ExecContext(w.t.Context(), `UPDATE leases SET until = 0`); err != nil {
			w.t.Fatal(err)
		}
	}
}

// add gives users a sign-in each, some minutes ago.
func (w *world) add(blocked bool, users ...int) {
	w.t.Helper()
	w.addAt(w.now().Add(-10*time.Minute), blocked, users...)
}

// addAt gives users a sign-in each, at a time.
func (w *world) addAt(at time.Time, blocked bool, users ...int) {
	w.t.Helper()
	var rows []signIn
	for _, user := range users {
		w.ids++
		w.rows[user]++
		rows = append(rows, signIn{id: w.ids, user: user, at: at, blocked: blocked})
	}
	w.source.add(w.t, rows)
}

// number reads one number of the database. While the database is being made,
// or cannot be read, it is 0.
func (w *world) number(query string, args ...any) int {
	n := 0
	_ = w.pool.QueryRowContext(w.t.Context(), query, args...).Scan(&n)
	return n
}

// waiting counts the messages that are still to be sent.
func (w *world) waiting() int {
	return w.number(`SELECT count(*) FROM messages WHERE state IN ('waiting', 'sending')`)
}

// settled says whether every client is known and nothing waits to be sent.
func (w *world) settled() bool {
	return w.number(`SELECT count(*) FROM clients`) >= len(w.rows) && w.waiting() == 0
}

// until waits for something to be so, at most so long, and says whether it is.
func until(d time.Duration, so func() bool) bool {
	late := time.NewTimer(d)
	defer late.Stop()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !so() {
		select {
		case <-tick.C:
		case <-late.C:
			return so()
		}
	}
	return true
}

// program is the program as a process.
type program struct {
	*exec.Cmd
	t    *testing.T
	said string // the file of what it says
}

// start starts a program that keeps watch on the database at dsn.
func (w *world) start(name, dsn string, skew time.Duration) *program {
	w.t.Helper()
	s := surroundings{Clock: filepath.Join(w.dir, "clock"), Skew: skew, Channel: w.channel.URL()}
	w.source.surround(&s)
	text, err := json.Marshal(s)
	if err != nil {
		w.t.Fatal(err)
	}
	about := filepath.Join(w.dir, name+".json")
	write(w.t, about, string(text))
	self, err := os.Executable()
	if err != nil {
		w.t.Fatal(err)
	}
	p := &program{t: w.t, said: filepath.Join(w.dir, name+".log")}
	said, err := os.OpenFile(p.said, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = said.Close() }()
	p.Cmd = exec.Command(self, "serve", "--config", filepath.Join(w.dir, "legacyauth.yaml"), "--database", dsn)
	p.Dir, p.Stdout, p.Stderr = w.dir, said, said
	p.Env = append(os.Environ(), variable+"="+about)
	if err := p.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() {
		_ = p.Process.Kill()
		_ = p.Wait()
	})
	return p
}

// kill ends the program without a word; that it had ended by itself fails the
// test.
func (p *program) kill() {
	p.t.Helper()
	_ = p.Process.Kill()
	_ = p.Wait()
	if p.ProcessState.ExitCode() >= 0 {
		said, _ := os.ReadFile(p.said)
		p.t.Fatalf("the program ended by itself with %v:\n%s", p.ProcessState, said)
	}
}

// user is what a client of the log is called.
func user(n int) string { return fmt.Sprintf("user%d@contoso.com", n) }
