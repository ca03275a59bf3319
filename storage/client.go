package storage

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"legacyauth/detect"
	"legacyauth/detect/migration"
)

// Client is a client and what became of it. ByDay of detect.Client is not kept
// here: see Days.
type Client struct {
	ID, Tenant int64
	detect.Client
	// State is where its migration stands, Since when it got there; Move sets
	// them.
	State migration.State
	Since time.Time
	// Revision counts the changes; SaveClient and Move compare it.
	Revision int64
	// TenantName is the tenant's name in the configuration; SaveClient ignores it.
	TenantName string
	// ExceptUntil is when an exception ends; zero: there is none.
	ExceptUntil time.Time
	// Owner is who answers for it where its user does not; empty: nobody named.
	Owner string
	// FirstStored is when it was stored first, Changed when last.
	FirstStored, Changed time.Time
}

const clientColumns = `c.id, c.tenant, t.name, c.state, c.state_since, c.except_until, c.owner, c.revision, c.first_stored, c.changed, c.body`

func scanClient(row interface{ Scan(...any) error }) (Client, error) {
	var c Client
	var since, except, first, changed int64
	var body []byte
	err := row.Scan(&c.ID, &c.Tenant, &c.TenantName, &c.State, &since, &except, &c.Owner, &c.Revision, &first, &changed, &body)
	if err != nil {
		return c, err
	}
	if err := json.Unmarshal(body, &c.Client); err != nil {
		return c, fmt.Errorf("decode client %d: %w", c.ID, err)
	}
	c.Since, c.ExceptUntil, c.FirstStored, c.Changed = fromMicros(since), fromMicros(except), fromMicros(first), fromMicros(changed)
	return c, nil
}

// ClientByKey finds a client by its key; tenant 0 is any. False: there is none,
// or for any tenant more than one.
func (tx *Tx) ClientByKey(tenant int64, key string) (Client, bool, error) {
	query, args := `SELECT `+clientColumns+` FROM clients c JOIN tenants t ON t.id = c.tenant WHERE c.key = $1`, []any{key}
	if tenant != 0 {
		query, args = query+` AND c.tenant = $2`, append(args, tenant)
	}
	var found []Client
	err := tx.each(query, args, func(rows *sql.Rows) error {
		c, err := scanClient(rows)
		found = append(found, c)
		return err
	})
	if err != nil || len(found) != 1 {
		return Client{}, false, doing("find a client", err)
	}
	return found[0], true, nil
}

// SaveClient stores a client: a new one where its ID is 0, in the state it has
// or open, and otherwise everything but its State, which Move changes. It gives
// ErrStale when the client was changed since it was read, and sets ID, Revision,
// FirstStored and Changed.
func (tx *Tx) SaveClient(c *Client) error {
	if c.ID != 0 {
		now := tx.Now().Truncate(time.Microsecond)
		body, err := encoded(c)
		if err != nil {
			return err
		}
		changed, err := tx.exec(`UPDATE clients SET key = $1, name = $2, directory = $3, protocol = $4, family = $5, verdict = $6, newest = $7,
			except_until = $8, owner = $9, revision = revision + 1, changed = $10, body = $11, used = $12 WHERE id = $13 AND revision = $14`,
			c.Key, folded(c.User.Name), folded(c.User.ID), string(c.Protocol), string(c.Device.Family), string(c.Verdict), micros(c.Last),
			micros(c.ExceptUntil), stored(c.Owner), micros(now), body, micros(c.LastUse()), c.ID, c.Revision)
		if err != nil {
			return doing("store a client", err)
		}
		if changed == 0 {
			return fmt.Errorf("store client %s: %w", c.Key, ErrStale)
		}
		c.Revision, c.Changed = c.Revision+1, now
		return nil
	}
	return tx.AddClients([]*Client{c})
}

// AddClients stores clients that are not stored yet, as SaveClient does each. One
// that takes another's place keeps the FirstStored that it is given.
func (tx *Tx) AddClients(clients []*Client) error {
	for some := range slices.Chunk(clients, batch) {
		if err := tx.addClients(some); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) addClients(clients []*Client) error {
	now := tx.Now().Truncate(time.Microsecond)
	const columns = 17
	args := make([]any, 0, columns*len(clients))
	type name struct {
		tenant int64
		key    string
	}
	of := make(map[name]*Client, len(clients))
	for _, c := range clients {
		c.State = cmp.Or(c.State, migration.Open)
		if c.Since.IsZero() {
			c.Since = now
		}
		body, err := encoded(c)
		if err != nil {
			return err
		}
		if c.FirstStored.IsZero() {
			c.FirstStored = now
		}
		of[name{c.Tenant, c.Key}] = c
		args = append(args, c.Tenant, c.Key, folded(c.User.Name), folded(c.User.ID), string(c.Protocol), string(c.Device.Family), string(c.Verdict),
			micros(c.Last), string(c.State), micros(c.Since), micros(c.ExceptUntil), stored(c.Owner), 1, micros(c.FirstStored), micros(now), body, micros(c.LastUse()))
	}
	added := 0
	err := tx.each(`INSERT INTO clients (tenant, key, name, directory, protocol, family, verdict, newest, state, state_since, except_until, owner,
			revision, first_stored, changed, body, used)
		VALUES `+placeholders(1, len(clients), columns)+` ON CONFLICT (key, tenant) DO NOTHING RETURNING id, tenant, key`, args, func(rows *sql.Rows) error {
		var id int64
		var n name
		if err := rows.Scan(&id, &n.tenant, &n.key); err != nil {
			return err
		}
		if c := of[n]; c != nil {
			c.ID, c.Revision, c.Changed = id, 1, now
			added++
		}
		return nil
	})
	if err != nil {
		return doing("store clients", err)
	}
	tx.grown["clients"] += added
	if added < len(clients) {
		return fmt.Errorf("store client %s: %w", clients[0].Key, ErrStale)
	}
	return nil
}

// encoded gives a client as it is stored, without its days.
func encoded(c *Client) (string, error) {
	about := c.Client
	about.ByDay = nil
	body, err := json.Marshal(about)
	if err != nil {
		return "", fmt.Errorf("encode a client: %w", err)
	}
	return string(body), nil
}
