package storage

// Reassigned is the entry of the audit trail when a client gets another owner. Its
// detail has the new one under owner, and the one before under before where there
// was one.
const Reassigned = "client.reassigned"

// Reassign stores who answers for a client, and records it. by and why are as in
// Entry; an empty owner is its user alone.
func (tx *Tx) Reassign(c *Client, owner, by, why string) error {
	detail := map[string]string{"owner": owner}
	if c.Owner != "" {
		detail["before"] = c.Owner
	}
	c.Owner = owner
	if err := tx.SaveClient(c); err != nil {
		return err
	}
	return tx.Record(Entry{Tenant: c.Tenant, By: by, What: Reassigned, Subject: c.Key, Why: why, Detail: detail})
}
