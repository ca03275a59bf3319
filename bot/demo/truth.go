package demo

import (
	"cmp"
	"slices"
	"time"

	"legacyauth/bot/demo/graphlog"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// Truth is what an ideal scan of a generated log answers.
type Truth struct {
	// Rows is how many rows were written. Every count includes repeated rows,
	// as detect.Counts does.
	Rows int
	// Interactive and NonInteractive count users' rows by log.
	Interactive, NonInteractive int
	// Applications counts sign-ins of service principals and managed
	// identities, Foreign those of guests whose home is another tenant. Neither
	// kind makes clients.
	Applications, Foreign int
	// Legacy and Unknown count the rows that belong to Clients.
	Legacy, Unknown int
	// Duplicates counts the legacy and unknown rows whose id had been written
	// before; Repeated counts such rows of every kind.
	Duplicates, Repeated int
	// Clients are sorted by user, protocol, device and network.
	Clients []Client
}

// Client is one client that an ideal scan finds.
type Client struct {
	User, UserID string // user principal name, lower-cased, and directory id
	Protocol     detect.Protocol
	Family       useragent.Family
	// Model and Version are empty where this list does not say, not where an
	// ideal scan would find none.
	Model, Version string
	// Device is the id of the registered device, when rows carry one.
	Device string
	// Network is the client's address or /64 prefix where its agent names
	// nothing, so that the network tells it apart; empty otherwise.
	Network string
	Verdict detect.Verdict
	Auth    detect.AuthKind

	// First, Last and the counts leave repeated rows out.
	First, Last                       time.Time
	Total, Succeeded, Blocked, Failed int
}

// clientKey is what tells clients apart.
type clientKey struct {
	user, device, network string
	protocol              detect.Protocol
	family                useragent.Family
	model                 string
}

func (c *Client) key() clientKey {
	return clientKey{c.User, c.Device, c.Network, c.Protocol, c.Family, c.Model}
}

// expect registers a client, or gives the one registered with the same key.
func (s *scene) expect(c Client) *Client {
	c.Auth = cmp.Or(c.Auth, detect.Basic)
	k := c.key()
	if s.clients[k] == nil {
		s.clients[k] = &c
	}
	return s.clients[k]
}

// count adds a row to the client's tally.
func (c *Client) count(row *graphlog.SignIn) {
	c.Total++
	switch {
	case row.Status.Code == 0 && row.CAStatus != "failure":
		c.Succeeded++
	case row.Status.Code == 0 || endings[row.Status.Code].stopped:
		c.Blocked++
	default:
		c.Failed++
	}
	if c.First.IsZero() || row.Time.Before(c.First) {
		c.First = row.Time
	}
	if row.Time.After(c.Last) {
		c.Last = row.Time
	}
}

func (s *scene) truth(rows []delivery) Truth {
	t := Truth{Rows: len(rows)}
	for i := range rows {
		t.add(&rows[i])
	}
	for _, c := range s.clients {
		if c.Total > 0 {
			t.Clients = append(t.Clients, *c)
		}
	}
	slices.SortFunc(t.Clients, func(a, b Client) int {
		return cmp.Or(
			cmp.Compare(a.User, b.User), cmp.Compare(a.Protocol, b.Protocol), cmp.Compare(a.Family, b.Family),
			cmp.Compare(a.Model, b.Model), cmp.Compare(a.Device, b.Device), cmp.Compare(a.Network, b.Network),
		)
	})
	return t
}

func (t *Truth) add(d *delivery) {
	if d.again {
		t.Repeated++
	}
	switch d.signIn.Event {
	case graphlog.Interactive:
		t.Interactive++
	case graphlog.NonInteractive:
		t.NonInteractive++
	default:
		t.Applications++
		return
	}
	switch {
	case d.signIn.HomeTenant != d.signIn.ResourceTenant:
		t.Foreign++
		return
	case d.client == nil:
		return
	case d.client.Protocol == detect.Unknown:
		t.Unknown++
	default:
		t.Legacy++
	}
	if d.again {
		t.Duplicates++
	}
}
