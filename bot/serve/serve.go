// Package serve keeps watch for months: it puts the passes over tenants, the
// delivery of what is news and the health page together on one database, and
// stops all of them cleanly.
package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/adapters/logfile"
	"legacyauth/adapters/terminal"
	"legacyauth/bot/command"
	"legacyauth/bot/config"
	"legacyauth/bot/delivery"
	"legacyauth/bot/health"
	"legacyauth/bot/jobs"
	"legacyauth/bot/people/ask"
	"legacyauth/bot/retention"
	"legacyauth/bot/tenants"
	"legacyauth/bot/watch"
	"legacyauth/playbooks"
	"legacyauth/storage"
)

// Server is what serve needs. Opener, DSN, Library, Stdout, Log and Now must be
// set.
type Server struct {
	// Opener opens the tenants of its configuration.
	Opener *tenants.Opener
	// DSN names the database; see storage.Open.
	DSN     string
	Library *playbooks.Library
	// Stdout is the terminal as a place of messages, Screen what it can show.
	Stdout io.Writer
	Screen terminal.Options
	// Platforms are those of chat, ready to send and to receive.
	Platforms []Platform
	Log       *slog.Logger
	Now       func() time.Time
	// Version is the program's own.
	Version string
	// Jobs adjusts the job engine; its Log is not used.
	Jobs jobs.Options
	// Started is told when everything stands; it may be nil.
	Started func(Started)
}

// Started says what stands.
type Started struct {
	Tenants []string
	Faults  []Fault
	// Database names it without user and password.
	Database string
	Admins   chat.Place
	// Health is the address of the health page; empty: it is off.
	Health string
}

// parallel is how many tenants one process scans at a time.
const parallel = 4

// Run serves until ctx ends, and then stops what it began; that is no error.
func (s *Server) Run(ctx context.Context) (err error) {
	watched, faults := Tenants(s.Opener, s.Now)
	if len(watched) == 0 {
		errs := []error{errors.New("no tenant of the configuration can be watched")}
		for _, f := range faults {
			errs = append(errs, f.Err)
		}
		return errors.Join(errs...)
	}
	db, err := Open(ctx, s.DSN, storage.Options{Now: s.Now, Log: s.Log, Version: s.Version})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	options := s.Jobs
	options.Log = s.Log
	engine, err := jobs.New(db, options)
	if err != nil {
		return err
	}
	defer engine.Close()
	if err := engine.Migrate(ctx); err != nil {
		return err
	}
	return s.run(ctx, db, engine, watched, faults)
}

