package discordfake

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// gate is the gateway's side of the server.
type gate struct {
	interval time.Duration
	sessions map[string]*session
	current  *session
	deaf     bool // connections are open and say nothing
	opened   int
	resumed  int
	closing  int // the code with which the next connection is closed; 0: none
	begun    int
	beats    int // that were answered
	intents  []int
}

// session is what a client can resume: what was sent, and over which connection.
type session struct {
	id     string
	events []map[string]any
	conn   *wire // nil: not connected
}

// wire is one connection; one message at a time is written.
type wire struct {
	*websocket.Conn
	mu sync.Mutex
}

func (w *wire) send(v any) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	_ = w.SetWriteDeadline(time.Now().Add(5 * time.Second))
	return w.WriteJSON(v)
}

func (w *wire) end(code int, text string) {
	w.mu.Lock()
	_ = w.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, text), time.Now().Add(time.Second))
	w.mu.Unlock()
	_ = w.Close()
}

// op is a message of the gateway
// (https://discord.com/developers/docs/topics/opcodes-and-status-codes, read
// 2026-11-29).
type op struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
}

// Beat sets how often clients give a sign of life; 40 seconds at first.
func (s *Server) Beat(every time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gate.interval = every
}

func (s *Server) socket(w http.ResponseWriter, r *http.Request) {
	conn, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &wire{Conn: conn}
	defer func() { _ = c.Close() }()
	s.mu.Lock()
	interval := s.gate.interval
	s.gate.opened++
	s.touch()
	s.mu.Unlock()
	if c.send(map[string]any{"op": 10, "d": map[string]any{"heartbeat_interval": interval.Milliseconds()}}) != nil {
		return
	}
	var mine *session
	for {
		_ = c.SetReadDeadline(time.Now().Add(max(2*interval, 10*time.Second)))
		var m op
		if c.ReadJSON(&m) != nil {
			break
		}
		s.mu.Lock()
		deaf, code := s.gate.deaf, s.gate.closing
		if m.Op == 2 || m.Op == 6 {
			s.gate.closing = 0
		}
		s.mu.Unlock()
		if code != 0 && (m.Op == 2 || m.Op == 6) {
			c.end(code, "closed")
			return
		}
		if deaf {
			continue
		}
		switch m.Op {
		case 1:
			_ = c.send(map[string]any{"op": 11})
			s.mu.Lock()
			s.gate.beats++
			s.touch()
			s.mu.Unlock()
		case 2:
			mine = s.identified(c, m.Data)
		case 6:
			mine = s.resumes(c, m.Data)
		}
	}
	s.mu.Lock()
	if mine != nil && mine.conn == c {
		mine.conn = nil
		s.touch()
	}
	s.mu.Unlock()
}

func (s *Server) identified(c *wire, raw json.RawMessage) *session {
	var d struct {
		Token   string `json:"token"`
		Intents int    `json:"intents"`
	}
	if json.Unmarshal(raw, &d) != nil || d.Token != "Bot "+Token && d.Token != Token {
		c.end(4004, "Authentication failed.")
		return nil
	}
	if d.Intents&(1<<1|1<<8|1<<15) != 0 {
		c.end(4014, "Disallowed intent(s).")
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	mine := &session{id: fmt.Sprintf("session-%d", len(s.gate.sessions)+1), conn: c}
	s.gate.sessions[mine.id], s.gate.current = mine, mine
	s.gate.begun++
	s.gate.intents = append(s.gate.intents, d.Intents)
	s.dispatch(mine, "READY", map[string]any{
		"v": 9, "session_id": mine.id, "resume_gateway_url": "ws" + s.URL[len("http"):] + "/socket",
		"user": map[string]any{"id": Self, "username": "legacyauth", "bot": true}, "guilds": []any{}, "application": map[string]any{"id": Application},
	})
	s.touch()
	return mine
}

func (s *Server) resumes(c *wire, raw json.RawMessage) *session {
	var d struct {
		Token   string `json:"token"`
		Session string `json:"session_id"`
		Seq     int    `json:"seq"`
	}
	_ = json.Unmarshal(raw, &d)
	s.mu.Lock()
	defer s.mu.Unlock()
	mine := s.gate.sessions[d.Session]
	if mine == nil || d.Seq > len(mine.events) || d.Token != "Bot "+Token && d.Token != Token {
		_ = c.send(map[string]any{"op": 9, "d": false})
		return nil
	}
	mine.conn, s.gate.current = c, mine
	for _, e := range mine.events[d.Seq:] {
		_ = c.send(e)
	}
	s.gate.resumed++
	s.dispatch(mine, "RESUMED", map[string]any{})
	s.touch()
	return mine
}

// dispatch sends an event, or keeps it until the session is resumed; s.mu is held.
func (s *Server) dispatch(to *session, kind string, data any) {
	e := map[string]any{"op": 0, "t": kind, "s": len(to.events) + 1, "d": data}
	to.events = append(to.events, e)
	if to.conn != nil && !s.gate.deaf {
		_ = to.conn.send(e)
	}
}

// Drop breaks the connection without a word; the session can be resumed.
func (s *Server) Drop() {
	s.each(func(c *wire) { _ = c.UnderlyingConn().Close() })
}

// AskReconnect asks clients to connect again and resume (op 7).
func (s *Server) AskReconnect() {
	s.each(func(c *wire) { _ = c.send(map[string]any{"op": 7}) })
}

// Invalidate ends the session: clients have to begin a new one (op 9).
func (s *Server) Invalidate() {
	s.mu.Lock()
	s.gate.sessions = map[string]*session{}
	c := s.wire()
	s.mu.Unlock()
	if c != nil {
		_ = c.send(map[string]any{"op": 9, "d": false})
	}
}

// Forget makes the fake forget every session, so that resuming one fails.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gate.sessions = map[string]*session{}
}

// CloseNext closes the next connection with a code when it identifies or resumes.
func (s *Server) CloseNext(code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gate.closing = code
}

// Deaf keeps connections open and says nothing more over them, as a zombie; what
// happens meanwhile is kept for whoever resumes.
func (s *Server) Deaf(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gate.deaf = on
}

func (s *Server) each(do func(*wire)) {
	s.mu.Lock()
	c := s.wire()
	s.mu.Unlock()
	if c != nil {
		do(c)
	}
}

// wire is the connection of the current session; s.mu is held.
func (s *Server) wire() *wire {
	if s.gate.current == nil {
		return nil
	}
	return s.gate.current.conn
}

// Gate says what the gateway saw.
type Gate struct {
	Connected              bool
	Begun, Resumed, Opened int // sessions begun and resumed, connections opened
	Beats                  int // signs of life that were answered
	Intents                []int
}

// Gate says what the gateway has seen so far.
func (s *Server) Gate() Gate {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Gate{s.wire() != nil, s.gate.begun, s.gate.resumed, s.gate.opened, s.gate.beats, append([]int(nil), s.gate.intents...)}
}
