package entratest

import (
	"compress/gzip"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// answer writes one response and misbehaves on the way out as it is told.
type answer struct {
	http.ResponseWriter
	s        *Server
	r        *http.Request
	entry    entry
	mishap   Mishap
	compress bool
	left     int // bytes until the body is cut
}

func newAnswer(s *Server, w http.ResponseWriter, r *http.Request, e entry) *answer {
	w.Header().Set("Date", s.now().UTC().Format(http.TimeFormat))
	w.Header().Set("Cache-Control", "no-store")
	return &answer{ResponseWriter: w, s: s, r: r, entry: e}
}

// suffer waits and resets as the mishap says. It returns false when there is
// nothing more to answer.
func (a *answer) suffer(m Mishap) bool {
	a.mishap = m
	a.left = m.CutAfter
	if m.Name != "" {
		a.entry.note(func(r *Request) { r.Mishap = m.Name })
	}
	// Returning without an answer would be an empty 200.
	if !a.wait(m.Delay) || m.Reset {
		a.abort()
		return false
	}
	return true
}

func (a *answer) wait(d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-a.r.Context().Done():
	case <-a.s.done:
	}
	return false
}

// abort closes the connection so that the client sees neither an answer nor a
// clean end.
func (a *answer) abort() {
	if hijacker, ok := a.ResponseWriter.(http.Hijacker); ok {
		if conn, _, err := hijacker.Hijack(); err == nil {
			reset(conn)
			return
		}
	}
	panic(http.ErrAbortHandler) // HTTP/2 resets the stream; net/http keeps quiet about it
}

// reset closes a connection without the orderly end that TLS and TCP have.
func reset(conn net.Conn) {
	if under, ok := conn.(interface{ NetConn() net.Conn }); ok {
		conn = under.NetConn()
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // fails only on a connection that is gone already
	}
	_ = conn.Close()
}

// send answers with a whole body.
func (a *answer) send(status int, body []byte) {
	a.stream(status, func(w io.Writer) { _, _ = w.Write(body) })
}

// stream answers with what write writes, compressed where the server and the
// client agree on it.
func (a *answer) stream(status int, write func(w io.Writer)) {
	zip := a.compress && strings.Contains(a.r.Header.Get("Accept-Encoding"), "gzip")
	if zip {
		a.Header().Set("Content-Encoding", "gzip")
	}
	a.entry.note(func(r *Request) { r.Status = status })
	a.WriteHeader(status)
	body := &counted{to: wire{a}, entry: a.entry}
	if !zip {
		write(body)
		return
	}
	packed, _ := gzip.NewWriterLevel(wire{a}, gzip.BestSpeed) // the level is valid
	body.to = packed
	write(body)
	_ = packed.Close() // a client that has gone away is no error of the server's
}

// counted counts the body before compression.
type counted struct {
	to    io.Writer
	entry entry
}

func (c *counted) Write(b []byte) (int, error) {
	c.entry.note(func(r *Request) { r.Bytes += int64(len(b)) })
	return c.to.Write(b)
}

// wire sends bytes, counts them, and cuts and slows them.
type wire struct{ a *answer }

func (w wire) Write(b []byte) (int, error) {
	a, sent := w.a, 0
	for len(b) > 0 {
		piece := b
		if a.mishap.Chunk > 0 && len(piece) > a.mishap.Chunk {
			piece = piece[:a.mishap.Chunk]
		}
		cut := a.mishap.Cut && len(piece) >= a.left
		if cut {
			piece = piece[:a.left]
		}
		a.left -= len(piece)
		a.entry.note(func(r *Request) { r.Wire += int64(len(piece)) })
		n, err := a.Write(piece)
		sent += n
		if err != nil {
			return sent, err
		}
		if cut {
			a.flush()
			panic(http.ErrAbortHandler) // closes the connection in the middle of the body
		}
		if a.mishap.Chunk > 0 {
			a.flush()
			if !a.wait(a.mishap.Pause) {
				panic(http.ErrAbortHandler)
			}
		}
		b = b[len(piece):]
	}
	return sent, nil
}

func (a *answer) flush() {
	if f, ok := a.ResponseWriter.(http.Flusher); ok {
		f.Flush()
	}
}
