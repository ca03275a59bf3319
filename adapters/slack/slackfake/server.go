package slackfake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// What the fake's app is called and holds, unless Options say otherwise.
const (
	Team          = "T0CONTOSO"
	App           = "A0LEGACY"
	Bot           = "B0LEGACY"
	BotUser       = "U0BOT"
	Anna          = "U0ANNA"
	Ben           = "U0BEN"
	General       = "C0GENERAL"
	Random        = "C0RANDOM"
	BotToken      = "xoxb-canary-4c1b" //nolint:gosec // a canary: it opens nothing
	AppToken      = "xapp-canary-9e2d" //nolint:gosec // a canary: it opens nothing
	SigningSecret = "canary-signing-5a7f"
)

// Options are what differs from the usual workspace.
type Options struct {
	// Scopes of the bot token; nil: those of the manifest and those that read
	// history and user groups.
	Scopes []string
	// RequestURL is where signed requests go; empty: Socket Mode.
	RequestURL string
	// Patience is how long an acknowledgment is waited for; 0: Slack's three seconds.
	Patience time.Duration
	// Ping is how often connections are pinged; 0: each second.
	Ping time.Duration
	// Enterprise is the organization's id; empty: none. Wide says that the app is
	// installed in all of it.
	Enterprise string
	Wide       bool
	// Team, BotToken and AppToken are the workspace's id and the app's tokens; empty:
	// the constants of these names.
	Team, BotToken, AppToken string
	// Paced refuses a second message to a channel within a second.
	Paced bool
}

// Least are the scopes of the manifest, and no others.
func Least() []string {
	return []string{"commands", "chat:write", "im:write", "users:read", "users:read.email", "files:write"}
}

// Server is the workspace. It is safe for use by several goroutines.
type Server struct {
	options  Options
	listener net.Listener
	http     *http.Server
	closing  chan struct{}
	work     sync.WaitGroup

	mu       sync.Mutex
	changed  chan struct{}
	scopes   []string
	revoked  string // the error that every call gets; empty: none
	people   map[string]*Person
	groups   map[string][]string // members of user groups
	channels map[string]*channel
	messages []*Message
	views    []*View
	homes    map[string]*View
	files    map[string]*File
	hooks    map[string]*hook
	triggers map[string]time.Time
	tickets  map[string]bool
	sockets  []*socket
	waiting  map[string][]chan acknowledgment // by envelope
	next     map[string][]Mishap              // by method; "" for those that send or change
	calls    []string
	sent     map[string]time.Time // last message by channel, where Paced
	count    int
}

// Person is an account of the workspace.
type Person struct {
	ID, Name, Email, Locale, Zone string
	Deleted, Bot                  bool
}

type channel struct {
	id, name, person string // person: of a direct message
	member           bool   // the bot is
	archived         bool
}

// New starts a workspace that is closed when the test ends.
func New(t testing.TB, o Options) *Server {
	t.Helper()
	s, err := Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// Start starts a workspace: Anna and Ben, the channels general and random with
// the bot in them, and a user group S0ADMINS with Anna in it.
func Start(o Options) (*Server, error) {
	if o.Scopes == nil {
		o.Scopes = append(Least(), "channels:history", "groups:history", "im:history", "usergroups:read")
	}
	o.Team, o.BotToken, o.AppToken = cmp.Or(o.Team, Team), cmp.Or(o.BotToken, BotToken), cmp.Or(o.AppToken, AppToken)
	if o.Patience <= 0 {
		o.Patience = patience
	}
	if o.Ping <= 0 {
		o.Ping = time.Second
	}
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("start a workspace: %w", err)
	}
	s := &Server{
		options: o, listener: l, closing: make(chan struct{}), changed: make(chan struct{}), scopes: o.Scopes,
		people: map[string]*Person{
			Anna: {ID: Anna, Name: "Anna", Email: "anna@contoso.com", Locale: "de-DE", Zone: "Europe/Berlin"},
			Ben:  {ID: Ben, Name: "Ben", Email: "ben@contoso.com", Locale: "en-US", Zone: "America/New_York"},
			"U0GONE": {
				ID: "U0GONE", Name: "Gone", Email: "gone@contoso.com", Deleted: true,
			},
			BotUser: {ID: BotUser, Name: "legacyauth", Bot: true},
		},
		groups: map[string][]string{"S0ADMINS": {Anna}},
		channels: map[string]*channel{
			General:      {id: General, name: "general", member: true},
			Random:       {id: Random, name: "random", member: true},
			"C0ELSE":     {id: "C0ELSE", name: "elsewhere"},
			"C0ARCHIVED": {id: "C0ARCHIVED", name: "archived", member: true, archived: true},
		},
		homes: map[string]*View{}, files: map[string]*File{}, hooks: map[string]*hook{}, triggers: map[string]time.Time{},
		tickets: map[string]bool{}, next: map[string][]Mishap{}, waiting: map[string][]chan acknowledgment{}, sent: map[string]time.Time{},
	}
	s.http = &http.Server{Handler: s, ReadHeaderTimeout: time.Minute}
	s.work.Go(func() {
		if err := s.http.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			panic(err)
		}
	})
	return s, nil
}

// Join adds an account to the workspace.
func (s *Server) Join(p Person) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.people[p.ID] = &p
}

// Close ends everything.
func (s *Server) Close() {
	select {
	case <-s.closing:
		return
	default:
	}
	close(s.closing)
	_ = s.http.Close()
	s.KillSockets()
	s.work.Wait()
}

// Down closes the port: who calls is refused.
func (s *Server) Down() {
	_ = s.http.Close()
	s.KillSockets()
}

// API is the address of the Web API.
func (s *Server) API() string { return s.url() + "/api/" }

func (s *Server) url() string { return "http://" + s.listener.Addr().String() }

// Changed gives a channel that is closed at the next change of anything.
func (s *Server) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

// touch wakes those who wait; s.mu is held.
func (s *Server) touch() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// Wait returns when done says so, which is asked after each change, and fails the
// test after half a minute.
func (s *Server) Wait(t testing.TB, what string, done func() bool) {
	t.Helper()
	s.Await(t, 30*time.Second, what, done)
}

// Await is Wait with a time of its own.
func (s *Server) Await(t testing.TB, within time.Duration, what string, done func() bool) {
	t.Helper()
	timer := time.NewTimer(within)
	defer timer.Stop()
	for {
		changed := s.Changed()
		if done() {
			return
		}
		select {
		case <-changed:
		case <-timer.C:
			t.Fatalf("waited %v for %s", within, what)
		}
	}
}

// Calls gives the methods that were called, in order.
func (s *Server) Calls() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.calls...)
}

// stamp gives a new time of a message; s.mu is held.
func (s *Server) stamp() string {
	s.count++
	return fmt.Sprintf("%d.%06d", time.Now().Unix(), s.count)
}

// id gives a new id; s.mu is held.
func (s *Server) id(prefix string) string {
	s.count++
	return fmt.Sprintf("%s%07d", prefix, s.count)
}
