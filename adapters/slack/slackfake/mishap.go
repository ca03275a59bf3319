package slackfake

import (
	"net/http"
	"strconv"
	"time"
)

// Mishap is how one call goes wrong. The zero value is no mishap.
type Mishap struct {
	// Error is answered in place of doing anything, as {"ok":false,"error":…}.
	Error string
	// Needed is the scope that a missing_scope names.
	Needed string
	// Status is answered with a body that holds the token; 0: 200.
	Status int
	// RetryAfter is sent in whole seconds, or a fraction where it is none.
	RetryAfter time.Duration
	// Record does what was asked for all the same.
	Record bool
	// Drop closes the connection in place of an answer; Hang never answers; Delay
	// answers late.
	Drop, Hang bool
	Delay      time.Duration
}

// Next has the next calls of a method go wrong, one by one; "" is the methods that
// send or change a message, "response_url" an answer to a command or button.
func (s *Server) Next(method string, m ...Mishap) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next[method] = append(s.next[method], m...)
}

// Revoke has every call answered with this error, such as token_revoked, until it
// is called with "".
func (s *Server) Revoke(code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = code
}

// mishap takes what is to go wrong with a call.
func (s *Server) mishap(method string) Mishap {
	s.mu.Lock()
	defer s.mu.Unlock()
	names := []string{method}
	if method == "chat.postMessage" || method == "chat.update" {
		names = append(names, "")
	}
	for _, name := range names {
		if list := s.next[name]; len(list) > 0 {
			s.next[name] = list[1:]
			return list[0]
		}
	}
	return Mishap{}
}

// spoil answers a call badly. False: nothing is to be spoiled.
func (s *Server) spoil(w http.ResponseWriter, r *http.Request, m Mishap, do func()) bool {
	if m == (Mishap{}) {
		return false
	}
	if m.Delay > 0 && !s.pause(r, m.Delay) {
		panic(http.ErrAbortHandler)
	}
	if m.Error == "" && m.Status == 0 && !m.Drop && !m.Hang {
		return false
	}
	if m.Record {
		do()
	}
	switch {
	case m.Hang:
		s.mu.Lock()
		s.touch()
		s.mu.Unlock()
		s.pause(r, time.Hour)
		panic(http.ErrAbortHandler)
	case m.Drop:
		panic(http.ErrAbortHandler)
	}
	if m.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.FormatFloat(m.RetryAfter.Seconds(), 'f', -1, 64))
	}
	if m.Error != "" {
		answer(w, http.StatusOK, object{"ok": false, "error": m.Error, "needed": m.Needed, "provided": "commands"})
		return true
	}
	if m.Status/100 == 3 {
		w.Header().Set("Location", s.url()+"/elsewhere")
	}
	answer(w, m.Status, object{"ok": false, "error": "refused_" + BotToken})
	return true
}

// pause waits; false: the caller or the workspace has gone.
func (s *Server) pause(r *http.Request, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
	case <-s.closing:
	}
	return false
}
