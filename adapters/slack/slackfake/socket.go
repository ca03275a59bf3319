package slackfake

import (
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// socket is one connection of Socket Mode.
type socket struct {
	ws     *websocket.Conn
	mu     sync.Mutex // of writing
	silent bool       // answers and pings no more
}

// write sends something, and says when its turn came.
func (c *socket) write(v any) (time.Time, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	began := time.Now()
	if c.silent {
		return began, nil
	}
	if err := c.ws.SetWriteDeadline(began.Add(5 * time.Second)); err != nil {
		return began, err
	}
	return began, c.ws.WriteJSON(v)
}

// acknowledgment is what an app sends back.
type acknowledgment struct {
	Envelope string          `json:"envelope_id"`
	Payload  json.RawMessage `json:"payload"`
	at       time.Time       // when it came
}

// link takes a connection whose address was given out by apps.connections.open.
func (s *Server) link(w http.ResponseWriter, r *http.Request) {
	ticket := r.URL.Query().Get("ticket")
	s.mu.Lock()
	fine := s.tickets[ticket]
	delete(s.tickets, ticket)
	s.mu.Unlock()
	if !fine {
		http.Error(w, "invalid ticket", http.StatusForbidden)
		return
	}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &socket{ws: ws}
	hello := object{
		"type": "hello", "num_connections": 1, "connection_info": object{"app_id": App},
		"debug_info": object{"host": "fake", "approximate_connection_time": 3600},
	}
	if _, err := c.write(hello); err != nil {
		return
	}
	s.mu.Lock()
	s.sockets = append(s.sockets, c)
	s.touch()
	s.mu.Unlock()
	done := make(chan struct{})
	go c.ping(s, done)
	s.read(c)
	close(done)
	_ = ws.Close()
	s.mu.Lock()
	s.sockets = slices.DeleteFunc(s.sockets, func(other *socket) bool { return other == c })
	s.touch()
	s.mu.Unlock()
}

func (c *socket) ping(s *Server, done <-chan struct{}) {
	ticker := time.NewTicker(s.options.Ping)
	defer ticker.Stop()
	for {
		c.mu.Lock()
		if !c.silent {
			_ = c.ws.WriteControl(websocket.PingMessage, []byte("Ping from fake"), time.Now().Add(time.Second))
		}
		c.mu.Unlock()
		select {
		case <-ticker.C:
		case <-done:
			return
		case <-s.closing:
			return
		}
	}
}

// read takes acknowledgments until the connection ends.
func (s *Server) read(c *socket) {
	for {
		var a acknowledgment
		if err := c.ws.ReadJSON(&a); err != nil {
			return
		}
		a.at = time.Now()
		s.mu.Lock()
		silent := c.silent
		s.mu.Unlock()
		if silent {
			continue
		}
		s.acknowledged(a)
	}
}

// Sockets says how many connections there are.
func (s *Server) Sockets() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sockets)
}

// each does something with every connection.
func (s *Server) each(do func(*socket)) {
	s.mu.Lock()
	all := slices.Clone(s.sockets)
	s.mu.Unlock()
	for _, c := range all {
		do(c)
	}
}

// KillSockets cuts every connection without a word.
func (s *Server) KillSockets() {
	s.each(func(c *socket) { _ = c.ws.NetConn().Close() })
}

// SilenceSockets leaves every connection open and says nothing more on it, not
// even pings.
func (s *Server) SilenceSockets() {
	s.each(func(c *socket) {
		c.mu.Lock()
		c.silent = true
		c.mu.Unlock()
		s.mu.Lock()
		s.sockets = slices.DeleteFunc(s.sockets, func(other *socket) bool { return other == c })
		s.mu.Unlock()
	})
}

// Disconnect tells every connection that it will end, "warning" some seconds
// before and "refresh_requested" now, and delivers on others from then on.
func (s *Server) Disconnect(reason string) {
	s.each(func(c *socket) {
		s.mu.Lock()
		s.sockets = slices.DeleteFunc(s.sockets, func(other *socket) bool { return other == c })
		s.mu.Unlock()
		_, _ = c.write(object{"type": "disconnect", "reason": reason, "debug_info": object{"host": "fake"}})
	})
}

// Garbage sends something that is no envelope.
func (s *Server) Garbage(text string) {
	s.each(func(c *socket) {
		c.mu.Lock()
		defer c.mu.Unlock()
		_ = c.ws.WriteMessage(websocket.TextMessage, []byte(text))
	})
}
