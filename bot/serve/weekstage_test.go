package serve_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/chat/chattest"
	"legacyauth/adapters/entra"
	"legacyauth/adapters/entra/entratest"
	"legacyauth/bot/config"
	"legacyauth/bot/delivery"
	"legacyauth/bot/jobs"
	"legacyauth/bot/news/story"
	"legacyauth/bot/serve"
	"legacyauth/bot/tenants"
	"legacyauth/bot/watch"
	"legacyauth/playbooks"
	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// moved is a clock that stands until the test moves it.
type moved struct {
	mu  sync.Mutex
	now time.Time
}

func (m *moved) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

func (m *moved) set(t time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = t.UTC()
}

const channels = "channel"

var (
	mailTeam = chat.Place{Platform: channels, Workspace: "contoso", Channel: "mail-team"}
	smtpOnly = chat.Place{Platform: channels, Workspace: "contoso", Channel: "smtp"}
)

// stage is the whole program before the fake tenant and a chat platform, all of
// them under one clock that stands while the program works. The program's own
// timers go by the clock on the wall, so the stage does what they do, as another
// process on the same database: it wakes who has something to do, and waits until
// nobody has.
type stage struct {
	*testing.T
	*moved
	dir     string
	dsn     string
	tenant  *entratest.Server
	channel *chattest.Channel
	log     shared
	down    func() // stops the program; nil: it is down

	db      *storage.DB // the stage's own view
	watcher *watch.Watcher
	sweeper *delivery.Delivery
	engine  *jobs.Engine

	events []story.Event
	posted int            // messages of the channel that were told
	edits  map[string]int // changes that were told, by message
	lines  int            // lines of the log file that were told
}

const weekConfig = `contact: Contoso IT, extension 100
listen: 127.0.0.1:0
admins: logfile:admins.log
tenants:
  - name: contoso
    tenant-id: ` + entratest.ContosoID + `
    client-id: ` + entratest.ContosoClient + `
    credential: {secret: {file: secret.txt}}
    schedule: {cron: "5 1-22/3 * * *", zone: Europe/Berlin, jitter: 0s}
`

func newStage(t *testing.T, dsn string, start time.Time) *stage {
	t.Helper()
	s := &stage{T: t, moved: &moved{}, dir: t.TempDir(), dsn: dsn, channel: chattest.NewChannel(t), edits: map[string]int{}}
	s.set(start)
	for name, content := range map[string]string{"legacyauth.yaml": weekConfig, "secret.txt": secret} {
		if err := os.WriteFile(filepath.Join(s.dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	contoso := entratest.Contoso(secret, func(yield func(entratest.Row) bool) {
		for _, r := range everybody() {
			if !yield(r) {
				return
			}
		}
	})
	var err error
	s.tenant, err = entratest.Start(entratest.Config{
		Tenants: []entratest.Tenant{contoso}, Now: s.Now, Throttle: entratest.Throttle{Off: true},
		TokenLife: 30 * 24 * time.Hour, SkipTokenLife: 30 * 24 * time.Hour,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.tenant.Close() })
	return s
}

func (s *stage) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatalf("%s: %v\n%s", s.Now().In(berlin), err, s.log.String())
	}
}

// up starts the program, and waits until it has done what it does at the start.
func (s *stage) up() {
	s.Helper()
	settings, err := config.Load(filepath.Join(s.dir, "legacyauth.yaml"))
	s.must(err)
	library, err := playbooks.Builtin()
	s.must(err)
	opener := &tenants.Opener{Config: settings, Notify: func(string) {}, Now: s.Now, Options: entra.Options{
		RootCAs: s.tenant.RootCAs(), Authority: s.tenant.AuthorityURL(), GraphURL: s.tenant.GraphURL(),
		Backoff: time.Millisecond, Budget: &entra.Budget{PerTenant: 1000, PerApp: 1000, Window: time.Millisecond},
	}}
	senders := map[string]chat.Sender{channels: s.channel.Sender()}
	log := slog.New(slog.NewTextHandler(&s.log, nil))
	started := make(chan serve.Started, 1)
	server := &serve.Server{
		Opener: opener, DSN: s.dsn, Library: library, Stdout: &s.log, Now: s.Now, Log: log,
		Platforms: []serve.Platform{{Name: channels, Sender: senders[channels]}},
		Jobs:      jobs.Options{Cooldown: 2 * time.Millisecond, Poll: 25 * time.Millisecond},
		Started:   func(told serve.Started) { started <- told },
	}
	s.look(opener, senders)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- server.Run(ctx) }()
	stop := sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
	s.Cleanup(func() { _ = stop() })
	select {
	case <-started:
	case err := <-ended:
		ended <- err
		s.must(errors.Join(errors.New("serve ended"), err))
	}
	s.down = func() {
		s.Helper()
		s.down = nil
		s.must(stop())
	}
	s.settle()
}

