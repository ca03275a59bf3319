package entratest

import "net/http"

// Leak is a credential that was shown to a place it does not belong to.
type Leak struct {
	// Number is the request's in the log.
	Number int
	// Part and Path are where it was shown, What is which kind: "access
	// token", "client secret", "client assertion" or "refresh token". The
	// credential itself is not kept.
	Part, Path, What string
}

// Leaks is every leak since Start or Reset: a bearer token sent anywhere but to
// Graph over TLS, or an application's credential sent anywhere but to the
// authority.
func (s *Server) Leaks() []Leak {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return append([]Leak(nil), s.log.leaks...)
}

// watch records what a request shows to a part that must not see it.
func (s *Server) watch(e entry, part string, r *http.Request) {
	var seen []string
	if part != Graph && r.Header.Get("Authorization") != "" {
		seen = append(seen, "access token")
	}
	query := r.URL.Query()
	for name, what := range map[string]string{
		"client_secret": "client secret", "client_assertion": "client assertion", "access_token": "access token",
		"refresh_token": "refresh token",
	} {
		// Nothing of the kind belongs into an address, not even the authority's.
		if query.Has(name) || part != Authority && r.PostForm.Has(name) {
			seen = append(seen, what)
		}
	}
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	for _, what := range seen {
		s.log.leaks = append(s.log.leaks, Leak{e.number - s.log.began, part, r.URL.Path, what})
	}
}

// serveForeign is a host that answers like Graph and is not.
func (s *Server) serveForeign(w http.ResponseWriter, r *http.Request) {
	e, alive := s.log.begin(Foreign, r)
	_ = r.ParseForm() // a body that is no form shows no credential in a form
	s.watch(e, Foreign, r)
	out := newAnswer(s, w, r, e)
	if !alive {
		out.abort()
		return
	}
	out.Header().Set("Content-Type", "application/json")
	out.send(http.StatusOK, []byte(`{"value":[]}`))
}