func (s *Server) run(ctx context.Context, db *storage.DB, engine *jobs.Engine, watched []watch.Tenant, faults []Fault) error {
	settings := s.Opener.Config
	admins := settings.Fallback()
	holder := holder()
	out := delivery.New(db, engine, delivery.Options{Senders: s.senders(), Fallback: admins, Holder: holder, Log: s.Log, Now: s.Now})
	out.Register(engine)
	if err := usual(ctx, db, admins); err != nil {
		return err
	}
	engine.Every("usual-alerts", time.Minute, func(ctx context.Context) error { return usual(ctx, db, admins) })
	watcher := &watch.Watcher{
		DB: db, Tenants: watched, Post: out, Library: s.Library, Contact: settings.Contact, Admins: admins,
		SilentDays: settings.Verify.SilentDays, Remember: settings.Ages().SignIns, Now: s.Now, Holder: holder, Log: s.Log,
	}
	watcher.Register(engine, parallel)
	keeper := &retention.Keeper{DB: db, Ages: settings.Ages(), Now: s.Now, Log: s.Log}
	engine.Every("retention", retention.Interval, keeper.Turn)
	url, err := settings.Heartbeat.Read()
	if err != nil {
		return fmt.Errorf("heartbeat: %w", err)
	}
	if url != "" {
		beat := &health.Heartbeat{DB: db, URL: url, Agent: tenants.Agent(), Now: s.Now, Log: s.Log}
		beat.Register(engine)
		watcher.Ended = health.Beats(engine)
	}
	told, err := People(settings, db, out, s.Library, s.Platforms, s.Now, s.Log)
	if err != nil {
		return err
	}
	told.Register(engine)
	out.Keep(told.Quiet)
	engine.Every("people-holds", holdsEvery, func(ctx context.Context) error { return holds(ctx, s.Opener, db, told) })
	talk := &talk{platforms: s.Platforms, log: s.Log, more: (&ask.Asked{People: told, DB: db, Groups: s.Opener}).Commands()}
	talk.asking(db)
	reader := &health.Reader{DB: db, Tenants: watched, Delivery: out, Held: engine.Held, Platforms: talk.standing, Now: s.Now}
	for _, f := range faults {
		reader.Faults = append(reader.Faults, f.Tenant)
	}
	if err := reader.Begin(ctx); err != nil {
		return fmt.Errorf("note that the watch begins: %w", err)
	}
	engine.Every("platforms", health.NoteEvery, reader.Note)
	talk.bot = &command.Bot{
		DB: db, Config: settings, Library: s.Library, Watcher: watcher, Health: reader, Post: out, Opener: s.Opener, Hander: told, Now: s.Now,
	}
	page, err := s.listen(ctx, reader)
	if err != nil {
		return err
	}
	if s.Started != nil {
		s.Started(started(s, watched, faults, page))
	}
	if err := watcher.Wake(ctx, engine); err != nil {
		return err
	}
	if err := out.Sweep(ctx); err != nil {
		return err
	}
	return together(ctx, engine.Run, page.Run, talk.run)
}

// holder names this process in leases.
func holder() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unnamed"
	}
	return fmt.Sprintf("%s %d", host, os.Getpid())
}

// listen opens the address of the health page, so that one that is taken is said
// at the start; nil where the page is off.
func (s *Server) listen(ctx context.Context, r *health.Reader) (*health.Page, error) {
	address := s.Opener.Config.Listen
	if address == config.Off {
		return nil, nil
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("serve health at %s: %w; name another address with listen: in the configuration, or listen: off", address, err)
	}
	return health.NewPage(listener, r, s.Log), nil
}

// senders are the platforms that messages go to, by their names.
func (s *Server) senders() map[string]chat.Sender {
	all := map[string]chat.Sender{
		chat.Terminal: terminal.NewScreen(s.Stdout, s.Screen),
		chat.LogFile:  logfile.New("", s.Now),
	}
	for _, p := range s.Platforms {
		all[p.Name] = p.Sender
	}
	return all
}

func started(s *Server, watched []watch.Tenant, faults []Fault, page *health.Page) Started {
	told := Started{Faults: faults, Database: Named(s.DSN), Admins: s.Opener.Config.Fallback()}
	for _, t := range watched {
		told.Tenants = append(told.Tenants, t.Name)
	}
	if page != nil {
		told.Health = page.URL()
	}
	return told
}

// together runs everything until ctx ends or one of them cannot go on, and waits
// for all.
func together(ctx context.Context, runs ...func(context.Context) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, len(runs))
	for _, run := range runs {
		go func() {
			defer stop()
			ended <- run(ctx)
		}()
	}
	var errs []error
	for range runs {
		errs = append(errs, <-ended)
	}
	return errors.Join(errs...)
}

// Open opens the database, and makes the folder of its file when that is missing.
// Replicas on PostgreSQL need not agree on the time: leases run by the server's.
func Open(ctx context.Context, dsn string, o storage.Options) (*storage.DB, error) {
	o.ServerLeases = true
	if storage.EngineOf(dsn) == storage.SQLite {
		if err := os.MkdirAll(filepath.Dir(dsn), 0o700); err != nil {
			return nil, fmt.Errorf("make the folder of the database: %w; name a database in a folder that the program's user may write to, with --database or database: in the configuration", err)
		}
	}
	return storage.Open(ctx, dsn, o)
}