// look opens the stage's own view of the database, once.
func (s *stage) look(opener *tenants.Opener, senders map[string]chat.Sender) {
	if s.db != nil {
		return
	}
	var err error
	s.db = storagetest.Open(s.T, s.dsn, storage.Options{Now: s.Now})
	s.engine, err = jobs.New(s.db, jobs.Options{})
	s.must(err)
	s.Cleanup(s.engine.Close)
	s.must(s.engine.Migrate(s.Context()))
	watched, faults := serve.Tenants(opener, s.Now)
	if len(faults) > 0 {
		s.Fatal(faults)
	}
	s.watcher = &watch.Watcher{DB: s.db, Tenants: watched, Now: s.Now}
	s.sweeper = delivery.New(s.db, s.engine, delivery.Options{Senders: senders, Now: s.Now})
}

// settle has the program do all that is to be done now, and notes what reached
// people.
func (s *stage) settle() {
	s.Helper()
	s.must(s.watcher.Wake(s.Context(), s.engine))
	s.must(s.sweeper.Sweep(s.Context()))
	tick, late := time.NewTicker(20*time.Millisecond), time.After(2*time.Minute)
	defer tick.Stop()
	for !s.idle() {
		select {
		case <-tick.C:
		case <-late:
			s.Fatalf("%s: the program finds no rest\n%s", s.Now().In(berlin), s.log.String())
		}
	}
	s.note()
}

// idle says whether nothing is to be done: no tenant's turn, no pass that runs,
// no message that could be sent.
func (s *stage) idle() bool {
	due, err := s.watcher.Due(s.Context())
	s.must(err)
	idle := len(due) == 0
	s.read(func(tx *storage.Tx) error {
		places, err := tx.DuePlaces(s.Now())
		if err != nil {
			return err
		}
		pass, _, err := tx.LastPass(1)
		idle = idle && len(places) == 0 && !pass.Ended.IsZero()
		return err
	})
	return idle
}

func (s *stage) read(f func(*storage.Tx) error) {
	s.Helper()
	s.must(s.db.Read(s.Context(), f))
}

func (s *stage) write(f func(*storage.Tx) error) {
	s.Helper()
	s.must(s.db.Write(s.Context(), f))
}

// until lets time pass up to a moment. The program gets its turn at each of its
// scans, and when quiet hours end.
func (s *stage) until(end time.Time) {
	s.Helper()
	at := s.Now().In(berlin)
	for h := at.Truncate(time.Hour); !h.After(end); h = h.Add(time.Hour) {
		hour := h.In(berlin).Hour()
		if hour == 7 && h.After(at) {
			s.set(h)
			s.settle()
		}
		if scan := h.Add(5 * time.Minute); hour%3 == 1 && scan.After(at) && !scan.After(end) {
			s.set(scan)
			s.settle()
		}
	}
	s.set(end)
	s.settle()
}
