package discord

import (
	"cmp"
	"context"
	"net"
	"time"
)

// watched is a connection that counts as dead when nothing comes for a while, so
// that a gateway that has gone silent is noticed in a minute. discordgo would wait
// for five missing answers to its heartbeat.
type watched struct {
	net.Conn
	quiet time.Duration
	heard func()
	// forget lets go of what would close the connection.
	forget func() bool
}

// Close closes the connection.
func (w *watched) Close() error {
	w.forget()
	return w.Conn.Close()
}

// dial connects for as long as ctx goes on.
func (r *receiver) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{Timeout: patience}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	quiet := cmp.Or(r.d.config.Quiet, usuallyQuiet)
	w := &watched{Conn: conn, quiet: quiet, heard: func() { r.d.heard.set(r.d.now()) }}
	w.forget = context.AfterFunc(ctx, func() { _ = conn.Close() })
	return w, nil
}

// Read closes the connection when it was quiet for too long, so that no word of
// farewell can end the session: it is resumed.
func (w *watched) Read(p []byte) (int, error) {
	if err := w.SetReadDeadline(time.Now().Add(w.quiet)); err != nil {
		return 0, err
	}
	n, err := w.Conn.Read(p)
	if err != nil {
		_ = w.Close()
		return n, err
	}
	w.heard()
	return n, nil
}

// SetReadDeadline keeps the own deadline: nobody else sets one but to end the
// connection.
func (w *watched) SetReadDeadline(t time.Time) error { return w.Conn.SetReadDeadline(t) }

// Write hides its errors: it closes the connection, so that Read tells. discordgo
// ends a session for each of the two, and the later one ends the next connection
// with it.
func (w *watched) Write(p []byte) (int, error) {
	if _, err := w.Conn.Write(p); err != nil {
		_ = w.Close()
	}
	return len(p), nil
}
