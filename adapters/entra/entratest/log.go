package entratest

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// The parts of a Server, as its log names them.
const (
	Authority = "authority"
	Graph     = "graph"
	Identity  = "identity"
	Foreign   = "foreign"
)

// Request is one request that the server was asked, as far as it got.
type Request struct {
	// Number counts all requests from 1 since Start or Reset.
	Number int
	// Part is Authority, Graph, Identity or Foreign.
	Part         string
	Method, Path string
	// Query is the query string, unescaped. Bodies and headers, where the
	// secrets are, are not kept.
	Query string
	// Tenant and App are whose request it was, where that is known.
	Tenant, App string
	// Status is the answer's; 0 means that there was none.
	Status int
	// Rows is how many objects the answer holds. Bytes counts its body; Wire
	// counts what was sent of it, which compression makes less.
	Rows        int
	Bytes, Wire int64
	// Mishap names the misbehavior it met, if any.
	Mishap string
	// Asked is when it arrived, by the real clock.
	Asked time.Time
}

// Resource is the path without its version, tenant and keys, for counting.
func (r Request) Resource() string {
	parts := strings.Split(strings.Trim(r.Path, "/"), "/")
	if len(parts) > 1 {
		parts = parts[1:] // the version, or the tenant
	}
	for i, p := range parts {
		if before, _, keyed := strings.Cut(p, "("); keyed {
			parts[i] = before
		}
	}
	if len(parts) > 2 && parts[0] == "servicePrincipals" {
		parts[1] = "{id}"
	}
	if len(parts) == 2 && (parts[0] == "users" || parts[0] == "servicePrincipals") {
		parts[1] = "{id}"
	}
	return "/" + strings.Join(parts, "/")
}

// Count is how often a resource was asked for.
type Count struct {
	Requests, Refused, Rows int
	Bytes, Wire             int64
}

// journal is the log of a server.
type journal struct {
	mu        sync.Mutex
	requests  []Request
	began     int // the first Number of the current log, less one
	total     int
	failAfter int // requests answered before every connection is closed; 0 none
	leaks     []Leak
}

// entry is a request's place in the journal; it stays valid across a reset,
// after which it is no longer seen.
type entry struct {
	journal *journal
	number  int
}

// begin notes a request and says whether it may be answered at all.
func (j *journal) begin(part string, r *http.Request) (e entry, alive bool) {
	query, err := url.QueryUnescape(strings.ReplaceAll(r.URL.RawQuery, "+", "%20"))
	if err != nil {
		query = r.URL.RawQuery
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.total++
	j.requests = append(j.requests, Request{
		Number: j.total - j.began, Part: part, Method: r.Method, Path: r.URL.Path, Query: query, Asked: time.Now(),
	})
	return entry{j, j.total}, j.failAfter == 0 || j.total-j.began < j.failAfter
}

// note changes the entry under the journal's lock. What a client can see of an
// answer is noted before it is sent, so that a test that has the answer finds
// it in the log.
func (e entry) note(f func(r *Request)) {
	e.journal.mu.Lock()
	defer e.journal.mu.Unlock()
	if i := e.number - e.journal.began - 1; i >= 0 {
		f(&e.journal.requests[i])
	}
}

// Log is every request since Start or Reset, in the order they came.
func (s *Server) Log() []Request {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return slices.Clone(s.log.requests)
}

// Counts sums up the log by Request.Resource.
func (s *Server) Counts() map[string]Count {
	counts := make(map[string]Count)
	for _, r := range s.Log() {
		c := counts[r.Resource()]
		c.Requests++
		if r.Status != http.StatusOK {
			c.Refused++
		}
		c.Rows += r.Rows
		c.Bytes += r.Bytes
		c.Wire += r.Wire
		counts[r.Resource()] = c
	}
	return counts
}

// FailAfter closes the connection of request n, by Request.Number, and of every
// one after it, without an answer; 0 stops that. It makes a server that dies at
// any chosen request, and until Reset stays dead.
func (s *Server) FailAfter(n int) {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	s.log.failAfter = n
}

// Reset empties the log, numbers requests from 1 again, ends FailAfter, forgets
// what was spent of the request budget and removes every rule. Tenants, tokens
// and skip tokens stay.
func (s *Server) Reset() {
	s.log.mu.Lock()
	s.log.requests, s.log.leaks = nil, nil
	s.log.began, s.log.failAfter = s.log.total, 0
	s.log.mu.Unlock()
	s.budget.mu.Lock()
	s.budget.spent = nil
	s.budget.mu.Unlock()
	s.Misbehave()
}
