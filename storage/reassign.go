package storage

import "time"

// Reassigned is the entry of the audit trail when a client gets another owner. Its
// detail has the new one under owner, and the one before under before where there
// was one.
const Reassigned = "client.reassigned"

// reassignedMark is the mark of a client that is set when it gets another owner.
func reassignedMark(key string) string { return "reassigned/" + key }

// ReassignedAt gives when a client came to who answers for it now; zero: it was never
// given to anybody.
func (tx *Tx) ReassignedAt(c *Client) (time.Time, error) {
	_, at, _, err := tx.Mark(c.Tenant, reassignedMark(c.Key))
	return at, err
}

// Reassign stores who answers for a client, and since when, and records it. by and why
// are as in Entry; an empty owner is its user alone.
func (tx *Tx) Reassign(c *Client, owner, by, why string) error {
	detail := map[string]string{"owner": owner}
	if c.Owner != "" {
		detail["before"] = c.Owner
	}
	c.Owner = owner
	if err := tx.SaveClient(c); err != nil {
		return err
	}
	if err := tx.SetMark(c.Tenant, reassignedMark(c.Key), ""); err != nil {
		return err
	}
	return tx.Record(Entry{Tenant: c.Tenant, By: by, What: Reassigned, Subject: c.Key, Why: why, Detail: detail})
}
