package discordfake

import (
	"crypto/ed25519"
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"legacyauth/adapters/chat/chattest"
)

// What the fake's one application is.
const (
	Token       = "MTA.fake.canary-2f61d09c77e1" //nolint:gosec // a canary: it opens nothing
	Application = "900000000000000001"
	Self        = "900000000000000002" // the bot's own user
)

// Server is the fake. It is safe for use by several goroutines.
type Server struct {
	// URL is the address of the API, without a path.
	URL string
	// PublicKey is what requests over HTTP are signed for.
	PublicKey ed25519.PublicKey

	private ed25519.PrivateKey
	http    *httptest.Server
	closing chan struct{}

	mu       sync.Mutex
	changed  chan struct{} // closed and replaced at each change
	ahead    time.Duration // of the wall clock
	last     int64         // snowflake given out
	servers  map[string]bool
	channels map[string]*channel
	messages []*Message
	closed   map[string]int // people whose direct messages fail, with the code
	commands map[string]any // by the address they are registered at
	writes   int            // of commands
	requests []Request
	next     []chattest.Behavior
	arrived  chan struct{}
	limits   limits
	pending  map[string]*Interaction // by token
	first    time.Duration           // how long an interaction waits for its first answer
	gate     gate
}

// channel is a place for messages.
type channel struct {
	id, server, parent, person string
	kind                       int
}

// The types of channels (https://discord.com/developers/docs/resources/channel#channel-object-channel-types,
// read 2026-11-29).
const (
	textChannel   = 0
	directMessage = 1
	publicThread  = 11
)

// Request is one request as it came.
type Request struct {
	Method, Path string // with the query
	Kind         string // media type of the body
	Body         []byte // for a form with files, its payload_json
	Files        []string
	Status       int // that was answered
}

// Start starts a fake that ends with the test. It has no servers yet.
func Start(t testing.TB) *Server {
	t.Helper()
	s, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// Open starts a fake outside of a test; Close ends it.
func Open() (*Server, error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	s := &Server{
		PublicKey: public, private: private, closing: make(chan struct{}), changed: make(chan struct{}), arrived: make(chan struct{}, 100),
		first: firstLife, servers: map[string]bool{}, channels: map[string]*channel{}, closed: map[string]int{}, commands: map[string]any{}, pending: map[string]*Interaction{},
	}
	s.limits.buckets = map[string]*bucket{}
	s.gate.interval = 40 * time.Second
	s.gate.sessions = map[string]*session{}
	s.http = httptest.NewServer(s.mux())
	s.URL = s.http.URL
	return s, nil
}

// Close ends the fake and every connection to it.
func (s *Server) Close() {
	s.mu.Lock()
	select {
	case <-s.closing:
		s.mu.Unlock()
		return
	default:
	}
	close(s.closing)
	s.mu.Unlock()
	s.Drop()
	s.http.CloseClientConnections()
	s.http.Close()
}

// Now is the fake's time.
func (s *Server) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now()
}

func (s *Server) now() time.Time { return time.Now().Add(s.ahead) }

// Advance puts the fake's clock forward.
func (s *Server) Advance(by time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ahead += by
}

// epoch is when Discord's ids begin.
const epoch = 1420070400000

// id gives out an id; s.mu is held.
func (s *Server) id() string {
	n := (s.now().UnixMilli() - epoch) << 22
	s.last = max(s.last+1, n)
	return strconv.FormatInt(s.last, 10)
}

// touch wakes those who wait; s.mu is held.
func (s *Server) touch() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// Changed gives a channel that is closed at the next change.
func (s *Server) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

// AddServer makes a server.
func (s *Server) AddServer(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.servers[id] = true
}

// AddChannel makes a channel on a server.
func (s *Server) AddChannel(server, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[id] = &channel{id: id, server: server, kind: textChannel}
}

// AddThread makes a thread in a channel.
func (s *Server) AddThread(parent, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[id] = &channel{id: id, server: s.channels[parent].server, parent: parent, kind: publicThread}
}

// Patience sets how long an interaction waits for its first answer; Discord waits
// three seconds.
func (s *Server) Patience(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.first = d
}

// CloseDirect makes direct messages to a person fail with a code such as 50007.
func (s *Server) CloseDirect(person string, code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed[person] = code
}

// Next queues behaviors for the requests that follow that post or change a
// message in a channel.
func (s *Server) Next(b ...chattest.Behavior) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next = append(s.next, b...)
}

// Arrived waits for a request that is not answered.
func (s *Server) Arrived() { <-s.arrived }

// Down refuses connections from now on.
func (s *Server) Down() { s.Close() }

// Requests gives what came so far, oldest first.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// Writes says how often commands were registered.
func (s *Server) Writes() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.writes
}

func (s *Server) mux() http.Handler {
	m := http.NewServeMux()
	const v = "/api/v9"
	m.HandleFunc("GET "+v+"/gateway", s.rest(s.whereGateway))
	m.HandleFunc("GET /socket", s.socket)
	m.HandleFunc("GET /socket/", s.socket)
	m.HandleFunc("GET "+v+"/users/@me", s.rest(s.me))
	m.HandleFunc("GET "+v+"/applications/@me", s.rest(s.application))
	m.HandleFunc("POST "+v+"/users/@me/channels", s.rest(s.openDirect))
	m.HandleFunc("GET "+v+"/guilds/{server}", s.rest(s.server))
	m.HandleFunc("GET "+v+"/channels/{channel}", s.rest(s.channel))
	m.HandleFunc("GET "+v+"/channels/{channel}/messages", s.rest(s.list))
	m.HandleFunc("POST "+v+"/channels/{channel}/messages", s.rest(s.behaving(s.post)))
	m.HandleFunc("PATCH "+v+"/channels/{channel}/messages/{message}", s.rest(s.behaving(s.change)))
	for _, at := range []string{"/applications/{application}/commands", "/applications/{application}/guilds/{server}/commands"} {
		m.HandleFunc("GET "+v+at, s.rest(s.listCommands))
		m.HandleFunc("PUT "+v+at, s.rest(s.putCommands))
	}
	m.HandleFunc("POST "+v+"/interactions/{id}/{token}/callback", s.rest(s.callback))
	m.HandleFunc("POST "+v+"/webhooks/{application}/{token}", s.rest(s.followUp))
	m.HandleFunc("PATCH "+v+"/webhooks/{application}/{token}/messages/{message}", s.rest(s.editAnswer))
	m.HandleFunc("DELETE "+v+"/webhooks/{application}/{token}/messages/{message}", s.rest(s.deleteAnswer))
	return m
}
