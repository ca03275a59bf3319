package app

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"legacyauth/adapters/logfile"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// hours says by how much the clock of a program started by TestKilledAnytime is
// ahead, so that every start finds the tenant's turn to have come.
const hours = "LEGACYAUTH_TEST_HOURS"

// later runs the program with its clock ahead.
func later() {
	ahead, _ := strconv.Atoi(os.Getenv(hours))
	program := New()
	program.Now = func() time.Time { return time.Now().Add(time.Duration(ahead) * time.Hour) }
	os.Exit(program.Run(os.Args[1:]))
}

// TestKilledAnytime starts the whole program again and again, each time with new
// sign-ins to find, and kills it at a random moment. At the end every client is
// recorded once and every message is in its place. LEGACYAUTH_KILLS is how often
// it is killed (6).
func TestKilledAnytime(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		kills := 6
		if n, err := strconv.Atoi(os.Getenv("LEGACYAUTH_KILLS")); err == nil {
			kills = n
		}
		dir := t.TempDir()
		s := survivor{t: t, dir: dir, dsn: dsn, alerts: filepath.Join(dir, "alerts.log")}
		s.write("legacyauth.yaml", "listen: off\nadmins: logfile:"+s.alerts+"\ntenants:\n  - name: contoso\n    folder: exports\n")
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		random := rand.New(rand.NewPCG(seed, 1))
		for turn := range kills {
			s.export(turn)
			s.run(turn, time.Duration(random.IntN(1500))*time.Millisecond, false)
		}
		s.run(kills, 2*time.Minute, true)
		s.check(3 * kills)
	})
}

// survivor is a program that is killed, with what it works on.
type survivor struct {
	t                *testing.T
	dir, dsn, alerts string
}

func (s *survivor) write(name, text string) {
	s.t.Helper()
	path := filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
	settled := time.Now().Add(-time.Hour)
	if err := os.Chtimes(path, settled, settled); err != nil {
		s.t.Fatal(err)
	}
}

// export writes sign-ins of three new clients, and one that the export before
// had as well.
func (s *survivor) export(turn int) {
	var rows strings.Builder
	for i := max(0, 3*turn-1); i < 3*turn+3; i++ {
		fmt.Fprintf(&rows, `{"id":"00000000-0000-4000-8000-%012d","createdDateTime":%q,"userPrincipalName":"user%d@contoso.com","userId":"u%d","clientAppUsed":"Exchange ActiveSync","userAgent":"Apple-iPhone12C1/1907.71","authenticationProtocol":"ropc","ipAddress":"192.0.2.7","isInteractive":%t,"signInEventTypes":["nonInteractiveUser"],"status":{"errorCode":0}}`+"\n",
			i, time.Now().UTC().Add(-time.Hour).Format(time.RFC3339), i, i, i%2 == 0)
	}
	s.write(fmt.Sprintf("exports/%04d.jsonl", turn), rows.String())
}

// run serves until a time has passed, or until nothing waits any more, and kills
// the program.
func (s *survivor) run(turn int, patience time.Duration, done bool) {
	s.t.Helper()
	program, err := os.Executable()
	if err != nil {
		s.t.Fatal(err)
	}
	var said strings.Builder
	c := exec.Command(program)
	c.Args = []string{"later", "serve", "--config", filepath.Join(s.dir, "legacyauth.yaml"), "--database", s.dsn}
	c.Dir, c.Stdout, c.Stderr = s.dir, &said, &said
	c.Env = append(os.Environ(), fmt.Sprintf("%s=%d", hours, 2*turn))
	if err := c.Start(); err != nil {
		s.t.Fatal(err)
	}
	deadline := time.After(patience)
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for over := false; !over; {
		select {
		case <-deadline:
			over = true
		case <-tick.C:
			over = done && s.settled(3*turn)
		}
	}
	_ = c.Process.Kill()
	_ = c.Wait()
	if c.ProcessState.ExitCode() > 0 {
		s.t.Fatalf("the program ended by itself with %v:\n%s", c.ProcessState, said.String())
	}
}

// settled says whether every client is known and no message waits.
func (s *survivor) settled(clients int) bool {
	known, waiting := s.counts()
	return known >= clients && waiting == 0
}

func (s *survivor) counts() (clients, waiting int) {
	s.ask(func(db *sql.DB) error {
		if err := db.QueryRow(`SELECT count(*) FROM clients`).Scan(&clients); err != nil {
			return err
		}
		return db.QueryRow(`SELECT count(*) FROM messages WHERE state IN ('waiting', 'sending')`).Scan(&waiting)
	})
	return clients, waiting
}

func (s *survivor) ask(what func(db *sql.DB) error) {
	s.t.Helper()
	db, err := storage.Open(s.t.Context(), s.dsn, storage.Options{Now: time.Now})
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := what(db.Pool()); err != nil {
		s.t.Fatal(err)
	}
}

func (s *survivor) check(clients int) {
	s.t.Helper()
	known, waiting := s.counts()
	if known != clients || waiting != 0 {
		s.t.Errorf("%d clients are recorded, want %d; %d messages wait", known, clients, waiting)
	}
	text, err := os.ReadFile(s.alerts)
	if err != nil {
		s.t.Fatal(err)
	}
	lines := map[string]int{}
	for line := range strings.Lines(string(text)) {
		m, err := logfile.Parse([]byte(strings.TrimSpace(line)))
		if err != nil {
			s.t.Errorf("a line of the log file is broken: %v", err)
			continue
		}
		lines[m.Key]++
	}
	repeats := 0
	for _, n := range lines {
		repeats += n - 1
	}
	s.ask(func(db *sql.DB) error {
		rows, err := db.Query(`SELECT key, state FROM messages`)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		sent := 0
		for rows.Next() {
			var key, state string
			if err := rows.Scan(&key, &state); err != nil {
				return err
			}
			if state == "sent" {
				sent++
			}
			if state == "sent" && lines[key] == 0 {
				s.t.Errorf("message %s counts as sent and is not in the log file", key)
			}
			if state != "sent" && state != "folded" {
				s.t.Errorf("message %s is %s", key, state)
			}
		}
		s.t.Logf("%d clients, %d messages sent, %d lines repeated", known, sent, repeats)
		if sent == 0 || repeats*100 > sent {
			s.t.Errorf("%d of %d messages were repeated", repeats, sent)
		}
		return rows.Err()
	})
}
