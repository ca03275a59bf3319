package entratest

import (
	"strings"
	"sync"
	"time"
)

// Rule says which requests meet a mishap. Its zero value means every request
// to Graph.
type Rule struct {
	// Part is Authority, Graph, Identity or Foreign; empty means Graph.
	Part string
	// Tenant is a tenant's ID; empty means any.
	Tenant string
	// Version is "v1.0" or "beta"; empty means either.
	Version string
	// Path is a prefix of the path after the version or tenant, such as
	// "/auditLogs/signIns"; empty means any.
	Path string
	// Skip is how many such requests go well first, Times how many then meet
	// the mishap; zero Times means all.
	Skip, Times int
	// MoreThanApps, WiderThan and LargerThan look at a query of the sign-in
	// log: only one whose filter names more clientAppUsed values than this,
	// covers more time than this (or has no bounds) or asks for larger pages
	// than this. Zero means any.
	MoreThanApps int
	WiderThan    time.Duration
	LargerThan   int
	// Unfiltered looks only at queries that name no clientAppUsed value.
	Unfiltered bool
	// Unnamed looks only at queries for an empty clientAppUsed, which nothing
	// says that Graph accepts.
	Unnamed bool
	Mishap  Mishap
}

// question is what a rule sees of a request.
type question struct {
	part, tenant, version, path string
	apps, top                   int
	window                      time.Duration // 0: unbounded
	log                         bool          // a query of the sign-in log
	unnamed                     bool          // it names an empty clientAppUsed
}

func (r *Rule) matches(q question) bool {
	part := r.Part
	if part == "" {
		part = Graph
	}
	switch {
	case part != q.part,
		r.Tenant != "" && !strings.EqualFold(r.Tenant, q.tenant),
		r.Version != "" && r.Version != q.version,
		!strings.HasPrefix(q.path, r.Path):
		return false
	case r.MoreThanApps == 0 && r.WiderThan == 0 && r.LargerThan == 0 && !r.Unfiltered && !r.Unnamed:
		return true
	case !q.log,
		r.MoreThanApps > 0 && q.apps <= r.MoreThanApps,
		r.WiderThan > 0 && q.window != 0 && q.window <= r.WiderThan,
		r.LargerThan > 0 && q.top <= r.LargerThan,
		r.Unfiltered && q.apps > 0,
		r.Unnamed && !q.unnamed:
		return false
	}
	return true
}

// mishaps are the rules in force, each with how often it matched.
type mishaps struct {
	mu    sync.Mutex
	rules []Rule
	met   []int
}

// Misbehave replaces the rules: of those that match a request the first one
// whose turn it is decides. Without rules the server behaves.
func (s *Server) Misbehave(rules ...Rule) {
	s.harm.mu.Lock()
	defer s.harm.mu.Unlock()
	s.harm.rules = append([]Rule(nil), rules...)
	s.harm.met = make([]int, len(rules))
}

func (m *mishaps) meet(q question) Mishap {
	m.mu.Lock()
	defer m.mu.Unlock()
	var found Mishap
	decided := false
	for i := range m.rules {
		r := &m.rules[i]
		if !r.matches(q) {
			continue
		}
		m.met[i]++
		turn := m.met[i] > r.Skip && (r.Times == 0 || m.met[i] <= r.Skip+r.Times)
		if turn && !decided {
			found, decided = r.Mishap, true
		}
	}
	return found
}
