package entratest

import (
	"fmt"
	"slices"
	"sync"
)

// directory is a tenant being served: its description, which may change while
// it is served, and its sign-ins in order.
type directory struct {
	mu     sync.RWMutex
	tenant Tenant
	rows   rows
}

func newDirectory(t Tenant) (*directory, error) {
	var all []Row
	if t.Rows != nil {
		for r := range t.Rows {
			all = append(all, r)
		}
	}
	if t.JSON != nil {
		for raw := range t.JSON {
			r, err := ParseRow(raw)
			if err != nil {
				return nil, fmt.Errorf("tenant %s: sign-in %d: %w", t.ID, len(all)+1, err)
			}
			all = append(all, r)
		}
	}
	t.Rows, t.JSON = nil, nil
	d := &directory{tenant: copied(t)}
	d.rows.add(all)
	return d, nil
}

// copied makes a tenant whose applications, people and settings can be changed
// without the original's noticing.
func copied(t Tenant) Tenant {
	t.Apps, t.Users, t.Domains = slices.Clone(t.Apps), slices.Clone(t.Users), slices.Clone(t.Domains)
	t.Settings = t.Settings.copied()
	return t
}

// view is the tenant as it stands; the caller does not change it.
func (d *directory) view() Tenant {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.tenant
}

// Change calls f with the tenant, to grant, expire or remove something while
// it is served. Its ID, Domains, Rows and JSON stay as they were. The error
// says that there is no such tenant.
func (s *Server) Change(tenant string, f func(t *Tenant)) error {
	d := s.tenant(tenant)
	if d == nil {
		return fmt.Errorf("change tenant: %q is not served here", tenant)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	// A request under way keeps the view it has.
	t := copied(d.tenant)
	f(&t)
	t.ID, t.Domains, t.Rows, t.JSON = d.tenant.ID, d.tenant.Domains, nil, nil
	d.tenant = t
	return nil
}

// Add adds sign-ins to a tenant's log. The error says that there is no such
// tenant.
func (s *Server) Add(tenant string, rows ...Row) error {
	d := s.tenant(tenant)
	if d == nil {
		return fmt.Errorf("add sign-ins: tenant %q is not served here", tenant)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.rows.add(rows)
	return nil
}
