package discord

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"legacyauth/adapters/chat"
)

const (
	usuallyQuiet = 70 * time.Second
	maxBackoff   = 2 * time.Minute
)

// hopeless are the codes with which Discord closes a connection that must not be
// tried again as it is
// (https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes,
// read 2026-11-29).
var hopeless = map[int]string{
	4004: "the token is not valid; make a new one in the developer portal and set it in the environment",
	4010: "the shard is not valid", 4011: "the bot is on so many servers that it needs shards",
	4012: "this version of the gateway is gone; update legacyauth",
	4013: "the intents are not valid", 4014: "the intents are not allowed",
}

// gateway keeps a connection to Discord until ctx ends. discordgo identifies,
// beats and resumes; when and whether to connect again is decided here, since its
// own loop can neither be stopped nor tell what is hopeless.
func (r *receiver) gateway(ctx context.Context) error {
	var session *discordgo.Session
	gone := make(chan struct{}, 1)
	wait := time.Duration(0)
	conns, drop := context.WithCancel(context.WithoutCancel(ctx))
	defer drop()
	defer func() {
		if session != nil {
			_ = session.Close() // says farewell, where there is a connection
		}
	}()
	for {
		if wait > 0 && !pause(ctx, wait/2+rand.N(wait)) { //nolint:gosec // spreads reconnects, no secret
			return nil
		}
		if session == nil {
			var err error
			if session, err = r.session(conns, gone); err != nil {
				return err
			}
		}
		stop := context.AfterFunc(ctx, drop) // Open cannot be stopped otherwise
		err := session.Open()
		stop()
		if ctx.Err() != nil {
			return nil
		}
		if err != nil && !errors.Is(err, discordgo.ErrWSAlreadyOpen) {
			var closed *websocket.CloseError
			if errors.As(err, &closed) {
				if why, ok := hopeless[closed.Code]; ok {
					return fmt.Errorf("discord: %w: the gateway closed the connection with %d: %s", chat.ErrCredentials, closed.Code, why)
				}
				session = nil // what cannot be resumed is begun anew
			}
			var refused *discordgo.RESTError
			if errors.As(err, &refused) && refused.Response != nil && refused.Response.StatusCode == http.StatusUnauthorized {
				return fmt.Errorf("discord: %w: the gateway is refused with 401: %s", chat.ErrCredentials, hopeless[4004])
			}
			r.d.log.WarnContext(ctx, "the connection to Discord's gateway failed", "error", withoutAddress(err))
			wait = min(max(2*wait, time.Second), maxBackoff)
			continue
		}
		wait = 0
		select {
		case <-gone:
			if !settled(ctx, gone) {
				return nil
			}
			r.d.log.InfoContext(ctx, "the connection to Discord's gateway ended; connecting again")
		case <-ctx.Done():
			return nil
		}
	}
}

// settle is how long discordgo's goroutines have to notice that a connection
// ended. Its heartbeat closes whatever connection there is when a write fails, and
// would close the next one, again and again.
const settle = 300 * time.Millisecond

// settled waits until an ended connection has no more to say; false: ctx ended.
func settled(ctx context.Context, gone <-chan struct{}) bool {
	for {
		if !pause(ctx, settle) {
			return false
		}
		select {
		case <-gone:
		default:
			return true
		}
	}
}

// session makes a session that is not yet open. Its connections end with conns.
func (r *receiver) session(conns context.Context, gone chan<- struct{}) (*discordgo.Session, error) {
	s, err := discordgo.New("Bot " + r.d.config.Token)
	if err != nil {
		return nil, fmt.Errorf("discord: %w", err)
	}
	s.LogLevel, s.SyncEvents, s.StateEnabled, s.Compress = silent, true, false, false
	s.ShouldReconnectOnError, s.ShouldRetryOnRateLimit, s.MaxRestRetries = false, false, 0
	s.Identify.Intents = discordgo.IntentsNone // interactions need none
	s.Client = &http.Client{Transport: &attempt{d: r.d}, Timeout: patience}
	s.Dialer = &websocket.Dialer{
		Proxy: http.ProxyFromEnvironment, HandshakeTimeout: patience,
		NetDialContext: func(_ context.Context, network, address string) (net.Conn, error) {
			return r.dial(conns, network, address)
		},
	}
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) {
		if e.Type == "INTERACTION_CREATE" {
			r.delivered(e.RawData)
		}
	})
	s.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) {
		select {
		case gone <- struct{}{}:
		default:
		}
	})
	return s, nil
}

// delivered takes an interaction from the gateway. It returns at once: the
// connection is read by whoever calls it.
func (r *receiver) delivered(raw []byte) {
	in, err := readInteraction(raw)
	if err != nil {
		r.d.log.Warn("an interaction from the gateway cannot be read", "error", err)
		return
	}
	if in.Application != r.d.config.Application || !r.once(in) {
		return
	}
	r.work.Go(func() {
		r.take(in, func(ctx context.Context, c callback) error { return r.d.respond(ctx, in, c) })
	})
}

// withoutAddress leaves out what net/http says of the address.
func withoutAddress(err error) error {
	if inner := errors.Unwrap(chat.TransportError(err)); inner != nil {
		return inner
	}
	return err
}
