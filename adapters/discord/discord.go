package discord

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"legacyauth/adapters/chat"
)

// Platform is how places and people of Discord are named.
const Platform = "discord"

// Config says which application this is and what it may do. Token, Application
// and Servers must be set.
type Config struct {
	// Token is the bot's, without "Bot " before it.
	Token string
	// Application is the application's id.
	Application string
	// Servers are the ids of the servers that are answered and written to.
	Servers []string
	// Everywhere registers the commands for all servers at once, also for those
	// that are not in Servers; usually they are registered for each of Servers.
	Everywhere bool
	// Consent says whether a person asked for direct messages; nil: nobody did.
	Consent func(ctx context.Context, p chat.Person) (bool, error)
	// Listener takes interactions as HTTP requests signed with PublicKey; nil: they
	// come through the gateway.
	Listener  net.Listener
	PublicKey ed25519.PublicKey
	// API is the address of a server that speaks Discord's API, for tests and
	// proxies; empty: Discord's own.
	API string
	// Quiet is the longest time in which nothing comes through the gateway before
	// the connection counts as dead; 0: 70 seconds, since Discord asks for a sign
	// of life, and answers it, every 41.
	Quiet time.Duration
	Log   *slog.Logger     // nil: slog.Default
	Now   func() time.Time // nil: time.Now
}

// Discord sends and receives. It is a chat.Sender, Updater, Finder, Opener,
// Paced, Consenting, Heard, Troubled and Surface.
type Discord struct {
	config  Config
	base    *url.URL // nil: Discord's own
	rest    *discordgo.Session
	wire    http.RoundTripper
	limits  *budget
	log     *slog.Logger
	now     func() time.Time
	heard   moment
	self    selfID
	rooms   rooms
	seen    *recently[struct{}]
	drafts  *recently[draft]
	running chan struct{} // holds a token for each interaction that is worked on
	// handling holds one for each whose handler runs, which is to take a moment.
	handling chan struct{}
}

// New gives the platform. It opens no connection.
func New(c Config) (*Discord, error) {
	switch {
	case c.Token == "":
		return nil, errors.New("discord: no token")
	case !isSnowflake(c.Application):
		return nil, errors.New("discord: the application id is not a number")
	case len(c.Servers) == 0:
		return nil, errors.New("discord: no server")
	case c.Listener != nil && len(c.PublicKey) != ed25519.PublicKeySize:
		return nil, errors.New("discord: interactions over HTTP need the application's public key")
	}
	for _, s := range c.Servers {
		if !isSnowflake(s) {
			return nil, fmt.Errorf("discord: the server id %q is not a number", s)
		}
	}
	d := &Discord{config: c, log: c.Log, now: c.Now, running: make(chan struct{}, maxRunning), handling: make(chan struct{}, manyRunning)}
	if d.log == nil {
		d.log = slog.Default()
	}
	if d.now == nil {
		d.now = time.Now
	}
	if c.API != "" {
		base, err := url.Parse(c.API)
		if err != nil || base.Host == "" {
			return nil, errors.New("discord: the address of the API is not a web address")
		}
		d.base = base
	}
	rest, err := discordgo.New("Bot " + c.Token)
	if err != nil {
		return nil, fmt.Errorf("discord: %w", err)
	}
	rest.ShouldRetryOnRateLimit, rest.MaxRestRetries, rest.LogLevel = false, 0, silent
	d.rest = rest
	d.wire = &http.Transport{Proxy: http.ProxyFromEnvironment, MaxIdleConnsPerHost: 64, MaxConnsPerHost: 256, IdleConnTimeout: time.Minute, ForceAttemptHTTP2: true}
	d.limits = newBudget(d.now)
	d.seen = newRecently[struct{}](10000, tokenLife)
	d.drafts = newRecently[draft](1000, time.Hour)
	return d, nil
}

// silent is below every level at which discordgo logs: it writes to the
// program's standard error by itself, addresses with tokens included.
const silent = -1

// Heard is when anything was last received from Discord, over the gateway or at
// the endpoint. An answer to an own call is none: sending may work where receiving
// does not.
func (d *Discord) Heard() time.Time { return d.heard.last() }

// bound says whether a server is one that is answered.
func (d *Discord) bound(server string) bool { return slices.Contains(d.config.Servers, server) }

// isSnowflake says whether s is an id as Discord gives them
// (https://discord.com/developers/docs/reference#snowflakes, read 2026-11-29).
func isSnowflake(s string) bool {
	if s == "" || len(s) > 20 || s[0] == '0' {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// moment is a time that several goroutines set.
type moment struct {
	mu sync.Mutex
	at time.Time
}

func (m *moment) set(at time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if at.After(m.at) {
		m.at = at
	}
}

func (m *moment) last() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.at
}
